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
/** SQLite takes at most 32,766 bound values in one statement. */
const MAX_BINDINGS = 30_000;

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
          'pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 30000; pragma foreign_keys = on; pragma cache_size = -16000; pragma temp_store = memory',
          (error) => done(error, connection),
        );
      },
    },
  });
  await db.migrate.latest({
    migrationSource: {
      getMigrations: async () => [...migrations],
      getMigrationName: (migration: Migration) => migration.name,
      getMigration: async (migration: Migration) => ({
        up: migration.up,
        down: async () => undefined,
      }),
    },
  });
  if (onQuery) db.on('query', ({ sql }: { sql: string }) => onQuery(sql));
  return db;
};

/** Inserts rows of one shape, many to a statement. The columns are those of the first row. */
export const insertMany = async (
  db: Knex,
  table: string,
  rows: readonly Record<string, Value>[],
): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const rowsAtOnce = Math.min(500, Math.floor(MAX_BINDINGS / columns.length));
  const tuple = `(${columns.map(() => '?').join(',')})`;
  const head = `insert into ${table} (${columns.join(',')}) values `;
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce);
    const bindings = some.flatMap((row) => columns.map((column) => row[column] ?? null));
    await db.raw(head + some.map(() => tuple).join(','), bindings);
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
