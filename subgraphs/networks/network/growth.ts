import type { Span } from '../../shared/dates';
import { Interval, type NetworkGrowth } from './network';

/** The period that a date lies in, or null where the date is not exact enough to tell. */
const periodOf = (date: string, interval: Interval): string | null => {
  const year = date.slice(0, 4);
  if (interval === Interval.YEAR) return year;
  const month = Number(date.slice(5, 7));
  return month >= 1 ? `${year}-Q${Math.ceil(month / 3)}` : null;
};

const nextOf = (period: string): string => {
  const year = Number(period.slice(0, 4));
  const quarter = Number(period.slice(6));
  if (!quarter) return String(year + 1);
  return quarter < 4 ? `${year}-Q${quarter + 1}` : `${year + 1}-Q1`;
};

/**
 * A network's members over time, from the first beginning on record to today. Memberships of unknown
 * beginning are counted apart, never guessed into a period.
 */
export const growthOf = (
  memberships: readonly Span[],
  interval: Interval,
  today: string,
): NetworkGrowth[] => {
  const joined = new Map<string, number>();
  const left = new Map<string, number>();
  const add = (counts: Map<string, number>, period: string) =>
    counts.set(period, (counts.get(period) ?? 0) + 1);
  let undated = 0;
  for (const { from, to } of memberships) {
    const began = from === null ? null : periodOf(from, interval);
    if (began === null) {
      undated += 1;
      continue;
    }
    add(joined, began);
    const ended = to === null ? null : periodOf(to, interval);
    if (ended !== null) add(left, ended);
  }
  const [first] = [...joined.keys()].sort();
  const last = periodOf(today, interval) ?? '';
  const series: NetworkGrowth[] = [];
  let members = 0;
  for (let period = first; period !== undefined && period <= last; period = nextOf(period)) {
    members += (joined.get(period) ?? 0) - (left.get(period) ?? 0);
    series.push({
      period,
      joined: joined.get(period) ?? 0,
      left: left.get(period) ?? 0,
      members,
      undated,
    });
  }
  return series;
};
