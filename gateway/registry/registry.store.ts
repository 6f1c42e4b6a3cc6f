import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Knex } from 'knex';
import { inWrite, type Migration } from '../../subgraphs/shared/db';
import { type Head, sha256, START } from './chain';
import type { RegistryEvent } from './event';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Texts of half a megabyte and more are what is kept, thousands of them that differ little. */
const MOST_UNPACKED = 64 * 1024 * 1024;

const isPostgres = (db: Knex): boolean => (db.client as { dialect: string }).dialect !== 'sqlite3';

/** Lets the database itself refuse to change or delete what a table has. */
const onlyAppend = async (db: Knex, table: string): Promise<void> => {
  const words = `${table} is append-only`;
  if (!isPostgres(db)) {
    for (const change of ['update', 'delete'])
      await db.raw(
        `create trigger ${table}_no_${change} before ${change} on ${table} begin select raise(abort, '${words}'); end`,
      );
    return;
  }
  await db.raw(
    `create function refuse_change_of_${table}() returns trigger language plpgsql as $$ begin raise exception '${words}'; end $$`,
  );
  await db.raw(
    `create trigger ${table}_append_only before update or delete or truncate on ${table} for each statement execute function refuse_change_of_${table}()`,
  );
};

/** The tables of the registry's database. */
export const REGISTRY_MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-log',
    up: async (db: Knex) => {
      await db.schema.createTable('events', (table) => {
        table.integer('sequence').primary();
        table.string('at').notNullable();
        table.string('actor').notNullable();
        table.string('kind').notNullable();
        table.string('partner');
        table.text('payload').notNullable();
        table.string('previous').notNullable();
        table.string('hash').notNullable();
      });
      await db.schema.createTable('texts', (table) => {
        table.string('hash').primary();
        // Gzip in base 64, which both databases hold as it is.
        table.text('packed').notNullable();
      });
      await onlyAppend(db, 'events');
      await onlyAppend(db, 'texts');
    },
  },
  {
    name: '0002-usage',
    up: async (db: Knex) => {
      await db.schema.createTable('usage_counts', (table) => {
        table.string('day').notNullable();
        table.string('operation').notNullable();
        table.string('name').notNullable();
        table.bigInteger('count').notNullable();
        table.primary(['day', 'operation']);
      });
      await db.schema.createTable('usage_fields', (table) => {
        table.string('operation').notNullable();
        table.string('coordinate').notNullable();
        table.primary(['operation', 'coordinate']);
      });
    },
  },
  {
    name: '0003-feeds',
    up: async (db: Knex) => {
      await db.schema.createTable('feed_states', (table) => {
        table.string('partner').notNullable();
        table.string('feed').notNullable();
        table.integer('added_in').notNullable();
        table.string('due_at').notNullable();
        table.string('looked_at');
        table.text('address_tag');
        table.string('address_time');
        table.string('digest');
        table.integer('records').notNullable();
        table.string('result');
        table.text('failure');
        table.integer('accepted').notNullable();
        table.text('report');
        table.text('receipt');
        table.primary(['partner', 'feed']);
      });
    },
  },
];

type Row = Omit<RegistryEvent, 'payload'> & { payload: string };

const rowOf = ({ sequence, at, actor, kind, partner, payload, previous, hash }: RegistryEvent) => ({
  sequence,
  at,
  actor,
  kind,
  partner,
  payload: JSON.stringify(payload),
  previous,
  hash,
});
const eventOf = ({ payload, ...row }: Row): RegistryEvent =>
  ({ ...row, payload: JSON.parse(payload) as unknown }) as RegistryEvent;

/** An entry with the texts that none before it spoke of. */
export interface WholeEntry {
  event: RegistryEvent;
  texts: string[];
}

/** SQLite's primary key and PostgreSQL's unique violation. */
const TAKEN = new Set(['SQLITE_CONSTRAINT', '23505']);

const insertAll = async (trx: Knex, events: readonly RegistryEvent[], texts: readonly string[]) => {
  for (const text of texts) {
    const packed = (await pack(text)).toString('base64');
    await trx('texts')
      .insert({ hash: sha256(text), packed })
      .onConflict('hash')
      .ignore();
  }
  for (const event of events) await trx('events').insert(rowOf(event));
};

/** The log and its texts, which are only ever appended to. */
export const createRegistryStore = (db: Knex) => ({
  head: async (): Promise<Head> =>
    ((await db('events').select('sequence', 'hash').orderBy('sequence', 'desc').first()) as
      Head | undefined) ?? START,

  /** Entries after a place in the log, in order. */
  after: async (sequence: number, most: number, partner?: string): Promise<RegistryEvent[]> =>
    (
      (await db('events')
        .where('sequence', '>', sequence)
        .modify((query) => {
          if (partner !== undefined) void query.where({ partner });
        })
        .orderBy('sequence')
        .limit(most)) as Row[]
    ).map(eventOf),

  /**
   * Appends entries and the texts that they speak of, all or nothing.
   * @returns false if another process has appended in their place.
   */
  append: async (events: readonly RegistryEvent[], texts: readonly string[]): Promise<boolean> => {
    try {
      await inWrite(db, (trx) => insertAll(trx, events, texts));
      return true;
    } catch (error) {
      if (TAKEN.has(String((error as { code?: unknown }).code))) return false;
      throw error;
    }
  },

  /** A text by the hash of it; null if there is none. It is not compared with its hash. */
  text: async (hash: string): Promise<string | null> => {
    const row = (await db('texts').select('packed').where({ hash }).first()) as
      { packed: string } | undefined;
    if (!row) return null;
    const packed = Buffer.from(row.packed, 'base64');
    return (await unpack(packed, { maxOutputLength: MOST_UNPACKED })).toString();
  },

  /** Puts entries where none are, all of them; answers how many, or null if there were some. */
  fill: (entries: AsyncIterable<WholeEntry>): Promise<number | null> =>
    inWrite(db, async (trx) => {
      if (await trx('events').first('sequence')) return null;
      let count = 0;
      for await (const { event, texts } of entries) {
        await insertAll(trx, [event], texts);
        count += 1;
      }
      return count;
    }),
});
export type RegistryStore = ReturnType<typeof createRegistryStore>;
