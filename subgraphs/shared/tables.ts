import type { Knex } from 'knex';

const ROWS_AT_ONCE = 2000;

/** The names of a database's tables, in order, without those of the database and of knex. */
export const tablesOf = async (db: Knex): Promise<string[]> =>
  (
    (await db('sqlite_master')
      .select('name')
      .where({ type: 'table' })
      .whereRaw("name not like 'sqlite\\_%' escape '\\'")
      .whereRaw("name not like 'knex\\_%' escape '\\'")
      .orderBy('name')) as { name: string }[]
  ).map(({ name }) => name);

/**
 * Reads the rows of a query over a table, some at a time, in the order in which the table keeps them.
 * Each database has a word of its own for that order.
 */
export const readRows = async function* (
  table: string,
  query: Knex.QueryBuilder,
): AsyncGenerator<Record<string, unknown>[]> {
  for (let after: number | null = null; ;) {
    const some = query.clone().select({ at_row: `${table}.rowid` });
    if (after !== null) void some.where(`${table}.rowid`, '>', after);
    const rows = (await some.orderBy(`${table}.rowid`).limit(ROWS_AT_ONCE)) as {
      [column: string]: unknown;
      at_row: number;
    }[];
    yield rows.map(({ at_row: _at, ...row }) => row);
    if (rows.length < ROWS_AT_ONCE) return;
    after = rows.at(-1)?.at_row ?? null;
  }
};

/** A transaction that sees the database as it is now, whatever others write until it ends. */
export const pinSnapshot = async (db: Knex): Promise<Knex.Transaction> => {
  const trx = await db.transaction();
  // A database decides what a transaction sees when it first reads.
  await trx('bodies_state').first();
  return trx;
};

/** What a database finds wrong with its own files; nothing if they are sound. */
export const faultsOf = async (db: Knex): Promise<string[]> => {
  const rows = (await db.raw('pragma integrity_check')) as { integrity_check: string }[];
  return rows.map((row) => row.integrity_check).filter((words) => words !== 'ok');
};

/** Writes a whole and sound copy of a database into a new file, as of one moment, while others write. */
export const copyInto = async (db: Knex, file: string): Promise<void> => {
  await db.raw('vacuum into ?', [file]);
};

/** The names of the migrations that a database has been through, in order. */
export const migrationsOf = async (db: Knex): Promise<string[]> =>
  ((await db('knex_migrations').select('name').orderBy('id')) as { name: string }[]).map(
    ({ name }) => name,
  );
