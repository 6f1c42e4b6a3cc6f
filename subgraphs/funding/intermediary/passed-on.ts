import type { Asked } from '../classification/classification.loader';
import type { BodyFacts } from '../classification/facts';
import { sdr, shareOf } from '../classification/indicators/indicator';
import { moneyOf } from '../classification/indicators/money';
import { CountedMoney } from '../flow/counted-money';
import { IntermediaryScope, type PassOnShares } from './intermediary';

const MONEY = { TRANSFER: CountedMoney.DISBURSED, COMMITMENT: CountedMoney.COMMITTED } as const;

/** What became of a body's income in a period, from the same figures as indicators I4 and I5. */
export const passOnOf = (facts: BodyFacts, { rule, period, months }: Asked): PassOnShares => {
  const asked = { from: period.from, asOf: period.to, months };
  const found = moneyOf({ facts, rule, period });
  if (!('income' in found))
    return {
      ...asked,
      money: null,
      income: null,
      toMembers: null,
      toOthers: null,
      toHosts: null,
      toUnknown: null,
      retained: null,
      toMembersShare: null,
      toOthersShare: null,
      toUnknownShare: null,
      retainedShare: null,
      coverage: null,
      missing: found.missing,
    };
  const { income, toOwn, toOthers, toHosts, toUnknown, coverage } = found;
  const retained = income - toOwn - toOthers - toHosts - toUnknown;
  return {
    ...asked,
    money: MONEY[found.kind],
    income: sdr(income),
    toMembers: sdr(toOwn),
    toOthers: sdr(toOthers),
    toHosts: sdr(toHosts),
    toUnknown: sdr(toUnknown),
    retained: sdr(retained),
    toMembersShare: shareOf(toOwn, income),
    toOthersShare: shareOf(toOthers, income),
    toUnknownShare: shareOf(toUnknown, income),
    retainedShare: shareOf(retained, income),
    coverage,
    missing: null,
  };
};

/** The bodies that a body passed money on to in a period, its hosts left out. */
export const passedOnTo = (facts: BodyFacts, { rule, period }: Asked): string[] => {
  const found = moneyOf({ facts, rule, period });
  return 'income' in found
    ? found.toBodies.flatMap(({ otherId, amount }) =>
        otherId !== null && amount > 0n ? [otherId] : [],
      )
    : [];
};

/**
 * Whether money is passed on within a country.
 * @param seat the country of the body itself; null: unknown.
 * @param others the countries of those that it passed money on to.
 */
export const scopeOf = (
  seat: string | null,
  others: readonly (string | null)[],
): IntermediaryScope => {
  if (seat === null || others.length === 0) return IntermediaryScope.UNKNOWN;
  if (others.some((other) => other !== null && other !== seat))
    return IntermediaryScope.INTERNATIONAL;
  return others.includes(null) ? IntermediaryScope.UNKNOWN : IntermediaryScope.NATIONAL;
};
