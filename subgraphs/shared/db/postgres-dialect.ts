import type { Knex } from 'knex';
import type { ClientBase } from 'pg';
import { copyIn } from './postgres-copy';
import { type Dialect, ROWS_READ, type Value } from './types';

const UNLIKE_BYTES = `
  select format('alter table %I %s', c.table_name,
    string_agg(format('alter column %I type text collate "C"', c.column_name), ', ')) as change
  from information_schema.columns c
  join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
    and c.data_type in ('text', 'character varying')
    and (c.data_type <> 'text' or c.collation_name is distinct from 'C')
    and c.table_name not in ('knex_migrations', 'knex_migrations_lock')
  group by c.table_name`;

/**
 * Makes every new text column one without a length and compared by its bytes, as SQLite's are: a
 * database may have any collation by default.
 */
const compareByBytes = async (trx: Knex): Promise<void> => {
  const { rows } = (await trx.raw(UNLIKE_BYTES)) as { rows: { change: string }[] };
  for (const { change } of rows) await trx.raw(change);
};

const tables: Dialect['tables'] = async (db) => {
  const { rows } = (await db.raw(
    `select tablename as name from pg_tables
     where schemaname = current_schema() and tablename not like 'knex\\_%' order by tablename collate "C"`,
  )) as { rows: { name: string }[] };
  return rows.map(({ name }) => name);
};

const rowsOf: Dialect['rowsOf'] = async function* (trx, table, query = trx(table).select('*')) {
  await trx.raw(`declare every_row no scroll cursor for ${query.toQuery()}`);
  for (;;) {
    const { rows } = (await trx.raw(`fetch ${ROWS_READ} from every_row`)) as {
      rows: Record<string, Value>[];
    };
    if (rows.length === 0) break;
    yield rows;
  }
  await trx.raw('close every_row');
};

const SEQUENCES = `
  select format('select setval(%L, greatest(1, (select max(%I) from %I)), exists (select from %I))',
    pg_get_serial_sequence(quote_ident(table_name), column_name), column_name, table_name, table_name) as change
  from information_schema.columns
  where table_schema = current_schema()
    and pg_get_serial_sequence(quote_ident(table_name), column_name) is not null
    and table_name not like 'knex\\_%'`;

const continueNumbers: Dialect['continueNumbers'] = async (trx) => {
  const { rows } = (await trx.raw(SEQUENCES)) as { rows: { change: string }[] };
  for (const { change } of rows) await trx.raw(change);
};

/** PostgreSQL plans each select of a union anew, but what is joined laterally once for all keys. */
const forEachKey: Dialect['forEachKey'] = async (db, keys, query) =>
  (await db
    .select('slice.*', { parent_key: 'wanted.key' })
    .from(db.raw('unnest(?::text[]) as wanted(key)', [[...keys]]))
    // knex takes a reference wherever it takes a value.
    .joinRaw('cross join lateral ? as slice', [
      query(db.raw('wanted.key') as unknown as string) as unknown as Knex.Raw,
    ])) as Record<string, Value>[];

/** Vacuums the schema's own tables, however long that takes: statements of requests have a limit. */
const vacuum: Dialect['settle'] = async (db) => {
  const own = (await tables(db)).map((table) => `"${table}"`);
  const client = db.client as Knex.Client;
  const connection = (await client.acquireConnection()) as ClientBase;
  try {
    await connection.query('set statement_timeout = 0');
    await connection.query(`vacuum analyze ${own.join(', ')}`);
    await connection.query('reset statement_timeout');
  } finally {
    await client.releaseConnection(connection);
  }
};

/** What PostgreSQL does its own way, for a schema. */
export const createDialect = (schema: string): Dialect => {
  /** A number for those who wait for each other, as advisory locks want it. */
  const lockOf = (what: string) => `hashtextextended('peacegraph ${what} ${schema}', 0)`;
  return {
    alone: async (db, migrate) => {
      const client = db.client as Knex.Client;
      const connection = (await client.acquireConnection()) as {
        query(sql: string): Promise<unknown>;
      };
      try {
        await connection.query('set statement_timeout = 0');
        await connection.query(`select pg_advisory_lock(${lockOf('migrations')})`);
        await connection.query(`create schema if not exists "${schema}"`);
        // Whoever held knex's own lock has gone, or we should not hold this one.
        if (await db.schema.hasTable('knex_migrations_lock'))
          await db.migrate.forceFreeMigrationsLock();
        await migrate();
      } finally {
        await connection.query(`select pg_advisory_unlock(${lockOf('migrations')})`);
        await connection.query('reset statement_timeout');
        await client.releaseConnection(connection);
      }
    },
    migrate: async (trx, up) => {
      await trx.raw('set local statement_timeout = 0');
      await up(trx);
      await compareByBytes(trx);
    },
    insert: copyIn,
    tables,
    rowsOf,
    // A server checks its files itself, and says so when it reads them.
    faults: async () => [],
    continueNumbers,
    among: (db, column, values) => db.raw('?? = any(?)', [column, [...values] as string[]]),
    many: async (_db, query, _columns, order = []) =>
      (await (order.length > 0 ? query.orderBy([...order]) : query)) as Record<string, Value>[],
    forEachKey,
    settle: vacuum,
    snapshot: { isolationLevel: 'repeatable read', readOnly: true },
    lock: async (trx) => {
      await trx.raw('set local statement_timeout = 0');
      await trx.raw(`select pg_advisory_xact_lock(${lockOf('writes')})`);
    },
  };
};
