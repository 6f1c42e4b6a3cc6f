import { apportion } from '../summary/fixed';
import { type Books, type Got, type Paid, type Payment, paymentsOf, REST } from './books';
import { TrailBasis, TrailEnd } from './trail-enums';
import {
  beyond,
  type Bounds,
  type Ended,
  ended,
  inOrder,
  isOpen,
  isWanted,
  type Item,
  nameOf,
  type Open,
  type Place,
  type Step,
} from './ways';

export type { Bounds, Ended, Step } from './ways';

/** What one of a donor's payments leads to. */
const after = (
  { receiver, amount, into, hosts, flows, flowIds }: Payment,
  bounds: Bounds,
): Item => {
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
  const parts =
    amount > 0n
      ? apportion(
          amount,
          into.map((one) => one.amount),
        )
      : [];
  return beyond(
    step,
    [],
    into.map((one, place) => ({ into: one.into, amount: parts[place] ?? 0n })),
    bounds,
  );
};

/** What a donor's payments lead to, and what they come to together. */
export const begin = (
  paid: readonly Paid[],
  bounds: Bounds,
  cursor: readonly Place[],
): { items: Item[]; total: bigint } => {
  const payments = paymentsOf(paid);
  const items = payments
    .filter(({ amount }) => amount !== 0n)
    .map((payment) => after(payment, bounds))
    .filter((item) => isWanted(item, bounds));
  return {
    items: inOrder(items, cursor),
    total: payments.reduce((sum, { amount }) => sum + amount, 0n),
  };
};

/** The same beginnings of ways, knowing for which activities of the receivers the donor paid. */
const refined = (items: readonly Item[], paid: readonly Paid[], bounds: Bounds): Item[] => {
  const payments = new Map(paymentsOf(paid).map((payment) => [payment.receiver, payment]));
  return items.map((item) => {
    const { to = null, amount = 0n, flows = 0 } = item.way[0] ?? {};
    const payment = payments.get(to);
    if (item.way.length !== 1 || !payment) return item;
    // Sums of parts are rounded apart: the way keeps its place.
    const into = payment.into.length > 0 ? payment.into : [{ into: null, amount: 1n }];
    const finer = after({ ...payment, amount, flows, into }, bounds);
    return isOpen(item) ? { ...finer, after: item.after } : finer;
  });
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
 * on record nothing stays, since other money of which nobody told must have been there. No more of a
 * payment is the donor's than was paid: what is beyond that stays.
 */
const openUp = (item: Open, books: Books, bounds: Bounds): Item[] => {
  const steps = new Map<string | null, Onward>();
  let kept = 0n;
  let keptAttributed = item.attributed;
  for (const [name, amount] of inPots(item.into, books)) {
    const { income, payments } = books.pots.get(name) ?? { income: 0n, payments: [] };
    const paid = payments.reduce((sum, payment) => sum + payment.amount, 0n);
    const staying = payments.length === 0 ? 1n : income > paid ? income - paid : 0n;
    // Where others took money back, the donor's can be more than all that the pot came to.
    const beyondPot =
      payments.length === 0 || amount <= paid + staying ? 0n : amount - paid - staying;
    const parts = apportion(amount - beyondPot, [
      ...payments.map((payment) => payment.amount),
      staying,
    ]);
    const certain =
      payments.length === 0 ||
      (amount === income && income >= paid) ||
      (payments.length === 1 && staying === 0n && beyondPot === 0n);
    const attributed = item.attributed || !certain;
    const stays = (parts.at(-1) ?? 0n) + beyondPot;
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
 * @param paidTo the donor's payments to some receivers in full, if the ways began with less.
 */
export const follow = async (
  begun: readonly Item[],
  first: number,
  bounds: Bounds,
  booksFor: (bodies: readonly string[]) => Promise<ReadonlyMap<string, Books>>,
  paidTo?: (receivers: readonly (string | null)[]) => Promise<readonly Paid[]>,
): Promise<TrailPage> => {
  let items = begun;
  const inFull = new Set<string | null>();
  for (;;) {
    // Everything leads to one end at least, so what lies behind these is not on the page.
    let near = items.slice(0, first + 1);
    const rough = near.flatMap(({ way }) => (way.length === 1 ? [way[0]?.to ?? null] : []));
    const asked = rough.filter((receiver) => !inFull.has(receiver));
    if (paidTo && asked.length > 0) {
      for (const receiver of asked) inFull.add(receiver);
      near = refined(near, await paidTo(asked), bounds);
    }
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
