import type { BodyFacts, Period, Ref } from '../facts';
import type { ClassificationRule } from '../rule';

export type Verdict = 'PASS' | 'FAIL' | 'UNKNOWN';
export type IndicatorId = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10';

/** Something on record that speaks for an indicator's being passed, against it, or is only of interest. */
export interface Evidence {
  indicator: IndicatorId;
  direction: 'FOR' | 'AGAINST' | 'NEUTRAL';
  says: string;
  ref: Ref;
}

/** One indicator of a body in a period. */
export interface Indicator {
  id: IndicatorId;
  verdict: Verdict;
  /** A count or a share; null: unknown. */
  value: number | null;
  /** The exact figures of a share, or null where the value is a count or unknown. */
  numerator: string | null;
  denominator: string | null;
  /** From which value on it is passed; null: there is no such value. */
  threshold: number | null;
  /** Of what the value rests on, the share that is known; null: nothing is. */
  coverage: number | null;
  /** What was found, in a sentence. */
  says: string;
  /** What would have to be known for a verdict, to a network's secretary; null where there is one. */
  missing: string | null;
  evidence: readonly Evidence[];
}

/** What an indicator is computed from. */
export interface Context {
  facts: BodyFacts;
  rule: ClassificationRule;
  period: Period;
}

const BILLION = 1_000_000_000n;

/** A body as people know it, with its id. */
export const called = ({ facts }: Context, id: string): string => {
  const name = facts.names.get(id);
  return name === undefined || name === id ? id : `${name} (${id})`;
};

/** `1 seat`, `2 seats`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** A share as people say it: `34.5 %`. */
export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** Billionths of an SDR as a decimal of SDR. */
export const sdr = (amount: bigint): string => {
  const [sign, digits] = amount < 0n ? ['-', -amount] : ['', amount];
  const rest = (digits % BILLION).toString().padStart(9, '0').replace(/0+$/, '');
  return `${sign}${digits / BILLION}${rest === '' ? '' : `.${rest}`}`;
};

/** Whether `part / whole` reaches a threshold: exactly, whatever the size of the amounts. */
export const reaches = (part: bigint, whole: bigint, threshold: number): boolean =>
  part * BILLION >= whole * BigInt(Math.round(threshold * 1e9));

/** A share to nine decimals. */
export const shareOf = (part: bigint, whole: bigint): number =>
  Number((part * BILLION) / whole) / 1e9;

/** An indicator of which nothing is known. */
export const unknown = (
  id: IndicatorId,
  threshold: number | null,
  says: string,
  missing: string | null,
  evidence: readonly Evidence[] = [],
): Indicator => ({
  id,
  verdict: 'UNKNOWN',
  value: null,
  numerator: null,
  denominator: null,
  threshold,
  coverage: null,
  says,
  missing,
  evidence,
});
