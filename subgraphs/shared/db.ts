import knex, { type Knex } from 'knex';

/** One numbered step of a database's schema. Never edited once merged. */
export interface Migration {
  name: string;
  up: (db: Knex) => Promise<void>;
}

/** What a column can hold, on either database. */
export type Value = string | number | null;

/** An open interval's upper end, for `version_until` of what is current. */
export const FOREVER = 2_000_000_000;

const IN_MEMORY = ':memory:';

/**
 * Brings a database to the newest migration, in one transaction with the mark that says so: whatever
 * ends the process, the next one finds no migration half done and no lock left behind. Where nothing is
 * to do nothing is written, so that a database can be opened while an import holds it.
 */
const migrate = async (db: Knex, file: string, migrations: readonly Migration[]): Promise<void> => {
  const config = {
    migrationSource: {
      getMigrations: async () => [...migrations],
      getMigrationName: (migration: Migration) => migration.name,
      getMigration: async (migration: Migration) => ({
        up: migration.up,
        down: async () => undefined,
      }),
    },
  };
  const [done] = (await db.migrate.list(config)) as [done: { name: string }[], unknown];
  const names = new Set(done.map(({ name }) => name));
  const unknown = [...names].filter((name) => !migrations.some((known) => known.name === name));
  if (unknown.length > 0)
    throw new Error(`${file} was written by a newer version: it has ${unknown.join(', ')}.`);
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

/**
 * Does work in a transaction.
 * @throws what the work threw, even where the database has undone the transaction by itself, as SQLite
 *   does when the disk is full.
 */
export const transact = async <T>(
  db: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> => {
  const trx = await db.transaction();
  try {
    const result = await work(trx);
    await commit(trx);
    return result;
  } catch (error) {
    if (!trx.isCompleted()) await trx.rollback();
    throw error;
  }
};

/** What a database said when it could not read or write, such as a full disk; null for any other error. */
export const storageFault = (error: unknown): string | null => {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code !== 'string' || !/^SQLITE_(?!ERROR|CONSTRAINT|MISUSE|RANGE|MISMATCH)/.test(code))
    return null;
  // Before the database's words stands the statement, rows and all.
  return String(message).split(' - ').at(-1) ?? code;
};

/**
 * Opens a database and brings it to the newest migration.
 * @param file a path, or `:memory:` for a database that lives as long as this object.
 * @param onQuery called with the SQL of each statement, for tests that count and benches that show.
 */
export const openDatabase = async (
  file: string,
  migrations: readonly Migration[],
  onQuery?: (sql: string) => void,
): Promise<Knex> => {
  const db = knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: {
      min: 1,
      // Each connection to `:memory:` is a database of its own.
      max: file === IN_MEMORY ? 1 : 4,
      afterCreate: (
        connection: { exec(sql: string, done: (error: Error | null) => void): void },
        done: (error: Error | null, connection: unknown) => void,
      ) => {
        connection.exec(
          // Patience first: another process may be opening the same file.
          'pragma busy_timeout = 30000; pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma cache_size = -16000',
          (error) => done(error, connection),
        );
      },
    },
  });
  try {
    await migrate(db, file, migrations);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  if (onQuery) db.on('query', ({ sql }: { sql: string }) => onQuery(sql));
  return db;
};

const ROWS_AT_ONCE = 500;

/**
 * Inserts rows of one shape, many to a statement. The columns are those of the first row. Values
 * travel as one JSON text, and those that all rows share once: SQLite binds single values slowly, and
 * each holds memory until the statement is collected.
 * @param shared columns with one value for all rows.
 */
export const insertMany = async (
  db: Knex,
  table: string,
  rows: readonly Record<string, Value>[],
  shared: Record<string, Value> = {},
): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  for (const some of chunksOf(rows, ROWS_AT_ONCE)) {
    const first = some[0] ?? {};
    const varying = columns.filter((column) => {
      const value = first[column];
      return some.some((row) => row[column] !== value);
    });
    const same = columns.filter((column) => !varying.includes(column));
    const names = [...Object.keys(shared), ...same, ...varying];
    const values = [
      ...Object.keys(shared).map(() => '?'),
      ...same.map(() => '?'),
      ...varying.map((_, place) => `value ->> ${place}`),
    ];
    await db.raw(
      `insert into ${table} (${names.join(',')}) select ${values.join(',')} from jsonb_each(?)`,
      [
        ...Object.values(shared),
        ...same.map((column) => first[column] ?? null),
        JSON.stringify(some.map((row) => varying.map((column) => row[column] ?? null))),
      ],
    );
  }
};

/** Some items at a time, so that `in (…)` lists stay within the database's limit. */
export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** The bounds of `word like 'prefix%'` as a range that a plain index serves on either database. */
export const prefixRange = (prefix: string): [from: string, until: string] => [
  prefix,
  `${prefix}\u{10FFFF}`,
];
