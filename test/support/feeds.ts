import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAddressRules } from '../../gateway/supergraph/contain/addresses';
import type { Feed } from '../../gateway/registry/feed';
import type { FetchLimits } from '../../scripts/feeds/fetch';
import { lookAtDueFeeds, withdrawRemovedFeeds } from '../../scripts/feeds/work';
import type { FeedView } from '../../scripts/registry/print-feeds';
import { openTestGraph, placeIn } from './databases';
import { openTestRegistry } from './registry';

/** What an address has at the moment. */
export interface Contents {
  status?: number;
  headers?: Record<string, string>;
  body: string | Buffer;
  /** Called before the answer. */
  meanwhile?: () => Promise<void>;
}

/** An address that has what it is given, and remembers how it was asked. */
export const serveContents = async () => {
  const asked: Record<string, string | string[] | undefined>[] = [];
  let contents: Contents = { body: '' };
  const server = createServer((request, response) => {
    asked.push(request.headers);
    const { status = 200, headers = {}, body, meanwhile } = contents;
    const answer = () => {
      const known = request.headers['if-none-match'];
      if (known !== undefined && known === headers.etag) response.writeHead(304).end();
      else response.writeHead(status, headers).end(body);
    };
    void (meanwhile?.() ?? Promise.resolve()).then(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/feed`,
    asked,
    has: (now: Contents): void => void (contents = now),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** A graph and a registry with the partner `willow-web`, whose feed is a server of this machine. */
export const openFeeds = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  const { DATA_DIR, DATABASE_URL } = placeIn(folder);
  const registry = await openTestRegistry({ place: DATABASE_URL || DATA_DIR, dataDir: DATA_DIR });
  const graph = await openTestGraph();
  const server = await serveContents();
  const { door, feeds: desk } = registry;
  await door.addPartner('steward:1', { name: 'willow-web', trust: 'PROVISIONAL' });
  const addresses = createAddressRules({ allowed: ['127.0.0.1'] });
  const work = { graph, desk, addresses };

  return {
    ...{ graph, door, desk, server, work },
    add: (kind: Feed['kind'], more: Partial<Feed> = {}) =>
      door.addFeed('steward:1', 'willow-web', {
        ...{ feed: kind, kind, address: server.address, publishers: ['PG-WILLOW'] },
        ...{ everyMs: 3_600_000, licence: null, ...more },
      }),
    /** Looks at every feed as if it were due. */
    look: async (limits?: FetchLimits) => {
      for (const { feed, status } of (await door.feeds('willow-web')).feeds)
        if (status === 'ACTIVE') await door.fetchFeed('steward:1', 'willow-web', feed);
      await lookAtDueFeeds({ ...work, ...(limits && { limits }) });
    },
    withdraw: () => withdrawRemovedFeeds(work),
    view: async (): Promise<FeedView> => {
      const [view] = (await door.feeds('willow-web')).feeds;
      return view as unknown as FeedView;
    },
    kinds: async () => (await door.log({ after: 0 })).events.map(({ kind }) => kind),
    close: async () => {
      server.close();
      await graph.close();
      await registry.close();
      await rm(folder, { recursive: true });
    },
  };
};
export type Feeds = Awaited<ReturnType<typeof openFeeds>>;
