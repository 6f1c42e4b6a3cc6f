import { pino } from 'pino';
import { DEFAULT_LIMITS } from '../../gateway/config';
import type { SourcesExtension } from '../../gateway/sources';
import type { Graph } from '../../gateway/graph';
import { createServer } from '../../gateway/server';
import { composeSupergraph } from '../../gateway/supergraph/compose';

export interface GatewayAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: unknown; extensions: { code: string } }[];
  extensions?: { sources?: SourcesExtension };
}

/** Of what the subgraphs are, which is the same for every graph: composed once for a file of tests. */
let supergraphSdl: string | undefined;

/** A gateway over an open graph, asked without a network and without limits of size. */
export const openGateway = async (graph: Graph, tier = 0) => {
  const wide = { tokens: 1e6, fields: 1e6, depth: 100, body: 1e7, aliases: 1e4 };
  const server = await createServer({
    config: { http: { port: 0, host: '127.0.0.1' }, limits: { ...DEFAULT_LIMITS, ...wide } },
    subgraphs: graph.subgraphs,
    viewerFor: () => graph.viewerOf(tier),
    log: pino({ level: 'silent' }),
    supergraphSdl: (supergraphSdl ??= composeSupergraph(graph.subgraphs).supergraphSdl),
  });
  const ask = async (query: string, variables?: object): Promise<GatewayAnswer> =>
    (
      await server.app.inject({ method: 'POST', url: '/graphql', payload: { query, variables } })
    ).json<GatewayAnswer>();
  return {
    server,
    ask,
    /** The data of an answer; fails the test if it has errors. */
    dataOf: async (query: string): Promise<Record<string, unknown>> => {
      const { data, errors } = await ask(query);
      if (errors ?? !data) throw new Error(JSON.stringify(errors));
      return data;
    },
    close: () => server.close(),
  };
};
export type TestGateway = Awaited<ReturnType<typeof openGateway>>;
