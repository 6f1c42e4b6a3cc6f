import { compareTexts } from '../../shared/ids';
import { apportion } from '../summary/fixed';
import { type Books, type Got, type Paid, paymentsOf, REST } from './books';
import { TrailBasis, TrailEnd } from './trail-enums';

/** Money of the donor on its way from one body to the next. */
export interface Step {
  from: string;
  /** Null: nobody says who got it. */
  to: string | null;
  /** The donor's money on it, in billionths of the currency. */
  amount: bigint;
  /** All that was paid on it, whoever's money it was. */
  paid: bigint;
  basis: TrailBasis;
  attributed: boolean;
  /** The hosts that got any of it for whom it was paid. */
  hosts: readonly string[];
  flows: number;
  flowIds: readonly string[];
}

/** Where a place stands among those that branch off from the same body: by amount, then by name. */
interface Place {
  amount: bigint;
  /** Unique among its siblings. */
  name: string;
}

/** The donor's money at a body, not yet looked at further. */
interface Open extends Place {
  body: string;
  /** The same amount, by the body's activity. */
  into: readonly Got[];
  way: readonly Step[];
  attributed: boolean;
  /** What is left of the cursor, if it goes through here. */
  after: readonly Place[];
}

/** Where some of the donor's money ended. */
export interface Ended extends Place {
  end: TrailEnd;
  /** Null: an unknown receiver. */
  body: string | null;
  way: readonly Step[];
  attributed: boolean;
  /** Payments of the last body that could not be converted: they are in what it kept. */
  unconverted: number;
}

/** What bounds a trail. */
export interface Bounds {
  from: string;
  /** How many bodies may stand between. */
  maxHops: number;
  /** Whether money at a body, with so many bodies between, can still get where it is asked for. */
  leads: (body: string, between: number) => boolean;
  /** Where money is asked for; null: everywhere. */
  to: string | null;
}

type Item = Open | Ended;
const isOpen = (item: Item): item is Open => !('end' in item);

/** The largest amount first; equal ones by name. */
const compare = (a: Place, b: Place): number =>
  a.amount === b.amount ? compareTexts(a.name, b.name) : a.amount > b.amount ? -1 : 1;

/** Siblings in order, from where the cursor stands. */
const inOrder = (items: readonly Item[], [first, ...rest]: readonly Place[]): Item[] => {
  const sorted = [...items].sort(compare);
  if (!first) return sorted;
  return sorted.flatMap((item) => {
    const order = compare(item, first);
    if (order < 0 || (order === 0 && (!isOpen(item) || rest.length === 0))) return [];
    return [order === 0 && isOpen(item) ? { ...item, after: rest } : item];
  });
};

const nameOf = (end: TrailEnd | 'ON', body: string | null): string => `${end} ${body ?? ''}`;

const ended = (
  end: TrailEnd,
  body: string | null,
  amount: bigint,
  way: readonly Step[],
  attributed: boolean,
  unconverted = 0,
): Ended => ({ end, body, amount, way, attributed, unconverted, name: nameOf(end, body) });

/** What a step leads to: an end, or money to be looked at further. */
const beyond = (step: Step, before: readonly Step[], into: readonly Got[], bounds: Bounds) => {
  const { to, amount, attributed } = step;
  const way = [...before, step];
  const at = (end: TrailEnd) => ended(end, to, amount, way, attributed);
  if (amount < 0n) return at(TrailEnd.REPAID);
  if (to === null) return at(TrailEnd.UNKNOWN_RECEIVER);
  if (to === bounds.from || before.some((earlier) => earlier.to === to)) return at(TrailEnd.CYCLE);
  if (to === bounds.to) return at(TrailEnd.REACHED);
  return { body: to, amount, into, way, attributed, after: [], name: nameOf('ON', to) } as Open;
};

/** Whether something is on the way to where money is asked for. */
const isWanted = (item: Item, { to, leads }: Bounds): boolean =>
  to === null ||
  (isOpen(item) ? leads(item.body, item.way.length - 1) : item.body === to && item.amount !== 0n);

/** What a donor's payments lead to, and what they come to together. */
export const begin = (
  paid: readonly Paid[],
  bounds: Bounds,
  after: readonly Place[],
): { items: Item[]; total: bigint } => {
  const payments = paymentsOf(paid);
  const items = payments
    .filter(({ amount }) => amount !== 0n)
    .map(({ receiver, amount, into, hosts, flows, flowIds }) => {
      const parts =
        amount > 0n
          ? apportion(
              amount,
              into.map((one) => one.amount),
            )
          : [];
      const step = {
        from: bounds.from,
        to: receiver,
        amount,
        paid: amount,
        basis: TrailBasis.RECORDED,
        attributed: false,
        hosts,
        flows,
        flowIds,
      };
      return beyond(
        step,
        [],
        into.map((one, place) => ({ into: one.into, amount: parts[place] ?? 0n })),
        bounds,
      );
    })
    .filter((item) => isWanted(item, bounds));
  return {
    items: inOrder(items, after),
    total: payments.reduce((sum, { amount }) => sum + amount, 0n),
  };
};

/** The donor's money in each pot of a body. */
const inPots = (into: readonly Got[], { pots }: Books): Map<string, bigint> => {
  const found = new Map<string, bigint>();
  for (const { into: activity, amount } of into) {
    const pot = activity !== null && pots.has(activity) ? activity : REST;
    found.set(pot, (found.get(pot) ?? 0n) + amount);
  }
  return found;
};

interface Onward extends Step {
  into: Map<string | null, bigint>;
}

/**
 * What money at a body leads to. Of each pot, the donor's money goes on in the proportion in which all
 * of the pot did, and stays in the proportion in which it stayed; of a body that paid more than it got
 * on record nothing stays, since other money of which nobody told must have been there.
 */
const openUp = (item: Open, books: Books, bounds: Bounds): Item[] => {
  const steps = new Map<string | null, Onward>();
  let kept = 0n;
  let keptAttributed = item.attributed;
  for (const [name, amount] of inPots(item.into, books)) {
    const { income, payments } = books.pots.get(name) ?? { income: 0n, payments: [] };
    const paid = payments.reduce((sum, payment) => sum + payment.amount, 0n);
    const staying = payments.length === 0 ? 1n : income > paid ? income - paid : 0n;
    const parts = apportion(amount, [...payments.map((payment) => payment.amount), staying]);
    const certain =
      payments.length === 0 ||
      (amount === income && income >= paid) ||
      (payments.length === 1 && staying === 0n);
    const attributed = item.attributed || !certain;
    const stays = parts.at(-1) ?? 0n;
    kept += stays;
    if (stays > 0n) keptAttributed ||= attributed;
    payments.forEach((payment, place) => {
      const part = parts[place] ?? 0n;
      if (part === 0n) return;
      const step = steps.get(payment.receiver) ?? {
        from: item.body,
        to: payment.receiver,
        amount: 0n,
        paid: 0n,
        basis: TrailBasis.ACTIVITY_LINK,
        attributed: false,
        hosts: [],
        flows: 0,
        flowIds: [],
        into: new Map<string | null, bigint>(),
      };
      step.amount += part;
      step.paid += payment.amount;
      if (name === REST) step.basis = TrailBasis.PRO_RATA;
      step.attributed ||= attributed;
      step.flows += payment.flows;
      step.hosts = [...new Set([...step.hosts, ...payment.hosts])];
      step.flowIds = [...new Set([...step.flowIds, ...payment.flowIds])];
      apportion(
        part,
        payment.into.map((one) => one.amount),
      ).forEach((some, index) => {
        const activity = payment.into[index]?.into ?? null;
        step.into.set(activity, (step.into.get(activity) ?? 0n) + some);
      });
      steps.set(payment.receiver, step);
    });
  }
  const items: Item[] = [];
  if (kept > 0n)
    items.push(
      ended(TrailEnd.RETAINED, item.body, kept, item.way, keptAttributed, books.unconverted),
    );
  const onward = [...steps.values()].map(({ into, ...step }) =>
    beyond(
      step,
      item.way,
      [...into].map(([activity, amount]) => ({ into: activity, amount })),
      bounds,
    ),
  );
  // Unknown receivers, and bodies that are on the way already, are ends as they are.
  const beyondBounds = item.way.length > bounds.maxHops;
  const further = onward.filter(
    (one) => beyondBounds && (isOpen(one) || one.end === TrailEnd.REACHED),
  );
  if (further.length > 0)
    items.push(
      ended(
        TrailEnd.MAX_HOPS,
        item.body,
        further.reduce((sum, { amount }) => sum + amount, 0n),
        item.way,
        further.some(({ attributed }) => attributed),
      ),
    );
  items.push(...onward.filter((one) => !further.includes(one)));
  return inOrder(
    items.filter((one) => isWanted(one, bounds)),
    item.after,
  );
};

/** One page of a trail's ends, in order: what the largest payment led to first, and so on at every body. */
export interface TrailPage {
  ends: Ended[];
  hasNext: boolean;
}

/**
 * Follows money from the beginning of a page until its end is known, level by level: what comes after
 * the page is not looked at.
 * @param booksFor the books of some bodies, asked for all of a level at once.
 */
export const follow = async (
  begun: readonly Item[],
  first: number,
  bounds: Bounds,
  booksFor: (bodies: readonly string[]) => Promise<ReadonlyMap<string, Books>>,
): Promise<TrailPage> => {
  let items = begun;
  for (;;) {
    // Everything leads to one end at least, so what lies behind these is not on the page.
    const near = items.slice(0, first + 1);
    const open = near.filter(isOpen);
    if (open.length === 0)
      return {
        ends: near.filter((item) => !isOpen(item)).slice(0, first) as Ended[],
        hasNext: items.length > first,
      };
    const books = await booksFor([...new Set(open.map(({ body }) => body))]);
    const opened = near.flatMap((item) => {
      if (!isOpen(item)) return [item];
      const own = books.get(item.body) ?? { pots: new Map(), unconverted: 0 };
      return openUp(item, own, bounds);
    });
    items = [...opened, ...items.slice(first + 1)];
  }
};

/** Where an end stands: the places that lead to it. */
export const placesOf = ({ way, amount, name, end }: Ended): Place[] => {
  const on = way.map((step) => ({ amount: step.amount, name: nameOf('ON', step.to) }));
  // What a body kept, or passed on too far to follow, is beside what it passed on.
  const beside = end === TrailEnd.RETAINED || end === TrailEnd.MAX_HOPS;
  return [...(beside ? on : on.slice(0, -1)), { amount, name }];
};
