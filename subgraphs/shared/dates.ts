const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})/;
const DAY_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const checked = (year: string, month: string, day: string): string | null => {
  const days =
    (DAYS[Number(month) - 1] ?? 0) + (Number(month) === 2 && isLeap(Number(year)) ? 1 : 0);
  if (Number(day) < 1 || Number(day) > days) return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
};

/**
 * A date as `YYYY-MM-DD`, or null if the text is none. Takes `2014-04-12`, the same with a time or a
 * zone after it (xsd:date and xsd:dateTime, as IATI allows), and `12/04/2014`, day first, which real
 * files have. A day-first date with an impossible month is not guessed at.
 */
export const parseDate = (raw: string | null | undefined): string | null => {
  const text = raw?.trim() ?? '';
  const iso = ISO_DATE.exec(text);
  if (iso) return checked(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '');
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) return checked(dayFirst[3] ?? '', dayFirst[2] ?? '', dayFirst[1] ?? '');
  return null;
};

/**
 * Whole months from a first to a last day, both counted: a year from 1 January to 31 December is 12.
 * Null if either is unknown or they are the wrong way round.
 */
export const monthsBetween = (first: string | null, last: string | null): number | null => {
  if (first === null || last === null || first > last) return null;
  const [from, until] = [new Date(first), new Date(last)];
  until.setUTCDate(until.getUTCDate() + 1);
  const months =
    (until.getUTCFullYear() - from.getUTCFullYear()) * 12 +
    (until.getUTCMonth() - from.getUTCMonth());
  return until.getUTCDate() < from.getUTCDate() ? months - 1 : months;
};

/** Now, as stored: ISO 8601 in UTC to the millisecond, so that text order is time order. */
export const now = (): string => new Date().toISOString();

/** A span of time as sources know it: `2012`, `2012-05` or `2012-05-01`, or nothing. */
export interface Span {
  from: string | null;
  to: string | null;
}

/** Sorts after every day within the year, month or day that a date names. */
const END_OF = '-99';

/**
 * Whether a span covers a day. A year counts from its first day to its last: what ended "2016" was in
 * force all through 2016. A span without a beginning has always been, one without an end goes on.
 */
export const inForce = ({ from, to }: Span, day: string): boolean =>
  (from === null || from <= day) && (to === null || `${to}${END_OF}` > day);

/** The first day of the year, month or day that a date names. */
const firstDayOf = (date: string): string => `${date}-01-01`.slice(0, 'YYYY-MM-DD'.length);

/** Today in UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/**
 * Whether a span, dated as exactly as known, touches the days from one until before another: what began
 * "2019" does not touch a period that ends with 2018.
 */
export const touches = ({ from, to }: Span, period: { from: string; to: string }): boolean =>
  (from === null || firstDayOf(from) < period.to) &&
  (to === null || `${to}${END_OF}` > period.from);
