import { FEED_SOURCE } from '../../subgraphs/shared/provenance';

/** In what a feed is written. */
export const FEED_KINDS = ['statements', 'iati', '360giving'] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

/** An address whose records are a partner's, as a steward registered it. */
export interface Feed {
  /** One word, its own among the partner's feeds. */
  feed: string;
  kind: FeedKind;
  address: string;
  /** The identifiers under which the partner publishes: its feed speaks for no other. */
  publishers: readonly string[];
  /** How often it is looked at, in milliseconds. */
  everyMs: number;
  /** The licence of its data, if not as the file says. */
  licence: string | null;
}

/** What became of the last look at a feed. */
export type FeedResult =
  /** What it has is in the graph. */
  | 'CURRENT'
  /** It cannot be had or read; what was in the graph before stays. */
  | 'FAILED'
  /** It lost so much that a steward has to accept it; what was in the graph before stays. */
  | 'HELD';

/** What the entries about feeds tell. */
export interface FeedPayloads {
  FEED_ADDED: Feed;
  /** Another result than before, or other contents. */
  FEED_CHANGED: {
    feed: string;
    result: FeedResult;
    /** The SHA-256 of the contents that are in the graph; null: none are. */
    digest: string | null;
  };
  /** A steward lets the next contents pass, however much they lost. */
  FEED_ACCEPTED: { feed: string };
  FEED_REMOVED: { feed: string; reason: string | null };
  /** The receipt: nothing of the feed is in the graph any more. */
  FEED_WITHDRAWN: {
    feed: string;
    /** The source that its records had. */
    source: string;
    /** How many records were erased, by kind. */
    records: Readonly<Record<string, number>>;
    /** The SHA-256 of the ids and hashes of all of them. */
    hash: string;
  };
}

/** A feed as the log leaves it. */
export interface FeedState extends Feed {
  /** The entry by which it was added, which tells it from former ones of its name. */
  addedIn: number;
  addedAt: string;
  /** `REMOVED`: its records are about to be erased; `WITHDRAWN`: they are. */
  status: 'ACTIVE' | 'REMOVED' | 'WITHDRAWN';
  receipt: (FeedPayloads['FEED_WITHDRAWN'] & { at: string }) | null;
}

/** Whose feeds they are. */
interface FeedHolder {
  name: string;
  retired: boolean;
  feeds: Map<string, FeedState>;
}

/** An entry about a feed. */
export type FeedEvent = {
  [K in keyof FeedPayloads]: { kind: K; payload: FeedPayloads[K] };
}[keyof FeedPayloads] & { sequence: number; at: string };

/** The source that the records of a feed have: no feed's name has a hyphen, so it is no other's. */
export const sourceOfFeed = (partner: string, feed: string): string =>
  `${FEED_SOURCE}${partner}-${feed}`;

const add = (
  partner: FeedHolder,
  { payload, sequence: addedIn, at: addedAt }: FeedEvent & { kind: 'FEED_ADDED' },
): string | null => {
  const before = partner.feeds.get(payload.feed);
  if (before && before.status !== 'WITHDRAWN')
    return `${partner.name} has the feed ${payload.feed} already`;
  const feed = { ...payload, addedIn, addedAt, status: 'ACTIVE' as const, receipt: null };
  partner.feeds.set(payload.feed, feed);
  partner.retired = false;
  return null;
};

/** Brings a partner to what follows from an entry about a feed; answers what is wrong with it. */
export const applyFeedEvent = (partner: FeedHolder, event: FeedEvent): string | null => {
  if (event.kind === 'FEED_ADDED') return add(partner, event);
  const feed = partner.feeds.get(event.payload.feed);
  if (!feed) return `${partner.name} has no feed ${event.payload.feed}`;
  if (event.kind === 'FEED_REMOVED') feed.status = 'REMOVED';
  if (event.kind === 'FEED_WITHDRAWN')
    Object.assign(feed, { status: 'WITHDRAWN', receipt: { ...event.payload, at: event.at } });
  return null;
};

/** A partner that retires takes its feeds along. */
export const removeFeeds = ({ feeds }: FeedHolder): void => {
  for (const feed of feeds.values()) if (feed.status === 'ACTIVE') feed.status = 'REMOVED';
};
