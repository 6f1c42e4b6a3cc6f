import { Big } from 'big.js';
import { chunksOf } from '../../shared/db';
import type { RateStore } from './rate.store';

/** The currency of the rates themselves: one SDR is one XDR, which the file has no row for. */
export const SDR = 'XDR';
/** ISO 4217 for no currency. */
export const NO_CURRENCY = 'XXX';

/** A currency in a month, such as that of `2019-06`. */
export interface CurrencyMonth {
  currency: string;
  month: string;
}

/** An amount in billionths of a currency, or why there is none. */
export type Converted = { nanos: bigint } | { because: string };

/** Converts the sum of amounts, as two columns hold it, of one currency and month. */
export type Converter = (
  units: string | number,
  nanos: string | number,
  of: CurrencyMonth,
) => Converted;

const AT_ONCE = 400;
const BILLION = 1_000_000_000n;
const nameOf = ({ currency, month }: CurrencyMonth) => `${currency} ${month}`;

/** A decimal as a whole number over a power of ten. */
const fractionOf = (decimal: string): { over: bigint; under: bigint } => {
  const digits = new Big(decimal).toFixed();
  const [whole = '', decimals = ''] = digits.split('.');
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
};

/** A quotient rounded half to even; the divisor is above zero. */
const divided = (dividend: bigint, divisor: bigint): bigint => {
  const sign = dividend < 0n ? -1n : 1n;
  const whole = (dividend * sign) / divisor;
  const twice = ((dividend * sign) % divisor) * 2n;
  const up = twice > divisor || (twice === divisor && whole % 2n === 1n);
  return sign * (up ? whole + 1n : whole);
};

/**
 * A converter of many amounts into one currency, exact to the billionth: `amount × SDR per unit of its
 * currency ÷ SDR per unit of the other`, both of the amount's month. Where a rate is missing there is no
 * amount, and a reason; never the nearest month's.
 * @param months of which currencies and months there will be amounts.
 */
export const createConverter = async (
  store: RateStore,
  to: string,
  months: readonly CurrencyMonth[],
): Promise<Converter> => {
  const wanted = new Map<string, CurrencyMonth>();
  for (const { currency, month } of months)
    if (currency !== to && currency !== NO_CURRENCY)
      for (const one of [
        { currency, month },
        { currency: to, month },
      ])
        if (one.currency !== SDR) wanted.set(nameOf(one), one);
  const rates = new Map<string, string>();
  for (const some of chunksOf([...wanted.values()], AT_ONCE))
    for (const rate of await store.byKeys(some)) rates.set(nameOf(rate), rate.sdrPerUnit);
  const rateOf = (of: CurrencyMonth) => (of.currency === SDR ? '1' : rates.get(nameOf(of)));

  type Factor = { times: bigint; by: bigint } | { because: string };
  const factors = new Map<string, Factor>();
  const factorOf = ({ currency, month }: CurrencyMonth): Factor => {
    if (currency === to) return { times: 1n, by: 1n };
    if (currency === NO_CURRENCY) return { because: 'The record names no currency.' };
    const [own, other] = [rateOf({ currency, month }), rateOf({ currency: to, month })];
    if (own === undefined) return { because: `There is no rate of ${currency} for ${month}.` };
    if (other === undefined) return { because: `There is no rate of ${to} for ${month}.` };
    const [a, b] = [fractionOf(own), fractionOf(other)];
    return { times: a.over * b.under, by: a.under * b.over };
  };

  return (units, nanos, of) => {
    const known = factors.get(nameOf(of));
    const factor = known ?? factorOf(of);
    if (!known) factors.set(nameOf(of), factor);
    if ('because' in factor) return factor;
    const amount = BigInt(units) * BILLION + BigInt(nanos);
    return {
      nanos: factor.by === 1n ? amount * factor.times : divided(amount * factor.times, factor.by),
    };
  };
};
