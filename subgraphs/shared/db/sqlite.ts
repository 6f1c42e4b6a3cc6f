import knex, { type Knex } from 'knex';
import Client from 'knex/lib/dialects/sqlite3';
import { storable, storableText } from './text';
import { type Dialect, type DialectConfig, ROWS_READ, type Value } from './types';

export const IN_MEMORY = ':memory:';

/** SQLite has one writer, whom `busy_timeout` lets wait. */
const PRAGMAS = [
  // Patience first: another process may be opening the same file.
  'busy_timeout = 30000',
  'journal_mode = wal',
  'synchronous = normal',
  'foreign_keys = on',
  'cache_size = -16000',
];

class SqliteClient extends Client {
  override prepBindings(bindings: unknown[] | undefined): unknown[] | undefined {
    return bindings?.map(storable);
  }
}

/**
 * Values travel as one JSON text, and those that all rows share once: SQLite binds single values
 * slowly, and each holds memory until the statement is collected. Of a row that cannot be stored the rows
 * before it stay, until whoever writes undoes the transaction: so SQLite keeps no journal of the statement.
 */
const insert: Dialect['insert'] = async (db, table, columns, rows, shared) => {
  const first = rows[0] ?? [];
  const places = columns.map((_, place) => place);
  const varies = places.map((place) => rows.some((row) => row[place] !== first[place]));
  const varying = places.filter((place) => varies[place]);
  const same = places.filter((place) => !varies[place]);
  const names = [...Object.keys(shared), ...[...same, ...varying].map((place) => columns[place])];
  const values = [
    ...Object.keys(shared).map(() => '?'),
    ...same.map(() => '?'),
    ...varying.map((_, place) => `value ->> ${place}`),
  ];
  await db.raw(
    `insert or fail into ${table} (${names.join(',')}) select ${values.join(',')} from jsonb_each(?)`,
    [
      ...Object.values(shared),
      ...same.map((place) => first[place] ?? null),
      toJson(rows.map((row) => varying.map((place) => row[place] ?? null))),
    ],
  );
};

/** What cannot be stored is escaped in JSON, and rare enough to be looked for in the whole. */
const toJson = (rows: readonly Value[][] | readonly Value[]): string => {
  const json = JSON.stringify(rows);
  if (!json.includes('\\u0000') && !json.includes('\\ud')) return json;
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? storableText(value) : value,
  );
};

const tables: Dialect['tables'] = async (db) => {
  const rows = (await db('sqlite_master')
    .select('name')
    .where('type', 'table')
    .whereRaw("name not like 'sqlite\\_%' escape '\\' and name not like 'knex\\_%' escape '\\'")
    .orderBy('name')) as { name: string }[];
  return rows.map(({ name }) => name);
};

const ROWID = 'rowid of the row';

const rowsOf: Dialect['rowsOf'] = async function* (
  trx,
  table,
  query = trx(table).select(`${table}.*`),
) {
  // The driver answers whole results only, so pages are cut by the number that every row has.
  for (let after: Value = Number.MIN_SAFE_INTEGER; ;) {
    const rows = (await query
      .clone()
      .select({ [ROWID]: `${table}.rowid` })
      .where(`${table}.rowid`, '>', after)
      .orderBy(`${table}.rowid`)
      .limit(ROWS_READ)) as Record<string, Value>[];
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last[ROWID] ?? 0;
    for (const row of rows) delete row[ROWID];
    yield rows;
  }
};

/** SQLite joins at most 500 selects in one statement. */
const SELECTS_AT_ONCE = 400;

const forEachKey: Dialect['forEachKey'] = async (db, keys, query) => {
  const rows: Record<string, Value>[] = [];
  for (let from = 0; from < keys.length; from += SELECTS_AT_ONCE) {
    const [head, ...tail] = keys.slice(from, from + SELECTS_AT_ONCE).map((key) =>
      db.select('*').from(
        query(key)
          .select(db.raw('? as parent_key', [key]))
          .as('slice'),
      ),
    );
    if (head) rows.push(...((await head.unionAll(tail)) as Record<string, Value>[]));
  }
  return rows;
};

const among: Dialect['among'] = (db, column, values) =>
  db.raw('?? in (select value from json_each(?))', [column, toJson(values)]);

/** Rows travel as one JSON text: the driver makes each value of each row by itself, slowly. */
const many: Dialect['many'] = async (db, query, columns, order = []) => {
  const listed = columns.map(() => '??').join(', ');
  const by = order.length > 0 ? ` order by ${order.map(() => '??').join(', ')}` : '';
  const [{ found = '[]' } = {}] = (await db
    .from(query.as('found'))
    .select(
      db.raw(`json_group_array(json_array(${listed})${by}) as found`, [...columns, ...order]),
    )) as { found?: string }[];
  return (JSON.parse(found) as Value[][]).map((values) => {
    const row: Record<string, Value> = {};
    for (const [place, column] of columns.entries()) row[column] = values[place] ?? null;
    return row;
  });
};

const faults: Dialect['faults'] = async (db) => {
  const rows = (await db.raw('pragma integrity_check')) as { integrity_check: string }[];
  return rows.map((row) => row.integrity_check).filter((words) => words !== 'ok');
};

const dialect: Dialect = {
  alone: (_db, migrate) => migrate(),
  migrate: (trx, up) => up(trx),
  insert,
  tables,
  rowsOf,
  faults,
  among,
  many,
  // Whoever inserts a number moves the sequence along.
  continueNumbers: async () => undefined,
  forEachKey,
  settle: async () => undefined,
  // Every transaction of SQLite is of that kind.
  snapshot: {},
  lock: async () => undefined,
};

/** A database in a file, or in memory for as long as the object lives. */
export const openSqlite = (file: string): Knex => {
  const config: DialectConfig = {
    client: SqliteClient as unknown as typeof Knex.Client,
    connection: { filename: file },
    useNullAsDefault: true,
    userParams: { dialect },
    pool: {
      min: 1,
      // Each connection to `:memory:` is a database of its own.
      max: file === IN_MEMORY ? 1 : 4,
      afterCreate: (
        connection: { exec(sql: string, done: (error: Error | null) => void): void },
        done: (error: Error | null, connection: unknown) => void,
      ) => {
        connection.exec(PRAGMAS.map((pragma) => `pragma ${pragma}`).join('; '), (error) =>
          done(error, connection),
        );
      },
    },
  };
  return knex(config);
};
