import { pino } from 'pino';
import { DEFAULT_LIMITS, PARTNER_LIMITS } from '../../gateway/config';
import { type Graph, openGraph } from '../../gateway/graph';
import type { PublishedSubgraph } from '../../gateway/partners';
import { createServer } from '../../gateway/server';
import { composeSupergraph } from '../../gateway/supergraph/compose';
import { createPartnerSources } from '../../gateway/supergraph/partner-sources';
import { Authority } from '../../subgraphs/organisations';
import { createSigningKey, publicText } from '../../subgraphs/shared/http/keys';
import { Visibility } from '../../subgraphs/shared/viewer';
import { ANSWER_KEY, ELM_SDL, WILLOW_SDL } from './partner';

/** Who owns the entities that partners add to, as far as these tests need it. */
export const ownerOf = (typeName: string): string | undefined =>
  typeName === 'Organisation' ? 'organisations' : undefined;

export const BODIES = Array.from({ length: 20 }, (_one, at) => `PG-BODY-${100 + at}`);
export const HIDDEN = 'PG-HIDDEN';

/** Says that bodies are there, under one source that a tier may see. */
const write = async (
  { organisations }: Graph,
  { id, visibility, keys }: { id: string; visibility: Visibility; keys: readonly string[] },
) => {
  const retrievedAt = '2026-01-01T00:00:00.000Z';
  const source = { id, title: 'A source', licence: 'CC0', visibility, retrievedAt };
  const edition = await organisations.write.openEdition({ sourceId: id, retrievedAt }, source);
  await edition.organisations(
    keys.map((key) => ({
      key,
      recordId: key,
      visibility,
      licence: 'CC0',
      name: `Body ${key}`,
      kind: 'UNKNOWN',
      legalForm: 'UNKNOWN',
      identifiers: [key],
      authority: Authority.ABOUT_IT,
    })),
  );
  await edition.commit();
};

/** The four subgraphs in memory, with some bodies, of which one is for stewards alone. */
export const openBodies = async (): Promise<Graph> => {
  const graph = await openGraph(null);
  await write(graph, { id: 'open', visibility: Visibility.PUBLIC, keys: BODIES });
  await write(graph, { id: 'kept', visibility: Visibility.STEWARD, keys: [HIDDEN] });
  await graph.settle();
  return graph;
};

/** What is published of the two partners. */
export const publishedAt = (
  urls: { willow: string; elm: string },
  answerKey = publicText(ANSWER_KEY),
): PublishedSubgraph[] => [
  {
    name: 'willow-web',
    trust: 'PROVISIONAL',
    url: urls.willow,
    sdl: WILLOW_SDL,
    version: 3,
    licence: 'CC-BY-4.0',
    answerKey,
  },
  {
    name: 'elm-net',
    trust: 'VERIFIED',
    url: urls.elm,
    sdl: ELM_SDL,
    version: 1,
    licence: null,
    answerKey: null,
  },
];

/** The supergraph of ours and of some published subgraphs. */
export const composeWith = (graph: Graph, published: readonly { name: string; sdl: string }[]) =>
  composeSupergraph([...graph.subgraphs, ...published]).supergraphSdl;

/** A limit that tests need not wait for. */
const DEADLINE_MS = 300;

/** A gateway over the bodies and both partners. */
export const openWorld = async (
  urls: { willow: string; elm: string },
  {
    lastGoodMs = 0,
    deadlineMs = DEADLINE_MS,
    supergraphSdl = '',
    answerKey = publicText(ANSWER_KEY),
    bodies = undefined as Graph | undefined,
  } = {},
) => {
  const graph = bodies ?? (await openBodies());
  const lines: string[] = [];
  const quarantined: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  let tier = 0;
  let ahead = 0;
  let resolved: string[] = [];
  const resolutions: string[] = [];
  const limits = { ...PARTNER_LIMITS.PROVISIONAL, deadlineMs };
  const sources = createPartnerSources({
    key: createSigningKey(),
    limits: { PROVISIONAL: limits, VERIFIED: limits },
    addresses: {
      allowed: ['127.0.0.1'],
      resolve: async () => {
        const address = resolved.shift() ?? '127.0.0.1';
        resolutions.push(address);
        return [address];
      },
    },
    onQuarantine: (name) => quarantined.push(name),
    lastGoodMs: () => lastGoodMs,
    log,
    clock: () => Date.now() + ahead,
  });
  const published = publishedAt(urls, answerKey);
  sources.set(published);
  const server = await createServer({
    config: { http: { port: 0, host: '127.0.0.1' }, limits: DEFAULT_LIMITS },
    subgraphs: graph.subgraphs,
    partners: { ...sources, ownerOf },
    viewerFor: () => graph.viewerOf(tier),
    log,
    supergraphSdl: supergraphSdl || composeWith(graph, published),
  });
  return {
    graph,
    sources,
    server,
    lines,
    quarantined,
    resolutions,
    /** Who asks from now on. */
    as: (next: number) => (tier = next),
    /** What the partners' names lead to, in turn; then where they are. */
    resolveTo: (addresses: readonly string[]) => (resolved = [...addresses]),
    /** Lets so much time pass for the guards. */
    pass: (ms: number) => (ahead += ms),
    close: async () => {
      await server.close();
      await sources.close();
      if (!bodies) await graph.close();
    },
  };
};
export type World = Awaited<ReturnType<typeof openWorld>>;
