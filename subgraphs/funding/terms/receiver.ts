import { hhi } from '../../shared/concentration';
import { monthsBetween } from '../../shared/dates';
import { periodUpTo } from '../classification/period';
import { FlexibilityKind, PurposeKind } from '../flow/purpose';
import { centsOf, type Fixed } from '../summary/fixed';
import type { TermsRow } from './terms.store';

/** A pair is looked at for a renewal if its first flow is so much older than the newest flow. */
const SEEN_MONTHS = 24;
const RENEWED_FROM = 6;
const RENEWED_UNTIL = 24;
const DAY = 86_400_000;

const monthsLater = (day: string, months: number): string => periodUpTo(day, -months).from;
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** How many months an activity lasts: as its record says, else as planned, else as it did. */
const monthsOf = (row: TermsRow): number | null => {
  if (row.duration_months !== null) return Number(row.duration_months);
  return (
    monthsBetween(row.planned_start, row.planned_end) ??
    monthsBetween(row.actual_start, row.actual_end)
  );
};

/** Core, unearmarked or softly earmarked. */
const isFlexible = ({ purpose, flexibility }: TermsRow): boolean =>
  purpose === PurposeKind.CORE ||
  flexibility === FlexibilityKind.UNEARMARKED ||
  flexibility === FlexibilityKind.SOFTLY_EARMARKED;

/** Flows of a cohort's bodies after their first. */
export interface Later {
  cohort: 'SMALL_FLEXIBLE' | 'LARGE_PROJECT';
  flows: number;
  amount: Fixed;
}

/** What the flows to one receiver come to; of unknown receivers, only what needs no receiver. */
export interface ReceiverTerms {
  id: string;
  flows: number;
  amount: Fixed;
  core: Fixed;
  unearmarked: Fixed;
  unknownPurpose: Fixed;
  /** How many flows are of activities of so many months. */
  months: ReadonlyMap<number, number>;
  renewals: { of: number; renewed: number };
  concentration: number | null;
  /** The share of the years with income of a known purpose that had no core; null: no such year. */
  withoutCore: number | null;
  /** Who gave its earliest flow; null: nobody knows, or no flow is dated. */
  firstDonor: string | null;
  hasFirst: boolean;
  small: { flows: number; amount: Fixed };
  hasSmall: boolean;
  /** Days from its first small flow to a larger one; null: none came. */
  daysToLarger: number | null;
  later: Later | null;
}

interface Pair {
  amount: Fixed;
  first: string;
  renewed: boolean;
}

/**
 * Adds up the flows to one receiver, which have to come from the oldest on. Corrections count in
 * amounts only: what is not above zero is no grant that begins, renews or lasts.
 */
export const createReceiver = (id: string, newest: string | null, smallUpTo: Fixed | null) => {
  const isKnown = id !== '';
  let [flows, amount, core, unearmarked, unknownPurpose] = [0, 0n, 0n, 0n, 0n];
  const months = new Map<number, number>();
  const pairs = new Map<string, Pair>();
  const years = new Map<string, boolean>();
  let first: { donor: string | null; date: string; cohort: Later['cohort'] | null } | null = null;
  const later = { flows: 0, amount: 0n };
  const small = { flows: 0, amount: 0n };
  let firstSmall: string | null = null;
  let daysToLarger: number | null = null;

  const cohortOf = (row: TermsRow, of: Fixed): Later['cohort'] | null => {
    if (smallUpTo === null) return null;
    if (of <= smallUpTo) return isFlexible(row) ? 'SMALL_FLEXIBLE' : null;
    return row.purpose === PurposeKind.PROJECT && !isFlexible(row) ? 'LARGE_PROJECT' : null;
  };

  /** What needs to know which flow came when. */
  const addInOrder = (row: TermsRow, donor: string | null, of: Fixed) => {
    if (first === null) first = { donor, date: row.date, cohort: cohortOf(row, of) };
    else if (row.date > first.date) {
      later.flows += 1;
      later.amount += of;
    }
    const year = row.date.slice(0, 4);
    if (row.purpose !== PurposeKind.UNKNOWN)
      years.set(year, (years.get(year) ?? false) || row.purpose === PurposeKind.CORE);
    const pair = donor === null ? undefined : pairs.get(donor);
    if (
      pair &&
      row.date >= monthsLater(pair.first, RENEWED_FROM) &&
      row.date <= monthsLater(pair.first, RENEWED_UNTIL)
    )
      pair.renewed = true;
    if (donor !== null && !pair) pairs.set(donor, { amount: 0n, first: row.date, renewed: false });
    if (smallUpTo === null) return;
    if (of <= smallUpTo) firstSmall ??= row.date;
    else if (firstSmall !== null && daysToLarger === null && row.date > firstSmall)
      daysToLarger = daysBetween(firstSmall, row.date);
  };

  return {
    add: (row: TermsRow, giver: string | null, of: Fixed): void => {
      const donor = giver === id ? null : giver;
      flows += 1;
      amount += of;
      if (row.purpose === PurposeKind.CORE) core += of;
      if (row.purpose === PurposeKind.UNKNOWN) unknownPurpose += of;
      if (row.flexibility === FlexibilityKind.UNEARMARKED) unearmarked += of;
      if (of > 0n) {
        const lasts = monthsOf(row);
        if (lasts !== null) months.set(lasts, (months.get(lasts) ?? 0) + 1);
        if (smallUpTo !== null && of <= smallUpTo) {
          small.flows += 1;
          small.amount += of;
        }
        if (isKnown && row.date !== '') addInOrder(row, donor, of);
      }
      const pair = donor === null ? undefined : pairs.get(donor);
      if (pair) pair.amount += of;
    },

    terms: (): ReceiverTerms => {
      const seen = [...pairs.values()].filter(
        (pair) => newest !== null && monthsLater(pair.first, SEEN_MONTHS) <= newest,
      );
      const cohort = first?.cohort ?? null;
      return {
        id,
        flows,
        amount,
        core,
        unearmarked,
        unknownPurpose,
        months,
        renewals: { of: seen.length, renewed: seen.filter(({ renewed }) => renewed).length },
        concentration: hhi([...pairs.values()].map((pair) => Number(centsOf(pair.amount)))),
        withoutCore:
          years.size === 0 ? null : [...years.values()].filter((had) => !had).length / years.size,
        firstDonor: first?.donor ?? null,
        hasFirst: first !== null,
        small,
        hasSmall: firstSmall !== null,
        daysToLarger,
        later: cohort && { cohort, ...later },
      };
    },
  };
};
