import type { Period } from './facts';

/** The months up to a day: a day that the earlier month lacks is its last. */
export const periodUpTo = (asOf: string, months: number): Period => {
  const day = new Date(`${asOf}T00:00:00.000Z`);
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day.getUTCDate(), last));
  return { from: first.toISOString().slice(0, 10), to: asOf };
};

/**
 * The end of the standing period: the first day of the month after a day. What is worked out beforehand
 * holds for a month, and has what happened in it so far.
 */
export const standingEnd = (day: string): string => {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
};
