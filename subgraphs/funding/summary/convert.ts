import { Big } from 'big.js';
import { chunksOf } from '../../shared/db';
import { compareTexts } from '../../shared/ids';
import { groupBy } from '../classification/grouping';
import type { RateStore } from '../rate/rate.store';
import { type Factor, factorOf, SAME } from './fixed';

const AT_ONCE = 400;
/** One SDR is one XDR, of which the rates' source has no row. */
export const SDR = 'XDR';
/** What a record without a currency has. */
export const NO_CURRENCY = 'XXX';

/** Why an amount cannot be converted. */
export interface NoRate {
  /** The currency that has no rate; null: the record names no currency. */
  lacks: string | null;
  month: string;
}
export const isNoRate = (factor: Factor | NoRate): factor is NoRate => 'lacks' in factor;

/** A sentence for each currency that has no rate, with the months that it was wanted for. */
export const sayNoRates = (some: readonly NoRate[]): string[] =>
  [...groupBy(some, ({ lacks }) => lacks ?? '')]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([lacks, wanted]) => {
      if (lacks === '') return 'The record names no currency.';
      const months = [...new Set(wanted.map(({ month }) => month))].sort(compareTexts);
      const [first, last] = [months[0], months.at(-1)];
      return `There is no rate of ${lacks} for ${first === last ? first : `${months.length} months, ${first} to ${last}`}.`;
    });

/** The factor, or why there is none. */
type FactorOf = (currency: string, month: string) => Factor | NoRate;

/**
 * The factors by which amounts of some currencies and months become amounts of another, at the IMF's
 * average rate of the month; where there is none, the reason. Never the nearest month's. Rates are looked
 * up once, however often they are asked for.
 */
export const createFactors = (rates: RateStore, target: string) => {
  const asked = new Set<string>();
  const known = new Map<string, Big>();
  const rateOf = (currency: string, month: string) =>
    currency === SDR ? new Big(1) : known.get(`${currency} ${month}`);
  const factors = new Map<string, Factor | NoRate>();
  const find: FactorOf = (currency, month) => {
    if (currency === target) return SAME;
    if (currency === NO_CURRENCY) return { lacks: null, month };
    const [own, other] = [rateOf(currency, month), rateOf(target, month)];
    if (!own) return { lacks: currency, month };
    if (!other) return { lacks: target, month };
    return factorOf(own, other);
  };
  const of: FactorOf = (currency, month) => {
    const name = `${currency} ${month}`;
    const factor = factors.get(name) ?? find(currency, month);
    factors.set(name, factor);
    return factor;
  };
  return async (wanted: Iterable<{ currency: string; month: string }>): Promise<FactorOf> => {
    const keys: { currency: string; month: string }[] = [];
    for (const { currency, month } of wanted) {
      if (currency === target || currency === NO_CURRENCY) continue;
      for (const each of [currency, target]) {
        const name = `${each} ${month}`;
        if (each === SDR || asked.has(name)) continue;
        asked.add(name);
        keys.push({ currency: each, month });
      }
    }
    for (const some of chunksOf(keys, AT_ONCE))
      for (const { currency, month, sdrPerUnit } of await rates.byKeys(some))
        known.set(`${currency} ${month}`, new Big(sdrPerUnit));
    return of;
  };
};

/** The factors for some amounts; see {@link createFactors}. */
export const factorsTo = (
  rates: RateStore,
  target: string,
  wanted: readonly { currency: string; month: string }[],
): Promise<FactorOf> => createFactors(rates, target)(wanted);
