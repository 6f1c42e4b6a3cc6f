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

/** Today in UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10);
