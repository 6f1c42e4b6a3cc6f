import { pino } from 'pino';
import { SOURCE_LIMITS } from '../../gateway/config';
import { connectSources } from '../../gateway/supergraph/remote';
import { createSigningKey, publicText, readPublicKeys } from '../../subgraphs/shared/http/keys';
import { createSubgraphServer } from '../../subgraphs/shared/http/server';
import type { Subgraph } from '../../subgraphs/shared/subgraph';

/** Subgraphs that serve over HTTP on free ports, and the gateway's side of them. */
export const openApart = async (
  subgraphs: readonly Subgraph[],
  { log = pino({ level: 'silent' }), limits = SOURCE_LIMITS as typeof SOURCE_LIMITS | object } = {},
) => {
  const key = createSigningKey();
  const keys = readPublicKeys(publicText(key));
  const servers = subgraphs.map((subgraph) => createSubgraphServer(subgraph, { keys, log }));
  const addresses = await Promise.all(
    servers.map(async (server, place) => ({
      name: subgraphs[place]?.name ?? '',
      url: await server.listen(0, '127.0.0.1'),
    })),
  );
  const remote = await connectSources({
    addresses,
    key,
    limits: { ...SOURCE_LIMITS, ...limits },
    log,
    sdlOf: (name) => subgraphs.find((one) => one.name === name)?.sdl ?? '',
  });
  return {
    key,
    remote,
    servers,
    addresses,
    close: async () => {
      await remote.close();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
};
export type Apart = Awaited<ReturnType<typeof openApart>>;
