import { Big } from 'big.js';
import DataLoader from 'dataloader';
import { today } from '../../shared/dates';
import { standingEnd } from '../classification/period';
import { BadInput, InvalidCursor } from '../../shared/errors';
import { hashOf } from '../../shared/ids';
import { formatDecimal, fromStored } from '../../shared/money';
import { checkFirst, decodeCursor, encodeCursor } from '../../shared/paging';
import type { BodiesLoader } from '../../shared/bodies';
import type { ClassificationLoader } from '../classification/classification.loader';
import type { Period } from '../classification/facts';
import type { FactsStore } from '../classification/facts.store';
import type { RateStore } from '../rate/rate.store';
import { belongingOf } from '../summary/belonging';
import { begin, type Bounds, type Ended, follow, placesOf, type Step } from './follow';
import { createKeeper } from './keeper';
import { Route, routeOf, type Station } from './route';
import { hostedBy } from '../hosting/hosted';
import type { MoneyTrail, MoneyTrailConnection, TrailStep, TrailWays } from './trail';
import { type MoneyTrailArgs, MOST_HOPS } from './trail.args';
import { TrailEnd } from './trail-enums';
import type { TrailMoney, TrailStore } from './trail.store';

/** Of so many bodies at most it is found out whether money at them can get where it is asked for. */
const MOST_BODIES = 20_000;
const FIRST_DAY = '0000-01-01';

const format = (nanos: bigint): string => formatDecimal(fromStored(0, String(nanos)));
const shareOf = (part: bigint, whole: bigint): number =>
  new Big(String(part)).div(String(whole)).toNumber();

const scopeOf = ({ from, to, period, money, currency, maxHops }: MoneyTrailArgs) =>
  hashOf('moneyTrail', from, to, period, money, currency, maxHops).slice(0, 12);

const cursorOf = (ended: Ended, args: MoneyTrailArgs): string =>
  encodeCursor(scopeOf(args), [
    JSON.stringify(placesOf(ended).map(({ amount, name }) => [String(amount), name])),
  ]);

const readCursor = (args: MoneyTrailArgs): { amount: bigint; name: string }[] => {
  if (args.after === undefined) return [];
  const [text] = decodeCursor(args.after, scopeOf(args), 1);
  try {
    return (JSON.parse(String(text)) as [string, string][]).map(([amount, name]) => ({
      amount: BigInt(amount),
      name: String(name),
    }));
  } catch {
    throw new InvalidCursor();
  }
};

/** The bodies on a way, from the donor to where it ended. */
const bodiesOn = ({ way }: Ended): (string | null)[] => [
  way[0]?.from ?? null,
  ...way.map(({ to }) => to),
];

const ENDED_SOMEWHERE = [TrailEnd.RETAINED, TrailEnd.REACHED, TrailEnd.REPAID];

/** One request's trails of money. */
export const createTrailLoader = (
  store: TrailStore,
  rates: RateStore,
  facts: FactsStore,
  { outcomesOf }: Pick<ClassificationLoader, 'outcomesOf'>,
  bodies: BodiesLoader,
) => {
  /** How many payments at least lie between each body and the one that is asked for. */
  const distancesTo = async (to: string, money: TrailMoney, maxHops: number) => {
    const distances = new Map<string, number>();
    let level = [to];
    for (let distance = 1; distance <= maxHops && level.length > 0; distance += 1) {
      const payers = (await store.payersOf(money, level)).map(({ other_id }) => other_id);
      level = [...new Set(payers)].filter(
        (id): id is string => id !== null && id !== to && !distances.has(id),
      );
      for (const id of level) distances.set(id, distance);
      if (distances.size > MOST_BODIES)
        throw new BadInput(
          `More than ${MOST_BODIES} bodies can be on the way to \`to\`; ask for a shorter \`period\` or less \`maxHops\`.`,
        );
    }
    return distances;
  };

  const waysIn = (money: TrailMoney, asOf: string): TrailWays => {
    const period: Period = { from: money.period?.from ?? FIRST_DAY, to: asOf };
    const hosts = new DataLoader<Ended, boolean[]>(async (ends) => {
      const between = ends.flatMap(({ way }) => way.slice(0, -1).map(({ to }) => to ?? ''));
      const hosted = await hostedBy(facts, [...new Set(between)], period);
      return ends.map(({ way }) =>
        way.map(({ to }, place) => hosted.get(to ?? '')?.has(way[place + 1]?.to ?? '') ?? false),
      );
    });
    const route = new DataLoader<Ended, Route>(async (ends) => {
      const arrived = ends.filter(({ end }) => ENDED_SOMEWHERE.includes(end));
      const isHost = await Promise.all(arrived.map((ended) => hosts.load(ended)));
      const paths = arrived.map((ended, index): Station[] =>
        bodiesOn(ended).map((id, place) => ({ id, host: isHost[index]?.[place - 1] ?? false })),
      );
      const between = paths.flatMap((path) =>
        path.slice(1, -1).flatMap(({ id, host }) => (id === null || host ? [] : [id])),
      );
      const outcomes = await outcomesOf([...new Set(between)], asOf);
      const recipients = paths
        .filter(({ length }) => length > 2)
        .flatMap((path) => path.at(-1)?.id ?? []);
      const { isMember } = await belongingOf(facts, [...new Set(recipients)], asOf);
      const routes = new Map(
        arrived.map((ended, index) => [
          ended,
          routeOf(paths[index] ?? [], outcomes, isMember).route,
        ]),
      );
      return ends.map((ended) => routes.get(ended) ?? Route.UNKNOWN);
    });
    const reports = new DataLoader<string, boolean>(async (ids) => {
      const reporters = await store.reporters(money, ids);
      return ids.map((id) => reporters.has(id));
    });
    return {
      hosts: (ended) => hosts.load(ended),
      route: (ended) => route.load(ended),
      reports: (body) => reports.load(body),
    };
  };

  const toTrail = (ended: Ended, total: bigint, ways: TrailWays): MoneyTrail => ({
    amount: format(ended.amount),
    share: total > 0n ? shareOf(ended.amount, total) : null,
    attributed: ended.attributed,
    end: ended.end,
    unconverted: ended.unconverted,
    ended,
    ways,
  });

  return {
    /** A page of the ways that a donor's money took; null if there is no such donor for the viewer. */
    of: async (args: MoneyTrailArgs): Promise<MoneyTrailConnection | null> => {
      const { from, to = null, period, money, first, maxHops } = args;
      const currency = args.currency.toUpperCase();
      checkFirst(first);
      if (maxHops < 0 || maxHops > MOST_HOPS)
        throw new BadInput(`\`maxHops\` is ${maxHops}; it must be 0 to ${MOST_HOPS}.`);
      if (from === to) throw new BadInput('`from` and `to` are the same body.');
      const after = readCursor(args);
      if ((await bodies.keysOf.load(from)).length === 0) return null;
      const counted: TrailMoney = { money, period };
      const keeper = createKeeper(store, rates, counted, currency);
      const distances = to === null ? null : await distancesTo(to, counted, maxHops);
      const bounds: Bounds = {
        from,
        to,
        maxHops,
        leads: (body, between) => (distances?.get(body) ?? Infinity) + between <= maxHops,
      };
      const { paid, leftOut } = await keeper.donor(from);
      const begun = begin(paid, bounds, after);
      const page = await follow(begun.items, first, bounds, keeper.books, (receivers) =>
        keeper.donorTo(from, receivers),
      );
      const asOf = period?.to ?? standingEnd(today());
      const ways = waysIn(counted, asOf);
      const nodes = page.ends.map((ended) => toTrail(ended, begun.total, ways));
      const cursors = page.ends.map((ended) => cursorOf(ended, args));
      return {
        edges: nodes.map((node, index) => ({ node, cursor: cursors[index] ?? '' })),
        nodes,
        pageInfo: {
          hasNextPage: page.hasNext,
          hasPreviousPage: args.after !== undefined,
          startCursor: cursors[0] ?? null,
          endCursor: cursors.at(-1) ?? null,
        },
        total: format(begun.total),
        money,
        currency,
        asOf,
        leftOut,
        donor: from,
      };
    },

    /** The steps of a way, as the API shows them. */
    steps: ({ ended, ways }: MoneyTrail): TrailStep[] =>
      ended.way.map((step: Step, place) => ({
        amount: format(step.amount),
        paid: format(step.paid),
        share: shareOf(step.amount, step.paid),
        basis: step.basis,
        attributed: step.attributed,
        flowCount: step.flows,
        step,
        heldAsHost: async () => (await ways.hosts(ended))[place] ?? false,
      })),
  };
};
export type TrailLoader = ReturnType<typeof createTrailLoader>;
