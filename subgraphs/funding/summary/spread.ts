import { type Balances, isMixed, type Lot, split } from './counting';
import { apportion, type Fixed } from './fixed';

/** What is the same for money on its way, wherever it ends. */
interface Course {
  /** The source; null: unknown. */
  source: string | null;
  /** Whether no record shows how it came into the scope. */
  unseen: boolean;
  /** The body that got it first; null: unknown. */
  first: string | null;
  /** The bodies between the source and the last, each once; null among them: one that is not followed. */
  between: readonly (string | null)[];
  /** How many bodies held it between, hosts left out. */
  hops: number;
  /** Whether it mixed on the way with other money of a body that held it. */
  attributed: boolean;
}

/** Where money came from, by which bodies it went, and where it stayed. */
export interface Way extends Course {
  /** The body with which it stayed; null: unknown, or not followed so far. */
  last: string | null;
  amount: Fixed;
}

/** Whether one body hosts another: what it pays to it, it held for it. */
export type IsHost = (host: string, body: string) => boolean;

/** What of ways is told apart; what is not is left empty, which keeps them few. */
export interface Told {
  source: boolean;
  first: boolean;
  between: boolean;
}

/** So many bodies are followed at most; beyond that money goes round in circles. */
export const FURTHEST = 12;
const MOST_STEPS = 100_000;

/** Thrown when following the money would take too long. */
export class TooFar extends Error {}

/** Between two bodies the net of all flows. What a body pays itself moves nothing. */
export const netted = (lots: readonly Lot[]): Lot[] => {
  const pairs = new Map<string, Lot>();
  for (const lot of lots) {
    if (lot.provider !== null && lot.provider === lot.receiver) continue;
    const name = JSON.stringify([lot.provider, lot.receiver, lot.origin]);
    const pair = pairs.get(name);
    pairs.set(name, pair ? { ...pair, amount: pair.amount + lot.amount } : lot);
  }
  return [...pairs.values()];
};

/** Amounts by what they have in common, and by where they are. */
const createTally = <T extends { amount: Fixed }>() => {
  const found = new Map<string, T>();
  return {
    add: (item: T) => {
      if (item.amount === 0n) return;
      const { amount, ...rest } = item;
      const name = JSON.stringify(rest);
      const known = found.get(name);
      if (known) known.amount += amount;
      else found.set(name, { ...item });
    },
    all: () => [...found.values()],
    isEmpty: () => found.size === 0,
  };
};

/** What a body does with money: what goes on to whom, what stays. */
interface Node {
  onward: { to: string | null; amount: Fixed; inside: boolean }[];
  /** What goes on and what stays, together. */
  whole: Fixed;
  retained: Fixed;
  /** Whether its own money and what it was given mix. */
  mixes: boolean;
}

const nodesOf = (pairs: readonly Lot[], { of }: Balances): Map<string, Node> => {
  const nodes = new Map<string, Node>();
  for (const [id, balance] of of) {
    const { retained, fresh, unseen } = split(balance);
    const mixes = isMixed(balance) && fresh + unseen > 0n;
    nodes.set(id, { onward: [], whole: retained, retained, mixes });
  }
  for (const { provider, receiver, origin, amount } of pairs) {
    const node = provider === null || origin === 'OUTSIDE' ? undefined : nodes.get(provider);
    if (!node) continue;
    node.onward.push({ to: receiver, amount, inside: origin === 'INSIDE' });
    node.whole += amount;
  }
  return nodes;
};

/**
 * Follows the money of a scope from where it is new to where it stays. Where money mixes in a body, each
 * flow out of it and what stays are made of all in proportion. Every unit of new money is at the end of
 * exactly one way, so that the ways whose entry was seen add up to SOURCE, and all of them to FINAL. What
 * goes round in circles or by more than {@link FURTHEST} bodies ends unknown.
 *
 * The work is flows, times the different courses that meet in a body, times {@link FURTHEST} at worst.
 * @param pairs the {@link netted} flows of a scope, and the balances of just these.
 * @param isHost hosts between are no hops, and who is hosted got first what its host got first.
 * @throws TooFar instead of going on for long.
 */
export const spread = (
  pairs: readonly Lot[],
  balances: Balances,
  told: Told,
  isHost: IsHost = () => false,
): Way[] => {
  const nodes = nodesOf(pairs, balances);
  const ends = createTally<Way>();
  type Underway = Course & { at: string; amount: Fixed };
  let underway = createTally<Underway>();
  const go = (course: Course, to: string | null, amount: Fixed, into: typeof underway) => {
    if (to === null) ends.add({ ...course, last: null, amount });
    else into.add({ ...course, at: to, amount });
  };

  const begin = (
    source: string | null,
    to: string | null,
    amount: Fixed,
    more: Partial<Course>,
  ) => {
    const course: Course = {
      source: told.source ? source : null,
      unseen: false,
      first: told.first ? to : null,
      between: [],
      hops: 0,
      attributed: false,
      ...more,
    };
    go(course, to, amount, underway);
  };
  for (const { provider, receiver, origin, amount } of pairs) {
    if (origin === 'OUTSIDE') begin(provider, receiver, amount, {});
    else if (provider === null) begin(null, receiver, amount, { unseen: origin === 'INSIDE' });
  }
  for (const [id, balance] of balances.of) {
    const { fresh, unseen } = split(balance);
    const { onward = [], whole = 0n, mixes = false } = nodes.get(id) ?? {};
    if (balance.flowsIn === 0) {
      // All of its own, corrections with their sign.
      for (const { to, amount, inside } of onward)
        begin(inside ? null : id, to, amount, { unseen: inside });
      continue;
    }
    if (!isMixed(balance)) continue;
    for (const isUnseen of [false, true]) {
      const amount = isUnseen ? unseen : fresh;
      const source = isUnseen ? null : id;
      if (amount === 0n) continue;
      // Repaid by nobody knows whom: it is new, and nothing shows where it went.
      if (whole <= 0n) begin(source, null, amount, { unseen: isUnseen, attributed: true });
      else
        apportion(
          amount,
          onward.map((step) => step.amount),
        ).forEach((part, index) => {
          begin(source, onward[index]?.to ?? null, part, { unseen: isUnseen, attributed: mixes });
        });
    }
  }

  let steps = 0;
  for (let hop = 0; !underway.isEmpty(); hop += 1) {
    const next: typeof underway = createTally();
    for (const { at, amount, ...course } of underway.all()) {
      const { onward = [], whole = 0n, retained = 0n, mixes = false } = nodes.get(at) ?? {};
      if (onward.length === 0 || whole <= 0n) {
        ends.add({ ...course, last: at, amount });
        continue;
      }
      if (hop === FURTHEST) {
        ends.add({ ...course, between: [null], attributed: true, last: null, amount });
        continue;
      }
      steps += onward.length;
      if (steps > MOST_STEPS)
        throw new TooFar('The money goes too many ways to follow them all; narrow the filter.');
      const parts = apportion(amount, [...onward.map((step) => step.amount), retained]);
      const attributed = course.attributed || mixes || onward.length > 1 || retained > 0n;
      ends.add({ ...course, attributed, last: at, amount: parts[onward.length] ?? 0n });
      const between = told.between
        ? [...new Set([...course.between, at])].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
        : [];
      onward.forEach(({ to }, index) => {
        const ongoing = { ...course, attributed };
        if (to !== null && isHost(at, to)) {
          if (course.hops === 0 && course.first === at) ongoing.first = to;
        } else {
          ongoing.between = between;
          ongoing.hops += 1;
        }
        go(ongoing, to, parts[index] ?? 0n, next);
      });
    }
    underway = next;
  }
  return ends.all();
};
