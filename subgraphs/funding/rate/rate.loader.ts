import { Big } from 'big.js';
import DataLoader from 'dataloader';
import { inKeyOrder } from '../../shared/keyed';
import { formatDecimal } from '../../shared/money';
import type { ConvertedMoney } from './money';
import type { RateStore } from './rate.store';

/** The currency of the rates themselves: one SDR is one XDR, which the file has no row for. */
const SDR = 'XDR';
const NO_CURRENCY = 'XXX';

/**
 * Converts amounts at the IMF's average rate of the month of the value date:
 * `amount × SDR per unit of its currency ÷ SDR per unit of the other`. A month without a rate gives
 * no amount, with the reason; never the nearest month's.
 */
export const createRateLoader = (store: RateStore) => {
  const byKey = new DataLoader(
    async (keys: readonly { currency: string; month: string }[]) =>
      inKeyOrder(
        keys.map(({ currency, month }) => `${currency} ${month}`),
        await store.byKeys(keys),
        ({ currency, month }) => `${currency} ${month}`,
      ),
    { cacheKeyFn: ({ currency, month }) => `${currency} ${month}` },
  );
  const rateOf = async (currency: string, month: string) => {
    if (currency === SDR) return { sdr: new Big(1), sourceId: null };
    const rate = await byKey.load({ currency, month });
    return rate && { sdr: new Big(rate.sdrPerUnit), sourceId: rate.sourceId };
  };

  return {
    convert: async (
      amount: string,
      from: string,
      to: string,
      date: string,
    ): Promise<ConvertedMoney> => {
      const currency = to.toUpperCase();
      const none = (unavailableBecause: string): ConvertedMoney => ({
        amount: null,
        currency,
        rateDate: null,
        rateSource: null,
        unavailableBecause,
      });
      if (from === currency) {
        return { amount, currency, rateDate: null, rateSource: null, unavailableBecause: null };
      }
      if (from === NO_CURRENCY) return none('The record names no currency.');
      const month = date.slice(0, 7);
      const [own, other] = await Promise.all([rateOf(from, month), rateOf(currency, month)]);
      if (!own) return none(`There is no rate of ${from} for ${month}.`);
      if (!other) return none(`There is no rate of ${currency} for ${month}.`);
      return {
        amount: formatDecimal(
          new Big(amount).times(own.sdr).div(other.sdr).round(2, Big.roundHalfEven),
        ),
        currency,
        rateDate: `${month}-01`,
        rateSource: own.sourceId ?? other.sourceId,
        unavailableBecause: null,
      };
    },
  };
};
export type RateLoader = ReturnType<typeof createRateLoader>;
