import type { Knex } from 'knex';
import type { FeedPayloads, FeedResult } from './feed';

/** What is known of a feed beside the log: when it is due, and what was found the last time. */
export interface FeedMemory {
  /** The entry by which the feed was added. */
  addedIn: number;
  /** ISO 8601, UTC. */
  dueAt: string;
  lookedAt: string | null;
  /** What the address said of the contents that are in the graph: its ETag and Last-Modified. */
  etag: string | null;
  lastModified: string | null;
  /** The SHA-256 of those contents; null: none are in the graph. */
  digest: string | null;
  /** How many records were taken of them. */
  records: number;
  /** Null: it was not looked at yet. */
  result: FeedResult | null;
  /** Why the last look changed nothing; null if it went well. */
  failure: string | null;
  /** Whether a steward lets the next contents pass, however much they lost. */
  accepted: boolean;
  /** The report of the import of what is in the graph. */
  report: object | null;
  /** What the receipt will say, once erasing has begun. */
  receipt: FeedPayloads['FEED_WITHDRAWN'] | null;
}

interface Row {
  partner: string;
  feed: string;
  added_in: number;
  due_at: string;
  looked_at: string | null;
  address_tag: string | null;
  address_time: string | null;
  digest: string | null;
  records: number;
  result: FeedResult | null;
  failure: string | null;
  accepted: number;
  report: string | null;
  receipt: string | null;
}

const readJson = <T>(text: string | null): T | null =>
  text === null ? null : (JSON.parse(text) as T);

const memoryOf = (row: Row): FeedMemory => ({
  addedIn: row.added_in,
  dueAt: row.due_at,
  lookedAt: row.looked_at,
  etag: row.address_tag,
  lastModified: row.address_time,
  digest: row.digest,
  records: row.records,
  result: row.result,
  failure: row.failure,
  accepted: row.accepted === 1,
  report: readJson(row.report),
  receipt: readJson(row.receipt),
});

const toRow = (memory: Partial<FeedMemory>): Partial<Row> => {
  const { addedIn, dueAt, lookedAt, etag, lastModified, accepted, report, receipt, ...same } =
    memory;
  const columns: Partial<Row> = {
    ...same,
    added_in: addedIn,
    due_at: dueAt,
    looked_at: lookedAt,
    address_tag: etag,
    address_time: lastModified,
    accepted: accepted === undefined ? undefined : accepted ? 1 : 0,
    report: report && JSON.stringify(report),
    receipt: receipt && JSON.stringify(receipt),
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
};

/** What every feed that has not yet been looked at begins with: it is due at once. */
export const newMemory = (addedIn: number): FeedMemory => ({
  addedIn,
  dueAt: '',
  lookedAt: null,
  etag: null,
  lastModified: null,
  digest: null,
  records: 0,
  result: null,
  failure: null,
  accepted: false,
  report: null,
  receipt: null,
});

export const createFeedsStore = (db: Knex) => ({
  /** What is known of a feed that was added by some entry; nothing of former feeds of its name. */
  read: async (partner: string, feed: string, addedIn: number): Promise<FeedMemory> => {
    const row = (await db('feed_states').where({ partner, feed, added_in: addedIn }).first()) as
      Row | undefined;
    return row ? memoryOf(row) : newMemory(addedIn);
  },

  /** Notes what became known, and leaves the rest: others may note something else meanwhile. */
  note: async (
    partner: string,
    feed: string,
    addedIn: number,
    known: Partial<FeedMemory>,
  ): Promise<void> => {
    const row = { partner, feed, ...toRow({ ...newMemory(addedIn), ...known }) };
    await db('feed_states')
      .insert(row)
      .onConflict(['partner', 'feed'])
      .merge(toRow({ addedIn, ...known }));
  },

  /** When the feeds are due that were looked at, or asked for. */
  due: async (): Promise<{ partner: string; feed: string; addedIn: number; dueAt: string }[]> =>
    db('feed_states').select({
      partner: 'partner',
      feed: 'feed',
      addedIn: 'added_in',
      dueAt: 'due_at',
    }),

  remove: async (partner: string, feed: string): Promise<void> => {
    await db('feed_states').where({ partner, feed }).delete();
  },
});
export type FeedsStore = ReturnType<typeof createFeedsStore>;
