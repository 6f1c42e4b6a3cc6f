import { type DefinitionNode, Kind, parse } from 'graphql';
import { pino } from 'pino';
import { type Config, SOURCE_LIMITS } from '../../gateway/config';
import { openGraph } from '../../gateway/graph';
import { createAsk } from '../../gateway/registry/conformance/bench';
import { PROBE_LIMITS } from '../../gateway/registry/conformance/run';
import { createServer } from '../../gateway/server';
import { CompositionFailed, composeSupergraph } from '../../gateway/supergraph/compose';
import { createProbe } from '../../gateway/supergraph/probe';
import { createRemoteSource } from '../../gateway/supergraph/remote-source';
import { createSourceClient } from '../../gateway/supergraph/source-client';
import { loadBuiltins } from '../builtin/load';
import { namingOf } from './naming';
import type { Target } from './target';

/** How often it is asked whether the schema has changed. */
const LOOK_MS = 1000;

/** A graph on this machine with a partner's subgraph in it. */
export interface DevGraph {
  readonly address: string;
  close(): Promise<void>;
}

type Say = (words: string) => void;

const nameOf = (definition: DefinitionNode) =>
  (definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
  definition;

/** The fields that a partner adds to types that are not its own, as coordinates. */
export const addedFields = (name: string, sdl: string): string[] =>
  parse(sdl).definitions.flatMap((definition) => {
    const type = nameOf(definition);
    if (!type || type.name.value.startsWith(`${namingOf(name).namespace}_`)) return [];
    return (type.fields ?? [])
      .filter((field) => field.name.value.startsWith(`${namingOf(name).prefix}_`))
      .map((field) => `${type.name.value}.${field.name.value}`);
  });

const tell = ({ name }: Target, sdl: string) => {
  const added = addedFields(name, sdl);
  return added.length > 0
    ? `${name} is in the graph, with ${added.join(', ')}.`
    : `${name} is in the graph, but adds no field that begins with ${namingOf(name).prefix}_.`;
};

const problems = (error: unknown): string =>
  error instanceof CompositionFailed
    ? error.reasons.map((reason) => `  ${reason}\n`).join('')
    : `  ${error instanceof Error ? error.message : String(error)}\n`;

/**
 * Serves a graph of this machine, in memory, with our own subgraphs and a partner's. It has the partner's
 * schema as soon as that can be had, and again whenever it changes; one that does not fit is told, and
 * what served before goes on.
 */
export const startDev = async (
  config: Config,
  target: Target,
  { say, supergraphSdl }: { say: Say; supergraphSdl: string },
): Promise<DevGraph> => {
  const { name, url, key } = target;
  const log = pino({ level: config.logLevel, base: undefined });
  const graph = await openGraph(null);
  if (config.builtinData) await loadBuiltins(graph, say);
  const client = createSourceClient(
    { name, url: url.replace(/\/graphql$/, '') },
    key,
    SOURCE_LIMITS,
  );
  const ignored = { onVersion: () => undefined, onGone: () => undefined };
  const source = createRemoteSource(name, client, ignored);
  let state: 'up' | 'down' = 'down';
  const server = await createServer({
    config,
    subgraphs: graph.subgraphs,
    remote: {
      sourceOf: (wanted) => (wanted === name ? source : undefined),
      states: () => ({ [name]: state }),
    },
    viewerFor: (tier) => graph.viewerOf(tier),
    log,
    supergraphSdl,
  });
  const addressee = { name, url, key, headers: {}, clock: Date.now };
  const ask = createAsk(addressee, createProbe(PROBE_LIMITS));

  /** What was told last, so that nothing is told every second. */
  let told = '';
  const sayOnce = (words: string) => {
    if (words !== told) say(words);
    told = words;
  };
  let served: string | undefined;
  const look = async () => {
    const answer = await ask('{ _service { sdl } }').catch(() => null);
    const sdl = (answer?.data?._service as { sdl?: unknown } | null | undefined)?.sdl;
    state = answer === null ? 'down' : 'up';
    if (answer === null) return sayOnce(`${name} does not answer at ${url} yet.`);
    if (typeof sdl !== 'string') {
      const why = answer.problem ?? JSON.stringify(answer.errors?.[0] ?? answer.data);
      return sayOnce(
        `${name} does not say its schema (status ${answer.status}): ${why.slice(0, 300)}`,
      );
    }
    if (sdl === served) return;
    served = sdl;
    try {
      await server.update(composeSupergraph([...graph.subgraphs, { name, sdl }]).supergraphSdl);
      sayOnce(tell(target, sdl));
    } catch (error) {
      sayOnce(
        `The schema of ${name} does not fit the graph, which stays as it was:\n${problems(error)}`,
      );
    }
  };

  const address = await server.listen();
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  const beat = () => {
    looking = look().then(() => {
      if (!closed) timer = setTimeout(beat, LOOK_MS);
    });
  };
  beat();
  return {
    address,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await looking;
      await server.close();
      await client.close();
      await graph.close();
    },
  };
};
