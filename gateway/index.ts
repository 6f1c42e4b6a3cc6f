import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import type { Config } from './config';
import { type Graph, openGraph } from './graph';
import { createServer } from './server';
import { keepLastGood, readLastGood } from './supergraph/last-good';

export { readConfig } from './config';
export type { Graph } from './graph';

const SUPERGRAPH = path.join(__dirname, '..', 'schema', 'supergraph.graphql');
const PUBLIC_TIER = 0;

/** A gateway that listens. */
export interface Running {
  address: string;
  graph: Graph;
  close(): Promise<void>;
}

/**
 * Opens the graph and serves it: the checked-in supergraph, else the one that served last.
 * @param prepare done on the open graph before anybody is answered.
 */
export const start = async (
  config: Config,
  prepare: (graph: Graph) => Promise<void> = async () => undefined,
): Promise<Running> => {
  const log = pino({ level: config.logLevel, base: undefined });
  const graph = await openGraph(config.dataDir);
  await prepare(graph);
  const written = await readFile(SUPERGRAPH, 'utf8').catch(() => null);
  const last = written === null ? await readLastGood(config.dataDir) : null;
  const supergraphSdl = written ?? last;
  const server = await createServer({
    config,
    subgraphs: graph.subgraphs,
    viewerFor: () => graph.viewerOf(PUBLIC_TIER),
    log,
    ...(supergraphSdl !== null && { supergraphSdl }),
  });
  const address = await server.listen();
  if (written !== null) await keepLastGood(config.dataDir, written);
  return {
    address,
    graph,
    close: async () => {
      await server.close();
      await graph.close();
    },
  };
};
