import { pino } from 'pino';
import type { SigningKey } from '../subgraphs/shared/http/keys';
import { type Config, SOURCE_LIMITS } from './config';
import { openKeys } from './access/open';
import { type Graph, openGraph } from './graph';
import type { OpenSources } from './partnership';
import { serve } from './serve';
import { keptGatewayKey } from './signing-keys';
import { connectSources, type SourceState } from './supergraph/remote';
import { WRITTEN_SUPERGRAPH, writtenSdlOf } from './written-schema';

export { readConfig } from './config';
export type { Graph } from './graph';

/** A gateway that listens. */
export interface Running {
  address: string;
  graph: Graph;
  close(): Promise<void>;
}

/** A gateway that listens, over subgraphs of other processes. */
export interface RunningRemote extends Omit<Running, 'graph'> {
  states(): Record<string, SourceState>;
}

/**
 * Opens the graph and serves it.
 * @param prepare done on the open graph before anybody is answered.
 * @param supergraphFile the composed supergraph; default: the one that is checked in.
 * @param partners how partners are asked: with which key, by default one that is kept in the data folder,
 *   and by which sources, by default contained ones.
 */
export const start = async (
  config: Config,
  prepare: (graph: Graph) => Promise<void> = async () => undefined,
  supergraphFile = WRITTEN_SUPERGRAPH,
  partners: { key?: SigningKey; openSources?: OpenSources } = {},
): Promise<Running> => {
  const log = pino({ level: config.logLevel, base: undefined });
  const graph = await openGraph(config.place);
  const opened: { close(): Promise<void> }[] = [graph];
  const close = async () => {
    for (const one of [...opened].reverse()) await one.close();
  };
  try {
    await graph.settle();
    await prepare(graph);
    const keys = await openKeys(config);
    opened.push(keys);
    const { subgraphs } = graph;
    const viewerFor = (tier: number) => graph.viewerOf(tier);
    const key = partners.key ?? (await keptGatewayKey(config.dataDir));
    const parts = { config, subgraphs, viewerFor, keys, log };
    const server = await serve(parts, supergraphFile, key, partners.openSources);
    opened.push(server);
    return { address: await server.listen(), graph, close };
  } catch (error) {
    // What is open would keep a process that has nothing left to do.
    await close();
    throw error;
  }
};

/**
 * Serves the graph over subgraphs of other processes, without a database of its own. It starts without
 * those that are down, says so, and has them as soon as they are up.
 * @param key with which requests to them are signed.
 */
export const startRemote = async (
  config: Config,
  key: SigningKey,
  supergraphFile = WRITTEN_SUPERGRAPH,
  openSources?: OpenSources,
): Promise<RunningRemote> => {
  const log = pino({ level: config.logLevel, base: undefined });
  const remote = await connectSources({
    addresses: config.subgraphs,
    key,
    limits: SOURCE_LIMITS,
    log,
    sdlOf: writtenSdlOf,
  });
  const viewerFor = (tier: number) => remote.viewerOf(tier);
  const keys = await openKeys(config);
  const parts = { config, subgraphs: [], remote, viewerFor, keys, log };
  const server = await serve(parts, supergraphFile, key, openSources);
  return {
    address: await server.listen(),
    states: () => remote.states(),
    close: async () => {
      await server.close();
      await remote.close();
      await keys.close();
    },
  };
};
