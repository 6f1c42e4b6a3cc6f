import type { Knex } from 'knex';

/** One numbered step of a database's schema. Never edited once merged. */
export interface Migration {
  name: string;
  up: (db: Knex) => Promise<void>;
}

/** What a column can hold, on either database. */
export type Value = string | number | null;

/** How many rows are read at a time where all are. */
export const ROWS_READ = 1000;

/** What the two kinds of database do differently, and nobody else has to know. */
export interface Dialect {
  /** Runs the migrations while nobody else does. */
  alone(db: Knex, migrate: () => Promise<void>): Promise<void>;
  /** Runs one migration in its transaction, and brings its columns to the rules that hold everywhere. */
  migrate(trx: Knex, up: Migration['up']): Promise<void>;
  /** Inserts some rows, each the values of the columns in order, by the fastest way there is. */
  insert(
    db: Knex,
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Value[])[],
    shared: Record<string, Value>,
  ): Promise<void>;
  /** The tables that hold data, by name; those of knex and of the database itself are none of them. */
  tables(db: Knex): Promise<string[]>;
  /**
   * All rows of a table, some at a time, inside a transaction; in any order, in constant memory.
   * @param query the rows of the table that are wanted, with the columns that are; default: all.
   */
  rowsOf(
    trx: Knex,
    table: string,
    query?: Knex.QueryBuilder,
  ): AsyncGenerator<Record<string, Value>[]>;
  /** What the database finds wrong with its own files; nothing if they are sound, or cannot be asked. */
  faults(db: Knex): Promise<string[]>;
  /** Lets numbers that the database gives to new rows go on after those that are there. */
  continueNumbers(trx: Knex): Promise<void>;
  /** That a column is one of some values, however many: they travel as one binding, and indexes serve. */
  among(db: Knex, column: string, values: readonly (string | number)[]): Knex.Raw;
  /**
   * All rows of a query by the fastest way there is, for queries that find thousands.
   * @param columns those that the query selects.
   * @param order by which of them the rows come; default: in any order.
   */
  many(
    db: Knex,
    query: Knex.QueryBuilder,
    columns: readonly string[],
    order?: readonly string[],
  ): Promise<Record<string, Value>[]>;
  /**
   * One query for what a query of its own would find for each of many keys, with the key beside each
   * row as `parent_key`.
   * @param query the rows of one key, which it gets as a value to compare with.
   */
  forEachKey(
    db: Knex,
    keys: readonly string[],
    query: (key: string) => Knex.QueryBuilder,
  ): Promise<Record<string, Value>[]>;
  /** Does what the database does by itself some time after a large import. */
  settle(db: Knex): Promise<void>;
  /** The kind of transaction whose statements all see one state. */
  snapshot: Knex.TransactionConfig;
  /** Waits in a transaction until no other writes to the same database, and keeps others waiting. */
  lock(trx: Knex): Promise<void>;
}

/** knex's settings, with what each query builder and transaction of it brings along. */
export type DialectConfig = Knex.Config & { userParams: { dialect: Dialect } };
