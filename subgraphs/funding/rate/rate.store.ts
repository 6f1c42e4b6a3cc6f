import type { Knex } from 'knex';

/** SDR per unit of a currency, on the average of a month. */
export interface Rate {
  month: string;
  currency: string;
  sdrPerUnit: string;
  sourceId: string;
}

const COLUMNS = {
  month: 'month',
  currency: 'currency',
  sdrPerUnit: 'sdr_per_unit',
  sourceId: 'source_id',
};

/** Rates are public reference data. */
export const createRateStore = (db: Knex) => ({
  byKeys: async (keys: readonly { currency: string; month: string }[]): Promise<Rate[]> =>
    (await db('rates')
      .select(COLUMNS)
      .whereIn(
        ['currency', 'month'],
        keys.map(({ currency, month }) => [currency, month]),
      )) as Rate[],
});
export type RateStore = ReturnType<typeof createRateStore>;
