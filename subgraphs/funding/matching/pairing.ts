import { MATCHING_RULE } from './rule';

/** A report as far as its amount and day go. */
export interface Amounted {
  id: string;
  /** Days since 1970-01-01. */
  day: number;
  currency: string;
  /** The exact amount as text, for equality. */
  exact: string;
  /** The amount, for comparing within a tolerance. */
  amount: number;
  /** The amount in SDR at its value date; null where there is no rate. */
  sdr: number | null;
}

const { windowDays, sameCurrency, converted, candidates } = MATCHING_RULE;

/** The earlier first; of one day by id, so that the order is a function of the set. */
export const byDay = (a: Amounted, b: Amounted): number =>
  a.day - b.day || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** How far two amounts are apart, as a share of the larger; none where they cannot be compared. */
const distance = (a: number | null, b: number | null): number => {
  if (a === null || b === null || a === 0 || Math.sign(a) !== Math.sign(b)) return Infinity;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
};

type Comparable = Pick<Amounted, 'currency' | 'amount' | 'sdr'>;

/** How many tolerances two amounts are apart: up to 1 is the same amount. */
const apart = (a: Comparable, b: Comparable): number =>
  a.currency === b.currency
    ? distance(a.amount, b.amount) / sameCurrency
    : distance(a.sdr, b.sdr) / converted;

/** Whether two amounts are the same within the tolerance: of one currency, or converted. */
export const isClose = (a: Comparable, b: Comparable): boolean => apart(a, b) <= 1;

/** Equal amounts, the earliest with the earliest: as many pairs as the window allows. */
const pairEqual = <T extends Amounted>(left: readonly T[], right: readonly T[]): [T, T][] => {
  const byAmount = new Map<string, T[]>();
  for (const one of left) {
    const key = `${one.currency} ${one.exact}`;
    const same = byAmount.get(key);
    if (same) same.push(one);
    else byAmount.set(key, [one]);
  }
  const next = new Map<string, number>();
  const pairs: [T, T][] = [];
  for (const other of right) {
    const key = `${other.currency} ${other.exact}`;
    const same = byAmount.get(key);
    if (!same || other.amount === 0) continue;
    let place = next.get(key) ?? 0;
    while (place < same.length && (same[place]?.day ?? 0) < other.day - windowDays) place += 1;
    const one = same[place];
    if (one && one.day <= other.day + windowDays) {
      pairs.push([one, other]);
      place += 1;
    }
    next.set(key, place);
  }
  return pairs;
};

/** Amounts within the tolerance, the nearest amount first, then the nearest day. */
const pairNear = <T extends Amounted>(left: readonly T[], right: readonly T[]): [T, T][] => {
  const used = new Set<string>();
  const pairs: [T, T][] = [];
  let start = 0;
  for (const other of right) {
    while (start < left.length && (left[start]?.day ?? 0) < other.day - windowDays) start += 1;
    let best: { one: T; rank: [number, number] } | null = null;
    let looked = 0;
    for (let place = start; place < left.length && looked < candidates; place += 1) {
      const one = left[place];
      if (!one || one.day > other.day + windowDays) break;
      if (used.has(one.id)) continue;
      looked += 1;
      const rank: [number, number] = [apart(one, other), Math.abs(one.day - other.day)];
      if (rank[0] > 1) continue;
      if (!best || rank[0] < best.rank[0] || (rank[0] === best.rank[0] && rank[1] < best.rank[1]))
        best = { one, rank };
    }
    if (!best) continue;
    used.add(best.one.id);
    pairs.push([best.one, other]);
  }
  return pairs;
};

/**
 * Pairs of one report of each side with the same amount within the window: equal amounts first, then
 * those within the tolerance. Linear but for sorting.
 */
export const pairUp = <T extends Amounted>(left: readonly T[], right: readonly T[]): [T, T][] => {
  const equal = pairEqual([...left].sort(byDay), [...right].sort(byDay));
  const used = new Set(equal.flatMap(([one, other]) => [one.id, other.id]));
  const rest = (side: readonly T[]) => side.filter(({ id }) => !used.has(id)).sort(byDay);
  return [...equal, ...pairNear(rest(left), rest(right))];
};

const DAY_MS = 86_400_000;
const dayOf = (year: number, month: number): number => Date.UTC(year, month, 1) / DAY_MS;
const YEAR_DAYS = 365;
const APRIL = 3;

/** The years that a row of that day may stand for: the calendar's, from April on, the twelve months before. */
const yearsOf = (day: number): [from: number, until: number][] => {
  const date = new Date(day * DAY_MS);
  const year = date.getUTCFullYear();
  const fiscal = date.getUTCMonth() < APRIL ? year - 1 : year;
  return [
    [dayOf(year, 0), dayOf(year + 1, 0)],
    [dayOf(fiscal, APRIL), dayOf(fiscal + 1, APRIL)],
    [day - YEAR_DAYS, day + 1],
  ];
};

/** The place of the first report of that day or later, in a list sorted by day. */
const placeOf = (sorted: readonly Amounted[], day: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.day ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** How many reports, sorted by day, lie in a span of days. */
export const countWithin = (sorted: readonly Amounted[], from: number, until: number): number =>
  placeOf(sorted, until) - placeOf(sorted, from);

/** The reports, sorted by day, that lie in a span of days. */
export const within = <T extends Amounted>(
  sorted: readonly T[],
  from: number,
  until: number,
): T[] => sorted.slice(placeOf(sorted, from), placeOf(sorted, until));

const total = (reports: readonly Amounted[]): Comparable | null => {
  const [first] = reports;
  if (!first) return null;
  const currency = reports.every((one) => one.currency === first.currency) ? first.currency : '';
  return {
    currency,
    amount: reports.reduce((sum, { amount }) => sum + amount, 0),
    sdr: reports.reduce<number | null>(
      (sum, { sdr }) => (sum === null || sdr === null ? null : sum + sdr),
      0,
    ),
  };
};

/**
 * Single rows of one side that stand for a year of rows of the other: the only row of its side in that
 * year, and all rows of the other side in it together make its amount. Nothing is picked out of a year.
 */
export const sumUp = <T extends Amounted>(
  ones: readonly T[],
  manies: readonly T[],
): { one: T; many: T[] }[] => {
  const [single, several] = [[...ones].sort(byDay), [...manies].sort(byDay)];
  const used = new Set<string>();
  const found: { one: T; many: T[] }[] = [];
  for (const one of single) {
    for (const [from, until] of yearsOf(one.day)) {
      if (countWithin(single, from, until) > 1) continue;
      const many = within(several, from, until);
      const sum = total(many);
      if (!sum || !isClose(one, sum) || many.some(({ id }) => used.has(id))) continue;
      for (const { id } of many) used.add(id);
      found.push({ one, many });
      break;
    }
  }
  return found;
};
