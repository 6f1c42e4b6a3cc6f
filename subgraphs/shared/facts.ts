import type { Knex } from 'knex';
import {
  chunksOf,
  insertRows,
  inSnapshot,
  inWrite,
  manyRows,
  type Migration,
  type Value,
  whereAmong,
} from './db';
import type { Viewer } from './viewer';

/**
 * Something that one subgraph knows of bodies and another needs. Its owner publishes it with a version,
 * the other keeps a copy of what changed since: no subgraph reads another's tables.
 */
export interface Fact {
  /** Which fact of the record it is; most records are one. */
  position: number;
  kind: string;
  /** The body that it is about, or the record that it is a part of. */
  subject_key: string;
  /** The body that stands on the other side of it. */
  other_key: string | null;
  /** A third body that has to do with it. */
  third_key: string | null;
  tier: number;
  from_date: string | null;
  to_date: string | null;
  /** How far it was checked, as the record says. */
  verification: string | null;
  /** What else there is to say, as JSON. */
  data: string;
}

/** The facts of one record; none if it no longer stands. */
export interface RecordFacts {
  record: string;
  facts: readonly Fact[];
}

/** What changed of an owner's facts between two versions. */
export interface FactsPublication {
  version: number;
  records: readonly RecordFacts[];
}

/** Whose facts they are, and what changed of them since a version. */
export interface FactsPublisher {
  owner: string;
  publish: (since: number) => Promise<FactsPublication>;
}

/** Prepares an owner: its tables remember in which version each record last changed. */
export const publishedFacts = (name: string, tables: readonly string[]): Migration => ({
  name,
  up: async (db) => {
    for (const name of tables) {
      await db.schema.alterTable(name, (table) => {
        table.integer('published_in').notNullable().defaultTo(1);
        table.index(['published_in'], `${name}_by_published`);
      });
    }
    await db.schema.createTable('facts_state', (table) => {
      table.integer('version').notNullable();
    });
    await db('facts_state').insert({ version: 1 });
  },
});

/** Prepares a follower. */
export const followedFacts = (name: string): Migration => ({
  name,
  up: async (db) => {
    await db.schema.createTable('facts', (table) => {
      table.string('owner').notNullable();
      table.string('record').notNullable();
      table.integer('position').notNullable();
      table.string('kind').notNullable();
      table.string('subject_key').notNullable();
      table.string('other_key');
      table.string('third_key');
      table.integer('tier').notNullable();
      table.string('from_date');
      table.string('to_date');
      table.string('verification');
      table.text('data').notNullable();
      table.primary(['owner', 'record', 'position']);
      table.index(['kind', 'subject_key']);
      table.index(['kind', 'other_key']);
    });
    await db.schema.createTable('facts_followed', (table) => {
      table.string('owner').primary();
      table.integer('version').notNullable();
    });
  },
});

/** The version of the facts that an owner has published. */
export const factsVersion = async (db: Knex): Promise<number> =>
  ((await db('facts_state').first()) as { version: number } | undefined)?.version ?? 0;

interface Published {
  id: string;
  withdrawn_at: string | null;
}

/**
 * What changed of an owner's facts after a version, as one moment shows it.
 * @param tables by name, how the rows of a table become facts; those that are withdrawn do not.
 */
export const publishFacts = (
  db: Knex,
  since: number,
  tables: Record<string, (trx: Knex, rows: never[]) => Promise<Map<string, Fact[]>>>,
): Promise<FactsPublication> =>
  inSnapshot(db, async (trx) => {
    const version = await factsVersion(trx);
    const records: RecordFacts[] = [];
    for (const [table, read] of Object.entries(tables)) {
      const rows = (await trx(table).where('published_in', '>', since)) as Published[];
      const facts = await read(
        trx,
        rows.filter(({ withdrawn_at }) => withdrawn_at === null) as never[],
      );
      for (const { id } of rows) records.push({ record: id, facts: facts.get(id) ?? [] });
    }
    return { version, records };
  });

const AT_ONCE = 400;
/** As many keys as one query looks for. */
const KEYS_AT_ONCE = 5000;

const COLUMNS = [
  'kind',
  'subject_key',
  'other_key',
  'third_key',
  'tier',
  'from_date',
  'to_date',
  'verification',
  'data',
] as const satisfies readonly (keyof Fact)[];

/**
 * Copies what an owner has published since the copy was last brought up to date, inside a transaction of
 * the follower's.
 * @param kinds which kinds of facts to keep; all if absent. Never changed without a new migration.
 * @returns the keys of the bodies that the facts name which came, went or changed.
 */
export const followFacts = async (
  trx: Knex,
  { owner, publish }: FactsPublisher,
  kinds?: readonly string[],
): Promise<Set<string>> => {
  const state = (await trx('facts_followed').where({ owner }).first()) as
    { version: number } | undefined;
  const since = state?.version ?? 0;
  const { version, records: published } = await publish(since);
  const records = kinds
    ? published.map(({ record, facts }) => ({
        record,
        facts: facts.filter(({ kind }) => kinds.includes(kind)),
      }))
    : published;
  const touched = new Set<string>();
  if (version === since) return touched;
  const note = (facts: readonly Pick<Fact, 'subject_key' | 'other_key' | 'third_key'>[]) => {
    for (const { subject_key, other_key, third_key } of facts)
      for (const key of [subject_key, other_key, third_key]) if (key !== null) touched.add(key);
  };
  for (const some of chunksOf(records, AT_ONCE)) {
    const ids = some.map(({ record }) => record);
    if (since > 0) {
      const known = () => trx('facts').where({ owner }).whereIn('record', ids);
      note((await known().select('subject_key', 'other_key', 'third_key')) as Fact[]);
      await known().delete();
    }
    note(some.flatMap(({ facts }) => facts));
    await insertRows(
      trx,
      'facts',
      ['record', 'position', ...COLUMNS],
      some.flatMap(({ record, facts }) =>
        facts.map((fact): Value[] => [
          record,
          fact.position,
          ...COLUMNS.map((column) => fact[column]),
        ]),
      ),
      { owner },
    );
  }
  await trx('facts_followed').insert({ owner, version }).onConflict('owner').merge();
  return touched;
};

/** Copies what several owners have published since, one after the other. */
export const followAllFacts = (
  db: Knex,
  publishers: readonly FactsPublisher[],
  kinds?: readonly string[],
): Promise<void> =>
  inWrite(db, async (trx) => {
    for (const publisher of publishers) await followFacts(trx, publisher, kinds);
  });

/** A fact as a follower keeps it. */
export type FactRow = Fact & { record: string };
const FACT_COLUMNS = ['record', 'position', ...COLUMNS] as const;

/**
 * The followed facts of some kinds under the keys of one side, of those that the viewer may see, in the order
 * of their records.
 */
export const factsBySide = async (
  db: Knex,
  { tier }: Viewer,
  kinds: string | readonly string[],
  side: 'subject_key' | 'other_key',
  keys: readonly string[],
): Promise<FactRow[]> => {
  const found: FactRow[] = [];
  for (const some of chunksOf(keys, KEYS_AT_ONCE))
    for (const row of await manyRows<FactRow>(
      db,
      whereAmong(db, db('facts').whereIn('kind', [kinds].flat()), side, some)
        .where('tier', '<=', tier)
        .select(FACT_COLUMNS),
      FACT_COLUMNS,
      ['record', 'position'],
    ))
      found.push(row);
  return found;
};
