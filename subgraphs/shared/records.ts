import type { Knex } from 'knex';
import { chunksOf, insertMany, insertRows, type Value } from './db';
import { now } from './dates';
import { factsVersion } from './facts';
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
  children?: Record<string, readonly Record<string, Value>[]>;
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
  /** Whether others follow it: its rows remember in which version of the facts they changed. */
  published?: boolean;
  /** Columns that follow from the others. */
  derived?: (values: Record<string, Value>) => Record<string, Value>;
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

/** The columns of {@link recordColumns} that a record itself fills, in the order of its cells. */
const RECORD_COLUMNS = [
  'record_id',
  'tier',
  'licence',
  'url',
  'citation',
  'note',
  'verification',
  'asserted_on',
];

/** A record as the rows that it will be. */
interface Laid {
  id: string;
  /** The same as long as nothing of the record changes, nor what its columns mean. */
  hash: string;
  record: NewRecord;
  cells: Value[];
  /** By child table, without the parent's id. */
  children: Map<string, Value[][]>;
}

/** Lays records of one shape out as rows: what they share, their columns' names, is kept once. */
const layOut = (table: RecordTable, sourceId: string, records: readonly NewRecord[]) => {
  const { values = {} } = records[0] ?? {};
  const derived = Object.keys(table.derived?.(values) ?? {});
  const own = Object.keys(values).filter((column) => !derived.includes(column));
  const shape = hashOf(own);
  const shapes = new Map<string, { columns: string[]; shape: string }>();
  const childrenOf = (record: NewRecord) => {
    const children: Laid['children'] = new Map();
    for (const name of table.children ?? []) {
      const rows = record.children?.[name];
      if (!rows?.[0]) continue;
      let known = shapes.get(name);
      if (!known) {
        const columns = Object.keys(rows[0]);
        known = { columns, shape: hashOf(name, columns) };
        shapes.set(name, known);
      }
      const { columns } = known;
      children.set(
        name,
        rows.map((row) => columns.map((column) => row[column] ?? null)),
      );
    }
    return children;
  };
  const laid = records.map((record): Laid => {
    const cells = [
      record.recordId,
      tierOf(record.visibility),
      record.licence,
      record.url ?? null,
      record.citation ?? null,
      record.note ?? null,
      record.verification ?? null,
      record.assertedOn ?? null,
      ...own.map((column) => record.values[column] ?? null),
    ];
    const children = childrenOf(record);
    return {
      id: recordKey(table.name, sourceId, record.recordId),
      hash: hashOf(
        shape,
        cells,
        [...children].map(([name, rows]) => [shapes.get(name)?.shape, rows]),
      ),
      record,
      cells,
      children,
    };
  });
  return {
    laid,
    columns: [...RECORD_COLUMNS, ...own, ...derived],
    childColumns: (name: string) => shapes.get(name)?.columns ?? [],
  };
};

const RECORDS_AT_ONCE = 1000;

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
  /** The version of the facts that this edition makes, if it changes any. */
  const version = tables.some(({ published }) => published) ? (await factsVersion(trx)) + 1 : null;
  const versionOf = ({ published }: RecordTable): Record<string, Value> =>
    published ? { published_in: version } : {};
  let publishes = false;
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

  const insert = async (
    table: RecordTable,
    records: readonly Laid[],
    { columns, childColumns }: Omit<ReturnType<typeof layOut>, 'laid'>,
  ) => {
    if (table.published && records.length > 0) publishes = true;
    await insertRows(
      trx,
      table.name,
      ['id', 'hash', ...columns],
      records.map(({ id, hash, cells, record }) => [
        id,
        hash,
        ...cells,
        ...(table.derived ? Object.values(table.derived(record.values)) : []),
      ]),
      {
        source_id: sourceId,
        retrieved_at: retrievedAt,
        updated_at: at,
        withdrawn_at: null,
        ...versionOf(table),
      },
    );
    for (const name of table.children ?? []) {
      await insertRows(
        trx,
        name,
        ['parent_id', ...childColumns(name)],
        records.flatMap(({ id, children }) =>
          (children.get(name) ?? []).map((row) => [id, ...row]),
        ),
      );
    }
  };

  const putSome = async (
    table: RecordTable,
    records: readonly NewRecord[],
  ): Promise<NewRecord[]> => {
    const { laid, ...layout } = layOut(table, sourceId, records);
    if (firstEdition.get(table.name)) {
      await insert(table, laid, layout);
      counts.created += laid.length;
      changedAt(records.map(({ visibility }) => tierOf(visibility)));
      return [...records];
    }
    const existing = new Map(
      (
        (await trx(table.name)
          .select('id', 'tier', 'hash', 'withdrawn_at')
          .whereIn(
            'id',
            laid.map(({ id }) => id),
          )) as Existing[]
      ).map((row) => [row.id, row]),
    );
    await insertMany(
      trx,
      'seen_records',
      laid.map(({ id }) => ({ id })),
    );
    const changed = laid.filter(({ id, hash }) => {
      const before = existing.get(id);
      return !before || before.hash !== hash || before.withdrawn_at !== null;
    });
    const replaced = changed.filter(({ id }) => existing.has(id));
    changedAt(changed.map(({ record }) => tierOf(record.visibility)));
    changedAt(replaced.map(({ id }) => existing.get(id)?.tier ?? ALL_TIERS));
    await remove(
      table,
      replaced.map(({ id }) => id),
    );
    await insert(table, changed, layout);
    counts.created += changed.length - replaced.length;
    counts.updated += replaced.length;
    counts.unchanged += laid.length - changed.length;
    return changed.map(({ record }) => record);
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
      for (const table of tables) {
        const { name } = table;
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
            .update({ withdrawn_at: at, updated_at: at, ...versionOf(table) });
        }
        if (table.published && rows.length > 0) publishes = true;
        counts.withdrawn += rows.length;
        gone.set(
          name,
          rows.map(({ id }) => id),
        );
      }
      if (publishes) await trx('facts_state').update({ version });
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
