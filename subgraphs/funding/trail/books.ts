import { compareTexts } from '../../shared/ids';

/** What a body paid to another, out of one activity and for one, added up. */
export interface Paid {
  /** Null: nobody says who got it, or the viewer may not see them. */
  receiver: string | null;
  /** The host that got it for the receiver; null: the receiver itself did. */
  host: string | null;
  /** The payer's activity out of which it was paid, if the records say. */
  from: string | null;
  /** The receiver's activity for which it was paid, if the records say. */
  into: string | null;
  /** In billionths of the currency; negative where corrections outweigh payments. */
  amount: bigint;
  flows: number;
  /** Some of the flows. */
  flowIds: readonly string[];
}

/** What a body got for one of its activities, in billionths of the currency. */
export interface Got {
  into: string | null;
  amount: bigint;
}

/** All that a body paid to one other out of one pot. */
export interface Payment {
  receiver: string | null;
  amount: bigint;
  /** The same, by the receiver's activity; corrections are taken off in proportion. */
  into: readonly Got[];
  /** The hosts that got any of it for the receiver, in order. */
  hosts: readonly string[];
  flows: number;
  flowIds: readonly string[];
}

/** Money of a body that is kept together: what came in for an activity, and what was paid out of it. */
export interface Pot {
  income: bigint;
  /** Only what is above zero, the receivers in order. */
  payments: readonly Payment[];
}

/** The money of one body as its trail needs it. */
export interface Books {
  /** By activity; under the empty name all that is not of an activity with both sides on record. */
  pots: ReadonlyMap<string, Pot>;
  /** Payments to and from the body that could not be converted and are in no pot. */
  unconverted: number;
}

/** The pot of money of which no activity is known, or one that only one side knows. */
export const REST = '';

const MOST_FLOWS_SHOWN = 10;

const addTo = <K>(sums: Map<K, bigint>, key: K, amount: bigint) =>
  sums.set(key, (sums.get(key) ?? 0n) + amount);

/** Payments by receiver, in order; those that come to nothing or less are among them. */
export const paymentsOf = (paid: readonly Paid[]): Payment[] => {
  const receivers = new Map<string | null, Paid[]>();
  for (const one of paid) {
    const some = receivers.get(one.receiver);
    if (some) some.push(one);
    else receivers.set(one.receiver, [one]);
  }
  return [...receivers]
    .sort(([a], [b]) => compareTexts(a ?? '', b ?? ''))
    .map(([receiver, some]): Payment => {
      const [only, second] = some;
      // Most are one, and those of a large donor very many.
      if (only && second === undefined) {
        const { amount, host, flows, flowIds } = only;
        return {
          receiver,
          amount,
          into: amount > 0n ? [{ into: only.into, amount }] : [],
          hosts: host === null ? [] : [host],
          flows,
          flowIds,
        };
      }
      const into = new Map<string | null, bigint>();
      for (const one of some) addTo(into, one.into, one.amount);
      return {
        receiver,
        amount: some.reduce((sum, { amount }) => sum + amount, 0n),
        into: [...into]
          .map(([activity, amount]) => ({ into: activity, amount }))
          .filter(({ amount }) => amount > 0n)
          .sort((a, b) => compareTexts(a.into ?? '', b.into ?? '')),
        hosts: [...new Set(some.flatMap(({ host }) => host ?? []))].sort(compareTexts),
        flows: some.reduce((sum, { flows }) => sum + flows, 0),
        flowIds: [...new Set(some.flatMap(({ flowIds }) => flowIds))]
          .sort(compareTexts)
          .slice(0, MOST_FLOWS_SHOWN),
      };
    });
};

/**
 * Sorts a body's money into pots. Money that came in for an activity, and payments out of the same
 * activity or out of a part of it, are a pot; all else, on either side, is the rest. So each amount
 * that came in and each that went out is in one pot, and nothing is passed on twice.
 * @param got what came in; of one activity it may come to nothing or less.
 * @param paid what went out, without what the body moved between activities of its own.
 * @param partOf the activities of which an activity is a part.
 */
export const booksOf = (
  got: readonly Got[],
  paid: readonly Paid[],
  partOf: ReadonlyMap<string, readonly string[]>,
  unconverted: number,
): Books => {
  const income = new Map<string, bigint>();
  for (const { into, amount } of got) addTo(income, into ?? REST, amount);
  const isFunded = (activity: string) => activity !== REST && (income.get(activity) ?? 0n) > 0n;
  const out = new Map<string, Paid[]>();
  for (const one of paid) {
    const own = one.from ?? REST;
    const pot = isFunded(own) ? own : (partOf.get(own) ?? []).find(isFunded);
    const some = out.get(pot ?? REST);
    if (some) some.push(one);
    else out.set(pot ?? REST, [one]);
  }
  const pots = new Map<string, Pot>();
  let rest = 0n;
  for (const [activity, amount] of income) {
    const payments = activity === REST ? [] : positive(out.get(activity));
    if (payments.length === 0) rest += amount;
    else pots.set(activity, { income: amount, payments });
  }
  pots.set(REST, { income: rest, payments: positive(out.get(REST)) });
  return { pots, unconverted };
};

const positive = (paid: readonly Paid[] = []): Payment[] =>
  paymentsOf(paid).filter(({ amount }) => amount > 0n);
