import 'reflect-metadata';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { execute, parse } from 'graphql';
import { readSigningKey } from '../../subgraphs/shared/http/keys';
import { BEHAVIOURS } from './behaviours';
import { openPartners } from './server';
import { composeWith, openBodies, openWorld, publishedAt } from './world';

interface Urls {
  willow: string;
  elm: string;
}

/** A process of the bench, by what it is. */
export type Piece =
  | { kind: 'partners'; secret: string }
  | { kind: 'ours'; urls: Urls; answerKey: string }
  | { kind: 'stock'; urls: Urls; answerKey: string };

/** What a piece is told while it runs. */
export type Order =
  | { play: string | null }
  | { pass: number }
  | { begin: true; resolve: readonly string[] }
  | { figures: true };

/** What a gateway's process went through since it was told to begin. */
export interface Figures {
  /** Megabytes in memory. */
  memory: number;
  /** The longest that its own work kept the event loop, in milliseconds of processors' time. */
  blocked: number;
  fired: number;
}

const MEGABYTE = 1_048_576;

const openPiecePartners = async (secret: string) => {
  const partners = await openPartners(readSigningKey(secret));
  return {
    address: { willow: partners.willow, elm: partners.elm },
    obey: (order: Order) => {
      if ('pass' in order) partners.pass(order.pass);
      if ('play' in order)
        partners.play(BEHAVIOURS.find(({ name }) => name === order.play) ?? null);
    },
    fired: () => partners.fired(),
  };
};

const openOurs = async (urls: Urls, answerKey: string) => {
  const world = await openWorld(urls, { answerKey });
  return {
    address: await world.server.listen(),
    obey: (order: Order) => {
      if ('begin' in order) world.resolveTo(order.resolve);
      if (!('pass' in order)) return;
      world.sources.readmit('willow-web');
      world.pass(order.pass);
    },
    fired: () => 0,
  };
};

/** @apollo/gateway as it comes, over the same bodies and the same partners. */
const openStock = async (urls: Urls) => {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const graph = await openBodies();
  const published = publishedAt(urls);
  const gateway = new ApolloGateway({
    supergraphSdl: composeWith(graph, published),
    buildService: ({ name }) => {
      const own = graph.subgraphs.find((one) => one.name === name);
      const partner = published.find((one) => one.name === name);
      if (!own) return new RemoteGraphQLDataSource({ url: partner?.url ?? '' });
      return {
        process: async ({ request: { query = '', variables } }) =>
          (await execute({
            schema: own.schema,
            document: parse(query),
            contextValue: own.context(await graph.viewerOf(0)),
            variableValues: variables,
          })) as never,
      };
    },
  });
  const apollo = new ApolloServer({ gateway: gateway as unknown as GatewayInterface });
  const { url } = await startStandaloneServer(apollo, { listen: { port: 0, host: '127.0.0.1' } });
  return { address: url, obey: () => undefined, fired: () => 0 };
};

/** On a machine that others use too the clock says little: a turn of the loop takes no longer than it works. */
const watchBlocking = () => {
  let longest = 0;
  let at = performance.now();
  let used = process.cpuUsage();
  const begin = (anew: boolean) => {
    if (anew) longest = 0;
    at = performance.now();
    used = process.cpuUsage();
  };
  setInterval(() => {
    const { user, system } = process.cpuUsage(used);
    longest = Math.max(longest, Math.min(performance.now() - at, (user + system) / 1000));
    begin(false);
  }, 2);
  return { longest: () => longest, begin };
};

const open = (piece: Piece) => {
  switch (piece.kind) {
    case 'partners':
      return openPiecePartners(piece.secret);
    case 'ours':
      return openOurs(piece.urls, piece.answerKey);
    case 'stock':
      return openStock(piece.urls);
  }
};

process.once('message', (piece: Piece) => {
  open(piece).then(
    ({ address, obey, fired }) => {
      const blocking = watchBlocking();
      process.on('message', (order: Order) => {
        obey(order);
        const blocked = blocking.longest();
        // Not counted: it is for the figures alone.
        global.gc?.();
        blocking.begin('begin' in order);
        const memory = process.memoryUsage().rss / MEGABYTE;
        process.send?.({ memory, blocked, fired: fired() } satisfies Figures);
      });
      process.send?.(address);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit(0));
