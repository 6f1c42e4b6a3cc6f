import type { Knex } from 'knex';
import { bodiesVersion } from '../../shared/bodies';
import { now } from '../../shared/dates';
import { insertMany, inWrite } from '../../shared/db';
import type { EditionCounts } from '../../shared/records';
import { beginTouching, matchTouched, touchFlows } from './matching.store';
import { dueAll } from './outcomes.store';

/** A monthly average of the IMF: so many SDR for one unit of a currency. */
export interface NewRate {
  /** `2019-06`. */
  month: string;
  /** ISO 4217. */
  currency: string;
  /** A decimal, exactly as published. */
  sdrPerUnit: string;
}

interface RateRow {
  month: string;
  currency: string;
  sdr_per_unit: string;
}

export const createRatesWrite = (db: Knex) => ({
  /** Replaces all rates of a source by those of one edition. */
  putRates: (rates: readonly NewRate[], sourceId: string): Promise<EditionCounts> =>
    inWrite(db, async (trx) => {
      const rows = (await trx('rates').where({ source_id: sourceId })) as RateRow[];
      const before = new Map(rows.map((row) => [`${row.currency} ${row.month}`, row.sdr_per_unit]));
      const counts = { created: 0, updated: 0, unchanged: 0, withdrawn: 0 };
      for (const { month, currency, sdrPerUnit } of rates) {
        const was = before.get(`${currency} ${month}`);
        if (was === undefined) counts.created += 1;
        else if (was === sdrPerUnit) counts.unchanged += 1;
        else counts.updated += 1;
        before.delete(`${currency} ${month}`);
      }
      counts.withdrawn = before.size;
      const currencies = new Set([...rates, ...rows].map(({ currency }) => currency));
      await trx('rates').where({ source_id: sourceId }).delete();
      await insertMany(
        trx,
        'rates',
        rates.map(({ month, currency, sdrPerUnit }) => ({
          month,
          currency,
          sdr_per_unit: sdrPerUnit,
          source_id: sourceId,
        })),
      );
      if (counts.created + counts.updated + counts.withdrawn > 0) {
        // Amounts in two currencies may now be the same, or no longer.
        await beginTouching(trx);
        await touchFlows(trx, (flows) => flows.whereIn('currency', [...currencies]));
        await matchTouched(trx, { bodiesSince: await bodiesVersion(trx), at: now() });
        await dueAll(trx);
      }
      return counts;
    }),
});
