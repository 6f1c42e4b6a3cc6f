import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Graph } from '../../gateway/graph';
import type { FeedDesk, PartnerFeed } from '../../gateway/registry/feeds';
import type { FeedMemory } from '../../gateway/registry/feeds.store';
import type { AddressGuard } from '../../gateway/supergraph/contain/addresses';
import { fetchFeed, type FetchLimits } from './fetch';
import { importFeed } from './import';
import { withdrawAgain, withdrawFeed } from './withdraw';

/** What work on feeds needs. */
export interface FeedWork {
  graph: Graph;
  desk: FeedDesk;
  addresses: Pick<AddressGuard, 'connector'>;
  limits?: FetchLimits;
}

type Found = Partial<FeedMemory> & Pick<FeedMemory, 'result'>;

const OUR_FAULT = 'the import broke off; that is not for the partner to mend.';
const CURRENT = { result: 'CURRENT', failure: null } as const;

/** Fetches into a file and imports it; answers what was found, or null if the feed is gone. */
const look = async (
  { graph, desk, addresses, limits }: FeedWork,
  feed: PartnerFeed,
  before: FeedMemory,
  file: string,
): Promise<Found | null> => {
  const fetched = await fetchFeed(feed.address, file, before, addresses, limits);
  if (fetched.status === 'failed') return { result: 'FAILED', failure: fetched.reason };
  if (fetched.status === 'unchanged') return CURRENT;
  const { digest, etag, lastModified } = fetched;
  if (digest === before.digest) return { ...CURRENT, etag, lastModified };
  const imported = await importFeed(graph, desk, feed, file, before);
  switch (imported.status) {
    case 'gone':
      return null;
    case 'failed':
      return { result: 'FAILED', failure: imported.reason };
    case 'held':
      return { result: 'HELD', failure: imported.reason };
    case 'imported': {
      const { report, records } = imported;
      return { ...CURRENT, etag, lastModified, digest, records, report, accepted: false };
    }
  }
};

/** Looks at a feed: takes what it has into the graph if that is new and its own, and notes what it found. */
export const lookAtFeed = async (work: FeedWork, feed: PartnerFeed): Promise<void> => {
  const { desk } = work;
  const before = await desk.begin(feed);
  const folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-feed-'));
  try {
    const found = await look(work, feed, before, path.join(folder, 'contents'));
    if (found) await desk.found(feed, before, found);
  } catch (error) {
    await desk.found(feed, before, { result: 'FAILED', failure: OUR_FAULT });
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
};

/**
 * Looks at every feed that is due, one after the other: a slow one keeps nobody waiting but other feeds.
 * @throws the first failure that is no feed's, after the others had their turn.
 */
export const lookAtDueFeeds = async (work: FeedWork): Promise<void> => {
  const failures: unknown[] = [];
  for (const feed of (await work.desk.work()).due)
    await lookAtFeed(work, feed).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
};

/** Erases what was removed, and what was removed before and is there again. */
export const withdrawRemovedFeeds = async ({ graph, desk }: FeedWork): Promise<void> => {
  const { removed, withdrawn } = await desk.work();
  for (const feed of removed) await withdrawFeed(graph, desk, feed);
  for (const feed of withdrawn) await withdrawAgain(graph, desk, feed);
};
