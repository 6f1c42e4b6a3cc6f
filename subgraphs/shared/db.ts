import path from 'node:path';
import type { Knex } from 'knex';
import { IN_MEMORY, openSqlite } from './db/sqlite';
import type { Dialect, Migration, Value } from './db/types';

export type { Migration, Value } from './db/types';

/** An open interval's upper end, for `version_until` of what is current. */
export const FOREVER = 2_000_000_000;

/** What this kind of database does its own way. */
export const dialectOf = (db: Knex): Dialect => (db.userParams as { dialect: Dialect }).dialect;

const POSTGRES = /^postgres(ql)?:\/\//;

/** Whether a place of databases is a PostgreSQL database rather than a folder. */
export const isPostgres = (place: string): boolean => POSTGRES.test(place);

/**
 * The address of one of the databases that are kept together in a place, for {@link openDatabase}.
 * @param place a folder; `postgres://…`, where each is a schema of its own, with `prefix=…` before
 *   the schemas' names if the address says so; or null for memory.
 */
export const databaseAt = (place: string | null, name: string): string => {
  if (place === null) return IN_MEMORY;
  if (!isPostgres(place)) return path.join(place, `${name}.sqlite`);
  const url = new URL(place);
  url.searchParams.set('schema', `${url.searchParams.get('prefix') ?? ''}${name}`);
  url.searchParams.delete('prefix');
  return url.href;
};

const open = async (address: string): Promise<Knex> => {
  if (!isPostgres(address)) return openSqlite(address);
  const url = new URL(address);
  const schema = url.searchParams.get('schema') ?? '';
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new Error(`A schema cannot be called ${JSON.stringify(schema)}: only a-z, 0-9 and _.`);
  url.searchParams.delete('schema');
  // Loaded where it is needed: whoever has SQLite alone pays no memory for the other.
  const { openPostgres } = await import('./db/postgres');
  return openPostgres(url.href, schema);
};

/**
 * Brings a database to the newest migration, in one transaction with the mark that says so: whatever
 * ends the process, the next one finds no migration half done and no lock left behind. Where nothing is
 * to do nothing is written, so that a database can be opened while an import holds it.
 */
const migrate = async (db: Knex, migrations: readonly Migration[]): Promise<void> => {
  const dialect = dialectOf(db);
  const config = {
    migrationSource: {
      getMigrations: async () => [...migrations],
      getMigrationName: (migration: Migration) => migration.name,
      getMigration: async (migration: Migration) => ({
        up: (trx: Knex) => dialect.migrate(trx, migration.up),
        down: async () => undefined,
      }),
    },
  };
  const [done] = (await db.migrate.list(config)) as [done: { name: string }[], unknown];
  const names = new Set(done.map(({ name }) => name));
  const unknown = [...names].filter((name) => !migrations.some((known) => known.name === name));
  if (unknown.length > 0)
    throw new Error(`The database was written by a newer version: it has ${unknown.join(', ')}.`);
  if (migrations.some(({ name }) => !names.has(name)))
    await db.transaction((trx) => trx.migrate.latest(config));
};

/**
 * Commits a transaction.
 * @throws what kept it from being committed; knex's own `commit` says nothing of that.
 */
export const commit = async (trx: Knex.Transaction): Promise<void> => {
  await trx.commit();
  await trx.executionPromise;
};

/** SQLite's, but for those that speak of a statement; PostgreSQL's classes 53 and 58. */
const STORAGE_CODE = /^(SQLITE_(?!ERROR|CONSTRAINT|MISUSE|RANGE|MISMATCH)|5[38][0-9A-Z]{3}$)/;

/** PostgreSQL's connection exceptions and shutdowns, and the network's. */
const LOST_CODE = /^(08[0-9A-Z]{3}|57P0[1-3]|ECONNRESET|EPIPE|ETIMEDOUT)$/;
/** What the driver says of a connection that it knows to be lost: it has no code for that. */
const LOST_WORDS = /Connection terminated|Client (has encountered a connection error|was closed)/;

/**
 * What kept a database from being read or written, such as a full disk or a lost connection; null for
 * any other error.
 */
export const storageFault = (error: unknown): string | null => {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (LOST_CODE.test(String(code)) || LOST_WORDS.test(String(message)))
    return 'the connection to it was lost';
  if (typeof code !== 'string' || !STORAGE_CODE.test(code)) return null;
  // Before the database's words stands the statement, rows and all.
  return String(message).split(' - ').at(-1) ?? code;
};

/**
 * Opens a database and brings it to the newest migration.
 * @param address a file's path, `:memory:` for a database that lives as long as this object, or
 *   `postgres://…?schema=…` (see {@link databaseAt}).
 * @param onQuery called with the SQL of each statement, for tests that count and benches that show.
 * @throws DatabaseUnavailable if PostgreSQL cannot be reached, without its password.
 */
export const openDatabase = async (
  address: string,
  migrations: readonly Migration[],
  onQuery?: (sql: string) => void,
): Promise<Knex> => {
  const db = await open(address);
  try {
    await dialectOf(db).alone(db, () => migrate(db, migrations));
  } catch (error) {
    await db.destroy();
    throw error;
  }
  if (onQuery) db.on('query', ({ sql }: { sql: string }) => onQuery(sql));
  return db;
};

/**
 * Begins a transaction that writes. SQLite has one writer at a time, and PostgreSQL here too: one for
 * each schema, so that two imports wait for each other as they do on SQLite. Whoever writes to several
 * takes them in this order: funding, organisations, networks, policy.
 */
export const beginWrite = async (db: Knex): Promise<Knex.Transaction> => {
  const trx = await db.transaction();
  try {
    await dialectOf(db).lock(trx);
  } catch (error) {
    if (!trx.isCompleted()) await trx.rollback();
    // It ended before its first statement: on a connection that was lost meanwhile it never began.
    else await trx.executionPromise;
    throw error;
  }
  return trx;
};

/**
 * Writes in a transaction: all of it, or nothing if it throws. See {@link beginWrite}.
 * @throws what the work threw, even where the database has undone the transaction by itself, as SQLite
 *   does when the disk is full.
 */
export const inWrite = async <T>(
  db: Knex,
  write: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> => {
  const trx = await beginWrite(db);
  try {
    const result = await write(trx);
    await commit(trx);
    return result;
  } catch (error) {
    if (!trx.isCompleted()) await trx.rollback();
    throw error;
  }
};

/** Reads in a transaction that sees one state of the database from its first statement on. */
export const inSnapshot = <T>(db: Knex, read: (trx: Knex.Transaction) => Promise<T>): Promise<T> =>
  db.transaction(read, dialectOf(db).snapshot);

/** Does what the database does by itself some time after a large import, for those who measure. */
export const settle = (db: Knex): Promise<void> => dialectOf(db).settle(db);

/** The tables of a database that hold data, by name. */
export const tablesOf = (db: Knex): Promise<string[]> => dialectOf(db).tables(db);

/** How many values one statement inserts at most: enough for many rows, little enough to hold. */
const CELLS_AT_ONCE = 50_000;

/**
 * Inserts rows, many at a time, each the values of the columns in order.
 * @param shared columns with one value for all rows.
 */
export const insertRows = async (
  db: Knex,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  shared: Record<string, Value> = {},
): Promise<void> => {
  if (columns.length === 0) return;
  for (const some of chunksOf(rows, Math.ceil(CELLS_AT_ONCE / columns.length)))
    await dialectOf(db).insert(db, table, columns, some, shared);
};

/** Inserts rows of one shape, many at a time. The columns are those of the first row. */
export const insertMany = (
  db: Knex,
  table: string,
  rows: readonly Record<string, Value>[],
  shared: Record<string, Value> = {},
): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {});
  return insertRows(
    db,
    table,
    columns,
    rows.map((row) => columns.map((column) => row[column] ?? null)),
    shared,
  );
};

/** Some items at a time, so that `in (…)` lists stay within the database's limit. */
export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/**
 * Keeps the rows whose column is one of some values, however many. What `whereIn` does for a few hundred, of
 * which each is a binding of its own; PostgreSQL plans by the length of such a list, too.
 */
export const whereAmong = (
  db: Knex,
  query: Knex.QueryBuilder,
  column: string,
  values: readonly (string | number)[],
): Knex.QueryBuilder => query.whereRaw(dialectOf(db).among(db, column, values));

/**
 * All rows of a query, of which there are thousands, by the fastest way there is: see {@link Dialect.many}.
 * Each has the columns, and no others.
 */
export const manyRows = async <Row>(
  db: Knex,
  query: Knex.QueryBuilder,
  columns: readonly (keyof Row & string)[],
  order?: readonly (keyof Row & string)[],
): Promise<Row[]> => (await dialectOf(db).many(db, query, columns, order)) as Row[];

/** The bounds of `word like 'prefix%'` as a range that a plain index serves on either database. */
export const prefixRange = (prefix: string): [from: string, until: string] => [
  prefix,
  `${prefix}\u{10FFFF}`,
];
