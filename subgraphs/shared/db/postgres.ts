import { userInfo } from 'node:os';
import knex, { type Knex } from 'knex';
import Client from 'knex/lib/dialects/postgres';
import { types } from 'pg';
import { createDialect } from './postgres-dialect';
import { storable } from './text';
import type { DialectConfig } from './types';

const reasonOf = (error: unknown): string => {
  // Of a name with several addresses, each refused, there is only a list.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return first instanceof Error ? first.message : String(first);
};

/** PostgreSQL cannot be used: why, and which database, without its password. */
export class DatabaseUnavailable extends Error {
  constructor(url: string, reason: string) {
    const { hostname, port, pathname } = new URL(url);
    super(`PostgreSQL at ${hostname}:${port || '5432'}${pathname} cannot be used: ${reason}`);
    this.name = 'DatabaseUnavailable';
  }
}

/** Long enough for any page; a write has as long as it takes. */
const STATEMENT_MS = 30_000;
/** A transaction of ours waits for a file to be read, or for another's lock, but not for ever. */
const IDLE_MS = 60 * 60_000;
const CONNECT_MS = 10_000;
/** Four schemas of this many stay well below the 100 that a server admits by default. */
const CONNECTIONS = 6;

const BIGINT = 20;

/** Whole numbers as numbers while they are exact; beyond, as text, so that no digit is lost. */
const readBigint = (text: string): number | string => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
};

/** A text without a length, and compared by its bytes, as SQLite's are. */
const TEXT = 'text collate "C"';

class PostgresClient extends Client {
  /** So that most migrations make what {@link createDialect} would otherwise have to alter. */
  override columnCompiler(...args: unknown[]): unknown {
    const compiler = super.columnCompiler(...args) as object;
    return Object.assign(compiler, { varchar: () => TEXT, text: () => TEXT });
  }

  override prepBindings(bindings: unknown[] | undefined): unknown[] | undefined {
    return bindings?.map(storable);
  }
}

const SETTINGS = {
  statement_timeout: STATEMENT_MS,
  idle_in_transaction_session_timeout: IDLE_MS,
  // A page is read sooner than its plan is compiled.
  jit: 'off',
  // What is asked for often is in memory, where a jump costs little more than the next page.
  random_page_cost: '1.1',
  // What is in none of a list is looked for by a hash as long as the list fits; beyond, row by row through it.
  work_mem: '64MB',
};

/** An address with a user: as `psql` does it, where it names nobody. */
export const withUser = (url: string): string => {
  const address = new URL(url);
  if (address.username === '' && !address.searchParams.has('user'))
    address.username = userInfo().username;
  return address.href;
};

/**
 * A database that is one schema of a PostgreSQL database.
 * @param url where it is, with whom to be and the password.
 * @throws DatabaseUnavailable
 */
export const openPostgres = async (url: string, schema: string): Promise<Knex> => {
  const config: DialectConfig = {
    client: PostgresClient as unknown as typeof Knex.Client,
    connection: {
      connectionString: withUser(url),
      application_name: `peacegraph ${schema}`,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      options: Object.entries(SETTINGS)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
      types: {
        getTypeParser: (id: number, format: never) =>
          id === BIGINT ? readBigint : (types.getTypeParser(id, format) as unknown),
      },
    } as Knex.PgConnectionConfig,
    searchPath: [schema],
    userParams: { dialect: createDialect(schema) },
    // What it would print is thrown as well.
    log: { warn: () => undefined },
    pool: { min: 0, max: CONNECTIONS, idleTimeoutMillis: 30_000 },
  };
  const db = knex(config);
  try {
    const { rows } = (await db.raw('show server_encoding')) as {
      rows: { server_encoding: string }[];
    };
    const encoding = rows[0]?.server_encoding;
    if (encoding !== 'UTF8') throw new Error(`its encoding is ${encoding}, and must be UTF8.`);
  } catch (error) {
    await db.destroy();
    throw new DatabaseUnavailable(url, reasonOf(error));
  }
  return db;
};
