import { Big } from 'big.js';
import { chunksOf } from '../../shared/db';
import type { RateStore } from '../rate/rate.store';
import { type Factor, factorOf, SAME } from './fixed';

const AT_ONCE = 400;
/** One SDR is one XDR, of which the rates' source has no row. */
export const SDR = 'XDR';
/** What a record without a currency has. */
export const NO_CURRENCY = 'XXX';

/** Why an amount is left out of a sum. */
export type Unconvertible = { currency: string; month: string; reason: string };

/**
 * The factors by which amounts of some currencies and months become amounts of another, at the IMF's
 * average rate of the month; where there is none, the reason. Never the nearest month's.
 */
export const factorsTo = async (
  rates: RateStore,
  target: string,
  wanted: readonly { currency: string; month: string }[],
): Promise<(currency: string, month: string) => Factor | string> => {
  const keys = new Map<string, { currency: string; month: string }>();
  for (const { currency, month } of wanted) {
    if (currency === target || currency === NO_CURRENCY) continue;
    for (const each of [currency, target])
      if (each !== SDR) keys.set(`${each} ${month}`, { currency: each, month });
  }
  const known = new Map<string, Big>();
  for (const some of chunksOf([...keys.values()], AT_ONCE))
    for (const { currency, month, sdrPerUnit } of await rates.byKeys(some))
      known.set(`${currency} ${month}`, new Big(sdrPerUnit));
  const rateOf = (currency: string, month: string) =>
    currency === SDR ? new Big(1) : known.get(`${currency} ${month}`);
  const factors = new Map<string, Factor | string>();
  const find = (currency: string, month: string): Factor | string => {
    if (currency === target) return SAME;
    if (currency === NO_CURRENCY) return 'The record names no currency.';
    const [own, other] = [rateOf(currency, month), rateOf(target, month)];
    if (!own) return `There is no rate of ${currency} for ${month}.`;
    if (!other) return `There is no rate of ${target} for ${month}.`;
    return factorOf(own, other);
  };
  return (currency, month) => {
    const name = `${currency} ${month}`;
    const factor = factors.get(name) ?? find(currency, month);
    factors.set(name, factor);
    return factor;
  };
};
