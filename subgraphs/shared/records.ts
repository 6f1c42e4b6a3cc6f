import type { Knex } from 'knex';
import { chunksOf, insertMany, type Value } from './db';
import { now } from './dates';
import { hashOf } from './ids';
import { ALL_TIERS, tierOf, type Visibility } from './viewer';

/** One record of a source, ready to store. */
export interface NewRecord {
  /** Its id in the source: the same record has the same id in every edition of the source. */
  recordId: string;
  visibility: Visibility;
  licence: string | null;
  url?: string | null;
  citation?: string | null;
  note?: string | null;
  verification?: string | null;
  assertedOn?: string | null;
  /** The table's own columns. */
  values: Record<string, Value>;
  /** Rows of child tables, whose `parent_id` is this record. */
  children?: Record<string, Record<string, Value>[]>;
}

/** An edition of a source: all its records as of one moment. */
export interface EditionOf {
  sourceId: string;
  /** ISO 8601, UTC. */
  retrievedAt: string;
}

/** What an edition changed, in records. */
export interface EditionCounts {
  created: number;
  updated: number;
  unchanged: number;
  withdrawn: number;
}

/** A table of records with its child tables. */
export interface RecordTable {
  name: string;
  children?: readonly string[];
}

/** Adds the columns of every record to a table, and the indexes over them. */
export const recordColumns = (table: Knex.CreateTableBuilder, name: string): void => {
  table.string('id').primary();
  table.string('source_id').notNullable();
  table.string('record_id').notNullable();
  table.integer('tier').notNullable();
  table.string('licence');
  table.text('url');
  table.text('citation');
  table.text('note');
  table.string('verification');
  table.string('asserted_on');
  table.string('retrieved_at').notNullable();
  table.string('updated_at').notNullable();
  table.string('withdrawn_at');
  table.string('hash').notNullable();
  // The id is a hash of source and record id, so this needs no second unique index.
  table.index(['source_id'], `${name}_by_source`);
  table.index(['updated_at', 'id'], `${name}_by_updated`);
};

/** The public id of a record: the same for the same record of the same source, everywhere. */
export const recordKey = (table: string, sourceId: string, recordId: string): string =>
  hashOf(table, sourceId, recordId);

interface Existing {
  id: string;
  tier: number;
  hash: string;
  withdrawn_at: string | null;
}

const RECORDS_AT_ONCE = 500;

/**
 * Writes one edition of a source into tables of records: new ones are created, changed ones replaced,
 * equal ones left as they are, and those that the edition lacks marked withdrawn at the end. Work
 * inside one transaction, so that an interrupted or broken edition leaves nothing behind.
 */
export const openEditionWriter = async (
  trx: Knex,
  { sourceId, retrievedAt }: EditionOf,
  tables: readonly RecordTable[],
) => {
  const counts: EditionCounts = { created: 0, updated: 0, unchanged: 0, withdrawn: 0 };
  const at = now();
  const firstEdition = new Map<string, boolean>();
  let openestChange = ALL_TIERS;
  const changedAt = (tiers: readonly number[]) => {
    for (const tier of tiers) openestChange = Math.min(openestChange, tier);
  };

  const begin = async () => {
    await trx.raw('create temp table if not exists seen_records (id text primary key)');
    await trx('seen_records').delete();
    for (const { name } of tables) {
      const known = (await trx(name).select('id').where('source_id', sourceId).first()) as unknown;
      firstEdition.set(name, known === undefined);
    }
  };
  await begin();

  const remove = async ({ name, children = [] }: RecordTable, ids: readonly string[]) => {
    for (const some of chunksOf(ids, RECORDS_AT_ONCE)) {
      for (const child of children) await trx(child).whereIn('parent_id', some).delete();
      await trx(name).whereIn('id', some).delete();
    }
  };

  type Hashed = NewRecord & { id: string; hash: string };
  const insert = async (table: RecordTable, records: readonly Hashed[]) => {
    await insertMany(
      trx,
      table.name,
      records.map((record) => ({
        id: record.id,
        record_id: record.recordId,
        tier: tierOf(record.visibility),
        licence: record.licence,
        url: record.url ?? null,
        citation: record.citation ?? null,
        note: record.note ?? null,
        verification: record.verification ?? null,
        asserted_on: record.assertedOn ?? null,
        hash: record.hash,
        ...record.values,
      })),
      { source_id: sourceId, retrieved_at: retrievedAt, updated_at: at, withdrawn_at: null },
    );
    for (const child of table.children ?? []) {
      await insertMany(
        trx,
        child,
        records.flatMap(({ id, children }) =>
          (children?.[child] ?? []).map((row) => ({ parent_id: id, ...row })),
        ),
      );
    }
  };

  const putSome = async (
    table: RecordTable,
    records: readonly NewRecord[],
  ): Promise<NewRecord[]> => {
    const hashed = records.map((record) => ({
      ...record,
      id: recordKey(table.name, sourceId, record.recordId),
      hash: hashOf(record),
    }));
    if (firstEdition.get(table.name)) {
      await insert(table, hashed);
      counts.created += hashed.length;
      changedAt(hashed.map(({ visibility }) => tierOf(visibility)));
      return [...records];
    }
    const existing = new Map(
      (
        (await trx(table.name)
          .select('id', 'tier', 'hash', 'withdrawn_at')
          .whereIn(
            'id',
            hashed.map(({ id }) => id),
          )) as Existing[]
      ).map((row) => [row.id, row]),
    );
    await insertMany(
      trx,
      'seen_records',
      hashed.map(({ id }) => ({ id })),
    );
    const changed = hashed.filter(({ id, hash }) => {
      const before = existing.get(id);
      return !before || before.hash !== hash || before.withdrawn_at !== null;
    });
    const replaced = changed.filter(({ id }) => existing.has(id));
    changedAt(changed.map(({ visibility }) => tierOf(visibility)));
    changedAt(replaced.map(({ id }) => existing.get(id)?.tier ?? ALL_TIERS));
    await remove(
      table,
      replaced.map(({ id }) => id),
    );
    await insert(table, changed);
    counts.created += changed.length - replaced.length;
    counts.updated += replaced.length;
    counts.unchanged += hashed.length - changed.length;
    return changed;
  };

  return {
    counts,
    /** The time that every row of this edition bears. */
    at,
    /** The lowest tier that sees a change of this edition; {@link ALL_TIERS} if nobody does. */
    openestChange: () => openestChange,

    /** Whether the table had nothing of the source before this edition. */
    isFirst: ({ name }: RecordTable): boolean => firstEdition.get(name) ?? false,

    /** Stores records, ids distinct within the edition; answers those that were new or had changed. */
    put: async (table: RecordTable, records: readonly NewRecord[]): Promise<NewRecord[]> => {
      const changed: NewRecord[] = [];
      for (const some of chunksOf(records, RECORDS_AT_ONCE))
        changed.push(...(await putSome(table, some)));
      return changed;
    },

    /** Marks as withdrawn what this edition lacks; answers the rows' ids by table. */
    finish: async (): Promise<Map<string, string[]>> => {
      const gone = new Map<string, string[]>();
      for (const { name } of tables) {
        if (firstEdition.get(name)) continue;
        const rows = (await trx(name)
          .select('id', 'tier')
          .where('source_id', sourceId)
          .whereNull('withdrawn_at')
          .whereNotIn('id', trx('seen_records').select('id'))) as { id: string; tier: number }[];
        changedAt(rows.map(({ tier }) => tier));
        for (const some of chunksOf(rows, RECORDS_AT_ONCE)) {
          await trx(name)
            .whereIn(
              'id',
              some.map(({ id }) => id),
            )
            .update({ withdrawn_at: at, updated_at: at });
        }
        counts.withdrawn += rows.length;
        gone.set(
          name,
          rows.map(({ id }) => id),
        );
      }
      await trx('seen_records').delete();
      return gone;
    },
  };
};
export type EditionWriter = Awaited<ReturnType<typeof openEditionWriter>>;

/** The sum of several editions' counts. */
export const addCounts = (...all: readonly EditionCounts[]): EditionCounts =>
  all.reduce(
    (sum, counts) => ({
      created: sum.created + counts.created,
      updated: sum.updated + counts.updated,
      unchanged: sum.unchanged + counts.unchanged,
      withdrawn: sum.withdrawn + counts.withdrawn,
    }),
    { created: 0, updated: 0, unchanged: 0, withdrawn: 0 },
  );
