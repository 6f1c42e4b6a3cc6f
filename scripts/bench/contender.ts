import 'reflect-metadata';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import fastify from 'fastify';
import { pino } from 'pino';
import { DEFAULT_LIMITS, SOURCE_LIMITS, type SubgraphName } from '../../gateway/config';
import { openGraph, openSubgraph } from '../../gateway/graph';
import { createServer } from '../../gateway/server';
import { connectSources, type RemoteAddress } from '../../gateway/supergraph/remote';
import { writtenSdlOf } from '../../gateway/written-schema';
import { readPublicKeys, readSigningKey } from '../../subgraphs/shared/http/keys';
import { createSubgraphServer } from '../../subgraphs/shared/http/server';

const LOCAL = '127.0.0.1';
const log = pino({ level: 'silent' });
const config = { http: { port: 0, host: LOCAL }, limits: DEFAULT_LIMITS };

/** A process of the gateway bench, as JSON on its command line. */
export type Contender =
  | { kind: 'subgraph'; folder: string; name: SubgraphName; publicKey: string | null }
  | { kind: 'in memory'; folder: string; supergraphSdl: string }
  | {
      kind: 'distributed';
      addresses: readonly RemoteAddress[];
      supergraphSdl: string;
      key: string;
      sharing: boolean;
    }
  | { kind: 'stock'; supergraphSdl: string };

const serveSubgraph = async (folder: string, name: SubgraphName, publicKey: string | null) => {
  const keys = publicKey === null ? 'unsigned' : readPublicKeys(publicKey);
  const { subgraph } = await openSubgraph(name, folder);
  return createSubgraphServer(subgraph, { keys, log }).listen(0, LOCAL);
};

const serveInMemory = async (folder: string, supergraphSdl: string) => {
  const graph = await openGraph(folder);
  const viewerFor = () => graph.viewerOf(0);
  const { subgraphs } = graph;
  return (await createServer({ config, subgraphs, viewerFor, log, supergraphSdl })).listen();
};

const serveDistributed = async (task: Extract<Contender, { kind: 'distributed' }>) => {
  const { addresses, key, sharing, supergraphSdl } = task;
  const signing = readSigningKey(key);
  const remote = await connectSources({
    addresses,
    key: signing,
    limits: SOURCE_LIMITS,
    log,
    sdlOf: writtenSdlOf,
    sharing,
  });
  const viewerFor = () => remote.viewerOf(0);
  const server = await createServer({
    config,
    subgraphs: [],
    remote,
    viewerFor,
    log,
    supergraphSdl,
  });
  return server.listen();
};

/** @apollo/gateway as it comes, behind the plainest server. */
const serveStock = async (supergraphSdl: string) => {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ url }) => new RemoteGraphQLDataSource({ url }),
  });
  const apollo = new ApolloServer({ gateway: gateway as unknown as GatewayInterface });
  await apollo.start();
  const app = fastify({ logger: false });
  app.post('/graphql', async (request, reply) => {
    const { body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: 'POST',
        headers: new HeaderMap([['content-type', 'application/json']]),
        search: '',
        body: request.body,
      },
      context: async () => ({}),
    });
    return reply.type('application/json').send(body.kind === 'complete' ? body.string : '');
  });
  return app.listen({ port: 0, host: LOCAL });
};

const serve = (task: Contender): Promise<string> => {
  switch (task.kind) {
    case 'subgraph':
      return serveSubgraph(task.folder, task.name, task.publicKey);
    case 'in memory':
      return serveInMemory(task.folder, task.supergraphSdl);
    case 'distributed':
      return serveDistributed(task);
    case 'stock':
      return serveStock(task.supergraphSdl);
  }
};

process.once('message', (task) => {
  serve(task as Contender).then(
    (address) => process.send?.({ address }),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit(0));
