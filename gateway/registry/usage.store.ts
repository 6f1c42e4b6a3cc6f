import type { Knex } from 'knex';
import { insertMany, inWrite } from '../../subgraphs/shared/db';
import type { FieldUsage } from './check/usage';

/** How often an operation ran on a day, since it was last written. */
export interface UsageCount {
  day: string;
  operation: string;
  name: string;
  count: number;
  coordinates: readonly string[];
}

/** Of each part of the schema the operations that ask for it most often; more say nothing more. */
const MOST_NAMED = 10;

const add = async (trx: Knex, { day, operation, name, count, coordinates }: UsageCount) => {
  await trx('usage_counts')
    .insert({ day, operation, name, count })
    .onConflict(['day', 'operation'])
    .merge({ count: trx.raw('usage_counts.count + excluded.count') });
  const known = new Set(
    (
      (await trx('usage_fields').select('coordinate').where({ operation })) as {
        coordinate: string;
      }[]
    ).map(({ coordinate }) => coordinate),
  );
  const fresh = coordinates.filter((coordinate) => !known.has(coordinate));
  await insertMany(
    trx,
    'usage_fields',
    fresh.map((coordinate) => ({ operation, coordinate })),
  );
};

/** What clients ask for, by day and operation, and which fields an operation asks for. */
export const createUsageStore = (db: Knex) => ({
  /** The operations that are counted on a day. */
  operationsOf: async (day: string): Promise<string[]> =>
    ((await db('usage_counts').select('operation').where({ day })) as { operation: string }[]).map(
      ({ operation }) => operation,
    ),

  add: (counts: readonly UsageCount[]): Promise<void> =>
    inWrite(db, async (trx) => {
      for (const one of counts) await add(trx, one);
    }),

  /** Forgets the days before one, and the operations that nobody sent since. */
  forget: (before: string): Promise<void> =>
    inWrite(db, async (trx) => {
      await trx('usage_counts').where('day', '<', before).delete();
      await trx('usage_fields')
        .whereNotIn('operation', trx('usage_counts').select('operation'))
        .delete();
    }),

  /** What was asked for since a day, by coordinate. */
  since: async (day: string): Promise<FieldUsage[]> => {
    const totals = db('usage_counts')
      .select('operation', { name: db.raw('max(name)') })
      .sum({ total: 'count' })
      .where('day', '>=', day)
      .groupBy('operation');
    const rows = (await db
      .with('totals', totals)
      .from('usage_fields')
      .join('totals', 'totals.operation', 'usage_fields.operation')
      .select('coordinate', 'name')
      .sum({ count: 'total' })
      .groupBy('coordinate', 'name')
      .orderBy([
        { column: 'coordinate' },
        { column: 'count', order: 'desc' },
        { column: 'name' },
      ])) as { coordinate: string; name: string; count: number | string }[];
    const byCoordinate = new Map<string, { name: string; count: number }[]>();
    for (const { coordinate, name, count } of rows) {
      const operations = byCoordinate.get(coordinate) ?? [];
      byCoordinate.set(coordinate, operations);
      if (operations.length < MOST_NAMED) operations.push({ name, count: Number(count) });
    }
    return [...byCoordinate].map(([coordinate, operations]) => ({ coordinate, operations }));
  },
});
export type UsageStore = ReturnType<typeof createUsageStore>;
