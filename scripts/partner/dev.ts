import { pino } from 'pino';
import { type Config, SOURCE_LIMITS } from '../../gateway/config';
import { openGraph } from '../../gateway/graph';
import { createServer } from '../../gateway/server';
import { composeSupergraph } from '../../gateway/supergraph/compose';
import { createRemoteSource } from '../../gateway/supergraph/remote-source';
import { createSourceClient } from '../../gateway/supergraph/source-client';
import { loadBuiltins } from '../builtin/load';
import { followSchema } from './follow';
import type { Target } from './target';

/** A graph on this machine with a partner's subgraph in it. */
export interface DevGraph {
  readonly address: string;
  close(): Promise<void>;
}

/** The partner's subgraph as the gateway asks it. */
const openSource = ({ name, url, key }: Target) => {
  const address = { name, url: url.replace(/\/graphql$/, '') };
  const client = createSourceClient(address, key, SOURCE_LIMITS);
  const unheard = { onVersion: () => undefined, onGone: () => undefined };
  return { source: createRemoteSource(name, client, unheard), close: () => client.close() };
};

/**
 * Serves a graph of this machine, in memory, with our own subgraphs and a partner's. It has the partner's
 * schema as soon as that can be had, and again whenever it changes; one that does not fit is told, and
 * what served before goes on.
 * @param supergraphSdl of our own subgraphs, which serves until then.
 */
export const startDev = async (
  config: Config,
  target: Target,
  { say, supergraphSdl }: { say: (words: string) => void; supergraphSdl: string },
): Promise<DevGraph> => {
  const { name } = target;
  const graph = await openGraph(null);
  if (config.builtinData) await loadBuiltins(graph, say);
  const openedSource = openSource(target);
  let state: 'up' | 'down' = 'down';
  const server = await createServer({
    config,
    subgraphs: graph.subgraphs,
    remote: {
      sourceOf: (wanted) => (wanted === name ? openedSource.source : undefined),
      states: () => ({ [name]: state }),
    },
    viewerFor: (tier) => graph.viewerOf(tier),
    log: pino({ level: config.logLevel, base: undefined }),
    supergraphSdl,
  });
  const opened = [server, openedSource, graph];
  const close = async () => {
    for (const one of opened) await one.close();
  };
  const address = await server.listen().catch(async (error: unknown) => {
    // What is open would keep a process that has nothing left to do.
    await close();
    throw error;
  });
  const follower = followSchema(
    target,
    (sdl) => server.update(composeSupergraph([...graph.subgraphs, { name, sdl }]).supergraphSdl),
    { say, onState: (now) => (state = now) },
  );
  return {
    address,
    close: async () => {
      await follower.stop();
      await close();
    },
  };
};
