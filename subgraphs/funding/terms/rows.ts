import { Modality } from '../../shared/outcomes';
import { present } from '../classification/grouping';
import { centsOf, centsTogether, formatCents, shareOf } from '../summary/fixed';
import type { Later, ReceiverTerms } from './receiver';
import type { FirstRecorded, FundingCohort, FundingTermsRow } from './terms';

/** From how many months on funding is of several years. */
const MULTI_YEAR = 36;
const MILLION = 1e6;

/** A number to six decimals. */
const decimal = (value: number): string => String(Math.round(value * MILLION) / MILLION);

/** The middle of some numbers, each as often as it counts; of an even number the mean of the middle two. */
const medianOf = (counts: readonly (readonly [number, number])[]): string | null => {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, times]) => sum + times, 0);
  if (total === 0) return null;
  const at = (place: number): number => {
    let passed = 0;
    for (const [value, times] of sorted) if ((passed += times) > place) return value;
    return NaN;
  };
  return decimal((at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2);
};
const median = (values: readonly (number | null)[]) =>
  medianOf(values.filter(present).map((value) => [value, 1] as const));

const addUp = <T>(some: readonly T[], of: (each: T) => bigint): bigint =>
  some.reduce((sum, each) => sum + of(each), 0n);
const countUp = <T>(some: readonly T[], of: (each: T) => number): number =>
  some.reduce((sum, each) => sum + of(each), 0);

/** How outcomes of donors count as the first to give. */
const FIRST: Record<Modality, keyof FirstRecorded> = {
  NETWORK: 'network',
  HYBRID: 'network',
  INTERMEDIARY: 'intermediary',
  NEITHER: 'other',
  INSUFFICIENT_EVIDENCE: 'unknown',
};

type OutcomeOf = (id: string) => Modality;

const firstRecorded = (some: readonly ReceiverTerms[], outcomeOf: OutcomeOf): FirstRecorded => {
  const counts: FirstRecorded = { network: 0, intermediary: 0, other: 0, unknown: 0 };
  for (const { hasFirst, firstDonor } of some)
    if (hasFirst) counts[firstDonor === null ? 'unknown' : FIRST[outcomeOf(firstDonor)]] += 1;
  return counts;
};

const rowOf = (
  outcome: Modality | null,
  some: readonly ReceiverTerms[],
  cents: bigint,
  outcomeOf: OutcomeOf,
  withSmall: boolean,
): FundingTermsRow => {
  const amount = addUp(some, (each) => each.amount);
  const durations = some.flatMap(({ months }) => [...months]);
  const known = countUp(durations, ([, times]) => times);
  const long = durations.filter(([months]) => months >= MULTI_YEAR);
  const numerator = countUp(some, ({ renewals }) => renewals.renewed);
  const denominator = countUp(some, ({ renewals }) => renewals.of);
  const shareOfAmount = (of: (each: ReceiverTerms) => bigint) => shareOf(addUp(some, of), amount);
  const larger = some.map(({ daysToLarger }) => daysToLarger).filter(present);
  return {
    outcome,
    bodies: outcome === null ? 0 : some.length,
    flows: countUp(some, ({ flows }) => flows),
    amount: formatCents(cents),
    medianMonths: medianOf(durations),
    knownDurations: known,
    multiYearShare: shareOf(BigInt(countUp(long, ([, times]) => times)), BigInt(known)),
    coreShare: shareOfAmount(({ core }) => core),
    unearmarkedShare: shareOfAmount(({ unearmarked }) => unearmarked),
    unknownPurposeShare: shareOfAmount(({ unknownPurpose }) => unknownPurpose),
    renewalRate: {
      numerator,
      denominator,
      share: shareOf(BigInt(numerator), BigInt(denominator)),
    },
    donorConcentration: median(some.map(({ concentration }) => concentration)),
    yearsWithoutCore: median(some.map(({ withoutCore }) => withoutCore)),
    firstRecorded: firstRecorded(some, outcomeOf),
    smallGrants: withSmall
      ? {
          flows: countUp(some, ({ small }) => small.flows),
          amount: formatCents(centsOf(addUp(some, ({ small }) => small.amount))),
          bodies: some.filter(({ hasSmall }) => hasSmall).length,
          bodiesWithLarger: larger.length,
          medianDaysToLarger: median(larger),
        }
      : null,
  };
};

/** A row for each outcome that receivers have; amounts add up to their total to the cent. */
export const rowsOf = (
  receivers: readonly ReceiverTerms[],
  outcomeOf: OutcomeOf,
  withSmall: boolean,
): FundingTermsRow[] => {
  const groups = [...Object.values(Modality), null]
    .map((outcome) => ({
      outcome,
      some: receivers.filter(({ id }) => (id === '' ? null : outcomeOf(id)) === outcome),
    }))
    .filter(({ some }) => some.length > 0);
  const cents = centsTogether(groups.map(({ some }) => addUp(some, ({ amount }) => amount)));
  return groups.map(({ outcome, some }, index) =>
    rowOf(outcome, some, cents[index] ?? 0n, outcomeOf, withSmall),
  );
};

/** What the bodies of a cohort received after their first flow. */
export const cohortOf = (
  receivers: readonly ReceiverTerms[],
  cohort: Later['cohort'],
): FundingCohort => {
  const some = receivers.map(({ later }) => later).filter((later) => later?.cohort === cohort);
  const known = some.filter(present);
  return {
    bodies: known.length,
    laterFlows: countUp(known, ({ flows }) => flows),
    laterAmount: formatCents(centsOf(addUp(known, ({ amount }) => amount))),
  };
};
