import type { Knex } from 'knex';
import { dialectOf, FOREVER, tablesOf } from './db';
import { createTableHash, type TableHash, type TableRow } from './table-hash';

/** Times of runs: that a row is withdrawn is a fact of it, when that was noticed is not. */
const TIMES = ['updated_at', 'withdrawn_at'];

/**
 * Numbers of read models, which count publications: two sources imported in the other order
 * give the same bodies under other numbers. The digest is made of records that are hashed themselves,
 * and of the times of their withdrawal.
 */
const COUNTED = ['row_id', 'version_from', 'version_until', 'digest', 'published_in'];

/** Tables that say how the database came to be: runs, and how often something was published. */
const HISTORY = ['import_runs', 'bodies_state', 'facts_state', 'facts_followed'];

/** Tables that are worked out of the others, in a step of its own after an import. */
const WORKED_OUT = [
  'outcomes',
  'outcome_bodies',
  'outcomes_state',
  'outcomes_due',
  'outcomes_followed',
  'body_outcomes',
];

/** The current rows of a table; of the bodies' read model former states are history too. */
const currentRows = (db: Knex, table: string): Knex.QueryBuilder => {
  if (table === 'bodies' || table === 'body_keys')
    return db(table).select(`${table}.*`).where('version_until', FOREVER);
  if (table === 'body_tags' || table === 'body_words')
    return db(table)
      .select(`${table}.*`, { body: 'bodies.id', body_tier: 'bodies.tier_from' })
      .join('bodies', 'bodies.row_id', `${table}.row_id`)
      .where('version_until', FOREVER);
  return db(table).select(`${table}.*`);
};

/** A row as a text that is the same on every database: whole numbers may come as texts. */
const textOf = (row: TableRow): string =>
  JSON.stringify(
    Object.keys(row)
      .filter((column) => !COUNTED.includes(column))
      .sort()
      .map((column) => {
        const value = row[column] ?? null;
        return [column, value === null ? null : TIMES.includes(column) ? 'a time' : String(value)];
      }),
  );

/**
 * Hashes what each table of a database says, leaving out only what depends on when and how often
 * imports ran.
 * @param db inside a transaction.
 */
export const hashTables = async (db: Knex): Promise<TableHash[]> => {
  const tables: TableHash[] = [];
  for (const table of await tablesOf(db)) {
    if (HISTORY.includes(table) || WORKED_OUT.includes(table)) continue;
    const sum = createTableHash(table, textOf);
    for await (const some of dialectOf(db).rowsOf(db, table, currentRows(db, table))) sum.add(some);
    tables.push(sum.result());
  }
  return tables;
};
