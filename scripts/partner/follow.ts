import { createAsk } from '../../gateway/registry/conformance/bench';
import { PROBE_LIMITS } from '../../gateway/registry/conformance/run';
import { CompositionFailed } from '../../gateway/supergraph/compose';
import { createProbe } from '../../gateway/supergraph/probe';
import { addedFields } from './added-fields';
import type { Target } from './target';

/** How often it is asked whether the schema has changed. */
const LOOK_MS = 1000;

/** What a subgraph says of its schema. */
type Said =
  { status: 'said'; sdl: string } | { status: 'silent'; because: string } | { status: 'down' };

const createReader = ({ name, url, key }: Target) => {
  const addressee = { name, url, key, headers: {}, clock: Date.now };
  const ask = createAsk(addressee, createProbe(PROBE_LIMITS));
  return async (): Promise<Said> => {
    const answer = await ask('{ _service { sdl } }').catch(() => null);
    if (answer === null) return { status: 'down' };
    const sdl = (answer.data?._service as { sdl?: unknown } | null | undefined)?.sdl;
    if (typeof sdl === 'string') return { status: 'said', sdl };
    const because = answer.problem ?? JSON.stringify(answer.errors?.[0] ?? answer.data);
    return { status: 'silent', because: `status ${answer.status}, ${because.slice(0, 300)}` };
  };
};

const reasonsOf = (error: unknown): readonly string[] =>
  error instanceof CompositionFailed
    ? error.reasons
    : [error instanceof Error ? error.message : String(error)];

/**
 * Asks a subgraph for its schema every second, and serves each new one.
 * @param serve puts it into the graph; where it rejects, the graph has stayed as it was.
 */
export const followSchema = (
  target: Target,
  serve: (sdl: string) => Promise<void>,
  say: (words: string) => void,
): { stop(): Promise<void> } => {
  const { name, url } = target;
  const read = createReader(target);
  let tried: string | undefined;

  const take = async (sdl: string): Promise<string | null> => {
    if (sdl === tried) return null;
    tried = sdl;
    try {
      await serve(sdl);
      return `${name} is in the graph, with ${addedFields(name, sdl).join(', ') || 'no field of its own'}.`;
    } catch (error) {
      const reasons = reasonsOf(error).map((reason) => `\n  ${reason}`);
      return `The schema of ${name} does not fit the graph, which stays as it was:${reasons.join('')}`;
    }
  };
  const look = async (): Promise<string | null> => {
    const said = await read();
    if (said.status === 'said') return take(said.sdl);
    return said.status === 'down'
      ? `${name} does not answer at ${url} yet.`
      : `${name} does not say its schema: ${said.because}`;
  };

  let stopped = false;
  let told: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  const beat = async () => {
    const words = await look();
    if (words !== null && words !== told) say(words);
    told = words ?? told;
    if (!stopped) timer = setTimeout(again, LOOK_MS);
  };
  const again = () => {
    looking = beat();
  };
  let looking = beat();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
};
