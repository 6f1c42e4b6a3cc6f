import { CountingBasis } from './basis';
import { apportion, type Fixed } from './fixed';

/**
 * Where a record itself says that its money comes from, seen from the scope: from OUTSIDE into it, or
 * moved on INSIDE it. Null: it does not say, and the bodies' income decides.
 */
export type StatedOrigin = 'OUTSIDE' | 'INSIDE' | null;

/** Flows that are alike in all that matters to a count, added up. */
export interface Lot {
  /** Ids of bodies; null: unknown, of which nothing is netted. */
  provider: string | null;
  receiver: string | null;
  origin: StatedOrigin;
  amount: Fixed;
  /** How many flows they are. */
  flows: number;
}

/** What went into and out of a body within the scope. */
export interface Balance {
  in: Fixed;
  /** How many flows went in, and out within the scope. A body with flows one way only is not netted. */
  flowsIn: number;
  flowsOut: number;
  /** Out by flows that say that their money was inside already. */
  inside: Fixed;
  /** Out by flows that do not say where their money comes from. */
  out: Fixed;
}

const NOTHING: Balance = { in: 0n, flowsIn: 0, flowsOut: 0, inside: 0n, out: 0n };
const over = (value: Fixed, other: Fixed): Fixed => (value > other ? value - other : 0n);
const lesser = (value: Fixed, other: Fixed): Fixed => (value < other ? value : other);

/** The balances of a scope. */
export interface Balances {
  of: ReadonlyMap<string, Balance>;
  /** What unknown bodies moved on inside the scope, which is netted with nothing. */
  byUnknown: Fixed;
}
export const NO_BALANCES: Balances = { of: new Map(), byUnknown: 0n };

/** The balances of all bodies, from all flows of a scope in any order. */
export const balancesOf = (lots: Iterable<Lot>): Balances => {
  const balances = new Map<string, Balance>();
  let byUnknown = 0n;
  const of = (id: string): Balance => {
    const known = balances.get(id);
    if (known) return known;
    const fresh = { ...NOTHING };
    balances.set(id, fresh);
    return fresh;
  };
  for (const { provider, receiver, origin, amount, flows } of lots) {
    if (provider === null) byUnknown += origin === 'INSIDE' ? amount : 0n;
    else if (origin !== 'OUTSIDE') {
      const balance = of(provider);
      balance[origin === 'INSIDE' ? 'inside' : 'out'] += amount;
      balance.flowsOut += flows;
    }
    if (receiver !== null) {
      const balance = of(receiver);
      balance.in += amount;
      balance.flowsIn += flows;
    }
  }
  return { of: balances, byUnknown };
};

/** How a body's balance splits up; one of `retained` and the other two is 0. */
export const split = ({ in: income, inside, out }: Balance) => {
  const beyond = over(inside + out, income);
  // Money that was inside already came in somewhere, though no record shows where.
  const unseen = lesser(beyond, over(inside, over(income, 0n)));
  return { retained: over(income, inside + out), unseen, fresh: beyond - unseen };
};

/** What was counted of some lots. */
export interface Count {
  /** Beside each lot, what of it is counted. */
  counted: Fixed[];
  /** Counted, but of no single flow: repayments beyond what a body had got or given. */
  ofNoFlow: Fixed;
}

/** How much of a lot is counted: all, nothing, or what its body's balance says. */
type Bearing = 'WHOLE' | 'NOTHING' | { body: string };

/** Whether a body both got and gave within the scope; others' flows are counted whole, as they are. */
export const isMixed = ({ flowsIn, flowsOut }: Balance): boolean => flowsIn > 0 && flowsOut > 0;

const bearingOf = (
  basis: CountingBasis,
  { provider, receiver, origin }: Pick<Lot, 'provider' | 'receiver' | 'origin'>,
  { of }: Balances,
): Bearing => {
  if (basis === CountingBasis.GROSS_THROUGHPUT) return 'WHOLE';
  // A record that says where its money comes from is believed.
  if (basis !== CountingBasis.FINAL && origin !== null)
    return origin === 'OUTSIDE' ? 'WHOLE' : 'NOTHING';
  const body = basis === CountingBasis.FINAL ? receiver : provider;
  // Who is unknown is netted with nothing.
  if (body === null || !isMixed(of.get(body) ?? NOTHING)) return 'WHOLE';
  return basis === CountingBasis.FIRST_RECIPIENT ? 'NOTHING' : { body };
};

/** What of a body's balance is counted, and over how much of its flows it is spread. */
const figureOf = (basis: CountingBasis, balance: Balance): { figure: Fixed; over: Fixed } =>
  basis === CountingBasis.SOURCE
    ? { figure: split(balance).fresh, over: balance.out }
    : { figure: split(balance).retained, over: balance.in };

/** Whether {@link count} counts anything of a lot, whatever its amount. */
export const bears = (
  basis: CountingBasis,
  lot: Pick<Lot, 'provider' | 'receiver' | 'origin'>,
  balances: Balances,
): boolean => {
  const bearing = bearingOf(basis, lot, balances);
  if (bearing === 'WHOLE' || bearing === 'NOTHING') return bearing === 'WHOLE';
  const { figure, over: all } = figureOf(basis, balances.of.get(bearing.body) ?? NOTHING);
  return figure !== 0n && all > 0n;
};

/**
 * Counts lots on a basis (DOMAIN 2.5), in time linear in them. The balances are those of the whole scope;
 * the lots may be some of its flows only, and then each bears what it would bear among all.
 *
 * Where all flows of the scope are counted, SOURCE plus {@link unseenEntry} equals FINAL to the last
 * digit: both are the sum over all bodies of what went in less what went out, once of the givers' side
 * and once of the getters'. Cycles need no care: what comes back to a body is its income.
 * @param isWhole whether the lots are all flows of the scope.
 */
export const count = (
  basis: CountingBasis,
  lots: readonly Lot[],
  balances: Balances,
  isWhole: boolean,
): Count => {
  const counted = lots.map(() => 0n);
  const ofBody = new Map<string, number[]>();
  lots.forEach((lot, index) => {
    const bearing = bearingOf(basis, lot, balances);
    if (bearing === 'WHOLE') counted[index] = lot.amount;
    else if (bearing !== 'NOTHING') {
      const known = ofBody.get(bearing.body);
      if (known) known.push(index);
      else ofBody.set(bearing.body, [index]);
    }
  });
  for (const [id, indexes] of ofBody) {
    const { figure, over: all } = figureOf(basis, balances.of.get(id) ?? NOTHING);
    if (figure === 0n || all <= 0n) continue;
    const own = indexes.map((index) => lots[index]?.amount ?? 0n);
    // The body's other flows bear their part, asked for or not.
    const others = own.reduce((rest, amount) => rest - amount, all);
    apportion(lesser(figure, all), [...own, others]).forEach((part, place) => {
      const index = indexes[place];
      if (index !== undefined) counted[index] = part;
    });
  }
  let ofNoFlow = 0n;
  if (isWhole && (basis === CountingBasis.SOURCE || basis === CountingBasis.FINAL))
    for (const balance of balances.of.values()) {
      if (!isMixed(balance)) continue;
      const { figure, over: all } = figureOf(basis, balance);
      ofNoFlow += over(figure, over(all, 0n));
    }
  return { counted, ofNoFlow };
};

/**
 * Money that moved on inside the scope of which the records do not show how it came in: by so much
 * FINAL is more than SOURCE.
 */
export const unseenEntry = ({ of, byUnknown }: Balances): Fixed => {
  let sum = byUnknown;
  for (const balance of of.values()) {
    if (balance.flowsIn === 0) sum += balance.inside;
    else if (isMixed(balance)) sum += split(balance).unseen;
  }
  return sum;
};
