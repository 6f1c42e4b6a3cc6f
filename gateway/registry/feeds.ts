import { BadInput, Conflict, NotFound, partnerIn } from './faults';
import { type Feed, type FeedPayloads, type FeedState, sourceOfFeed } from './feed';
import type { FeedMemory, FeedsStore } from './feeds.store';
import type { Ledger } from './ledger';
import type { State } from './state';

/** Each is looked at in turn; that many are a partner that needs a server. */
const MOST_FEEDS = 20;
const ACTOR = 'gateway';
/** What is found may be written into the log, which is for good: not more often than that for a partner. */
const PAUSE_MS = 5 * 60_000;
/** A look that has not ended after so long was interrupted. */
const LOOK_MS = 10 * 60_000;

/** A feed with whose it is. */
export type PartnerFeed = FeedState & { partner: string };

const activeIn = (state: State, name: string, feed: string): FeedState => {
  const found = partnerIn(state, name).feeds.get(feed);
  if (found?.status !== 'ACTIVE')
    throw new NotFound(`${name} has no feed ${JSON.stringify(feed.slice(0, 40))}.`);
  return found;
};

const feedsIn = (state: State, status: FeedState['status']): PartnerFeed[] =>
  [...state.partners.values()].flatMap(({ name: partner, feeds }) =>
    [...feeds.values()]
      .filter((feed) => feed.status === status)
      .map((feed) => ({ ...feed, partner })),
  );

/** What stewards and partners do with feeds. */
export const createFeedDoor = (ledger: Ledger, store: FeedsStore) => {
  const feeds = async (name: string) => {
    const partner = partnerIn(await ledger.refresh(), name);
    const views = [...partner.feeds.values()].map(async ({ addedIn, ...feed }) => {
      const { dueAt, lookedAt, result, failure, records, report } = await store.read(
        name,
        feed.feed,
        addedIn,
      );
      const found = { dueAt, lookedAt, result, failure, records, report };
      return { ...feed, source: sourceOfFeed(name, feed.feed), ...found };
    });
    return { feeds: await Promise.all(views) };
  };

  return {
    /** The feeds of a partner, with what was found at the last look, and receipts of those that are gone. */
    feeds,

    /** Registers an address whose records are a partner's from now on. */
    addFeed: async (actor: string, name: string, feed: Feed) => {
      await ledger.append(actor, (state) => {
        const { feeds: known } = partnerIn(state, name);
        const before = known.get(feed.feed);
        if (before?.status === 'ACTIVE')
          throw new Conflict(
            `${name} has a feed ${feed.feed} already; give this one another name.`,
          );
        if (before?.status === 'REMOVED')
          throw new Conflict(`The records of ${feed.feed} are being erased; add it in a minute.`);
        const active = [...known.values()].filter(({ status }) => status === 'ACTIVE');
        if (active.length >= MOST_FEEDS)
          throw new Conflict(`${name} has ${MOST_FEEDS} feeds, and may have no more.`);
        if (feed.kind !== 'statements' && feed.publishers.length === 0)
          throw new BadInput(
            'A feed of money needs the identifiers under which its publisher reports.',
          );
        return { events: [{ kind: 'FEED_ADDED', partner: name, payload: feed }] };
      });
      return feeds(name);
    },

    /** Takes a feed out of the graph, with all its records. */
    removeFeed: async (actor: string, name: string, feed: string, reason: string | null) => {
      await ledger.append(actor, (state) => {
        activeIn(state, name, feed);
        return { events: [{ kind: 'FEED_REMOVED', partner: name, payload: { feed, reason } }] };
      });
      return feeds(name);
    },

    /** Has a feed looked at as soon as may be: for a partner not at once after the last time. */
    fetchFeed: async (actor: string, name: string, feed: string) => {
      const { addedIn } = activeIn(await ledger.refresh(), name, feed);
      const { lookedAt } = await store.read(name, feed, addedIn);
      const waits = actor.startsWith('partner:') && lookedAt !== null;
      const dueAt = waits ? new Date(Date.parse(lookedAt) + PAUSE_MS).toISOString() : '';
      await store.note(name, feed, addedIn, { dueAt });
      return feeds(name);
    },

    /** Has a feed looked at as soon as may be, and lets its contents pass however much they lost. */
    acceptFeed: async (actor: string, name: string, feed: string) => {
      await ledger.append(actor, (state) => {
        activeIn(state, name, feed);
        return { events: [{ kind: 'FEED_ACCEPTED', partner: name, payload: { feed } }] };
      });
      const { addedIn } = activeIn(await ledger.refresh(), name, feed);
      await store.note(name, feed, addedIn, { dueAt: '', accepted: true });
      return feeds(name);
    },
  };
};

/** What those need of the registry who fetch feeds and erase their records. */
export const createFeedDesk = (
  ledger: Ledger,
  store: FeedsStore,
  clock: () => number = Date.now,
) => {
  const keyOf = ({ partner, feed, addedIn }: Pick<PartnerFeed, 'partner' | 'feed' | 'addedIn'>) =>
    JSON.stringify([partner, feed, addedIn]);
  const after = (ms: number) => new Date(clock() + ms).toISOString();

  return {
    /** The feeds that are to be looked at now, those whose records are to be erased, and were before. */
    work: async (): Promise<Record<'due' | 'removed' | 'withdrawn', PartnerFeed[]>> => {
      const state = await ledger.refresh();
      const active = feedsIn(state, 'ACTIVE');
      const gone = { removed: feedsIn(state, 'REMOVED'), withdrawn: feedsIn(state, 'WITHDRAWN') };
      if (active.length === 0) return { due: [], ...gone };
      const dueAt = new Map((await store.due()).map((row) => [keyOf(row), row.dueAt]));
      const now = after(0);
      return { due: active.filter((feed) => (dueAt.get(keyOf(feed)) ?? '') <= now), ...gone };
    },

    /** Whether a feed is still as it was found, and no later one of its name. */
    stands: async ({ partner, feed, addedIn, status }: PartnerFeed): Promise<boolean> => {
      const now = (await ledger.refresh()).partners.get(partner)?.feeds.get(feed);
      return now?.status === status && now.addedIn === addedIn;
    },

    read: ({ partner, feed, addedIn }: PartnerFeed): Promise<FeedMemory> =>
      store.read(partner, feed, addedIn),

    /** Notes that a feed is being looked at, so that nobody else does, and answers what is known of it. */
    begin: async ({ partner, feed, addedIn }: PartnerFeed): Promise<FeedMemory> => {
      await store.note(partner, feed, addedIn, { dueAt: after(LOOK_MS) });
      return store.read(partner, feed, addedIn);
    },

    /** Notes what was found; the log has it if it is other than before. */
    found: async (
      { partner, feed, addedIn, everyMs }: PartnerFeed,
      before: FeedMemory,
      now: Partial<FeedMemory> & Pick<FeedMemory, 'result'>,
    ): Promise<void> => {
      // Who asked for it meanwhile has made it due.
      const { dueAt } = await store.read(partner, feed, addedIn);
      const next = dueAt === before.dueAt && { dueAt: after(everyMs) };
      await store.note(partner, feed, addedIn, { ...now, ...next, lookedAt: after(0) });
      const { result, digest } = { ...before, ...now };
      if (result === null || (result === before.result && digest === before.digest)) return;
      const payload = { feed, result, digest };
      await ledger.append(ACTOR, () => ({ events: [{ kind: 'FEED_CHANGED', partner, payload }] }));
    },

    /** Keeps what the receipt will say, before the first record is erased. */
    keepReceipt: (
      { partner, feed, addedIn }: PartnerFeed,
      receipt: FeedPayloads['FEED_WITHDRAWN'],
    ): Promise<void> => store.note(partner, feed, addedIn, { receipt }),

    /** Leaves the receipt in the log: nothing of the feed is in the graph any more. */
    withdrawn: async (
      { partner, feed, addedIn }: PartnerFeed,
      payload: FeedPayloads['FEED_WITHDRAWN'],
    ): Promise<void> => {
      await ledger.append(ACTOR, ({ partners }) => {
        const now = partners.get(partner)?.feeds.get(feed);
        return now?.status === 'REMOVED' && now.addedIn === addedIn
          ? { events: [{ kind: 'FEED_WITHDRAWN', partner, payload }] }
          : { events: [] };
      });
      await store.remove(partner, feed);
    },
  };
};
export type FeedDesk = ReturnType<typeof createFeedDesk>;
