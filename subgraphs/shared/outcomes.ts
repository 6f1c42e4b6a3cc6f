import type { Knex } from 'knex';
import { registerEnumType } from 'type-graphql';
import { chunksOf, insertRows, inSnapshot, type Migration, type Value } from './db';
import { checkListed } from './filters';
import type { Viewer } from './viewer';

/** What a body is in a period. */
export enum Modality {
  NETWORK = 'NETWORK',
  INTERMEDIARY = 'INTERMEDIARY',
  HYBRID = 'HYBRID',
  NEITHER = 'NEITHER',
  INSUFFICIENT_EVIDENCE = 'INSUFFICIENT_EVIDENCE',
}
registerEnumType(Modality, {
  name: 'Modality',
  description:
    'What a body is in a period, by a rule: whether it is a network of its members, passes money on to others, both or neither.',
  valuesConfig: {
    NETWORK: { description: 'Organisations are its members and govern it.' },
    INTERMEDIARY: {
      description: 'A material share of its income goes on to organisations that are no members.',
    },
    HYBRID: { description: 'Both a network and an intermediary.' },
    NEITHER: { description: 'Known to be neither.' },
    INSUFFICIENT_EVIDENCE: {
      description: 'What is not known could change the outcome; `missing` says what that is.',
    },
  },
});

/**
 * What bodies are in the standing period by the standing rule, as their owner works it out: a row for
 * each outcome that some tiers get. A body without a row for a tier is INSUFFICIENT_EVIDENCE there.
 */
export interface OutcomeRow {
  body_id: string;
  tier_from: number;
  tier_until: number;
  outcome: string;
}

/** What changed of outcomes between two versions: all rows of the bodies of which any changed. */
export interface OutcomesPublication {
  version: number;
  bodies: readonly string[];
  rows: readonly OutcomeRow[];
}

const outcomeColumns = (table: Knex.CreateTableBuilder) => {
  table.string('body_id').notNullable();
  table.integer('tier_from').notNullable();
  table.integer('tier_until').notNullable();
  table.string('outcome').notNullable();
  table.primary(['body_id', 'tier_from']);
  table.index(['outcome', 'body_id']);
};

/** Prepares the owner of outcomes. */
export const ownedOutcomes = (name: string): Migration => ({
  name,
  up: async (db) => {
    await db.schema.createTable('outcomes', (table) => {
      outcomeColumns(table);
      /** What has to be said beside it, as JSON. */
      table.text('flags').notNullable();
    });
    // A body that lost all its outcomes is remembered, so that followers hear of it.
    await db.schema.createTable('outcome_bodies', (table) => {
      table.string('body_id').primary();
      table.string('updated_at').notNullable();
      table.integer('published_in').notNullable();
      table.index(['published_in']);
    });
    await db.schema.createTable('outcomes_state', (table) => {
      table.integer('version').notNullable();
      table.string('as_of').notNullable();
      table.string('rule').notNullable();
      /** 1: everything has to be worked out anew. */
      table.integer('stale').notNullable();
    });
    await db('outcomes_state').insert({ version: 0, as_of: '', rule: '', stale: 1 });
    /** Keys and ids of bodies of which something changed that outcomes rest on. */
    await db.schema.createTable('outcomes_due', (table) => {
      table.string('key').primary();
    });
  },
});

/** Prepares a follower of outcomes. */
export const followedOutcomes = (name: string): Migration => ({
  name,
  up: async (db) => {
    await db.schema.createTable('body_outcomes', outcomeColumns);
    await db.schema.createTable('outcomes_followed', (table) => {
      table.integer('version').notNullable();
    });
    await db('outcomes_followed').insert({ version: 0 });
  },
});

const COLUMNS = ['body_id', 'tier_from', 'tier_until', 'outcome'] as const;
const AT_ONCE = 400;

/** What changed of outcomes after a version, as one moment shows it. */
export const publishOutcomes = (db: Knex, since: number): Promise<OutcomesPublication> =>
  inSnapshot(db, async (trx) => {
    const { version } = (await trx('outcomes_state').first()) as { version: number };
    const changed = () => trx('outcome_bodies').select('body_id').where('published_in', '>', since);
    const bodies = (await changed().orderBy('body_id')) as { body_id: string }[];
    const rows = (await trx('outcomes')
      .select(COLUMNS)
      .whereIn('body_id', changed())
      .orderBy(['body_id', 'tier_from'])) as OutcomeRow[];
    return { version, bodies: bodies.map(({ body_id }) => body_id), rows };
  });

/** Copies what changed of outcomes since the copy was last brought up to date, inside a transaction. */
export const followOutcomes = async (
  trx: Knex,
  publish: (since: number) => Promise<OutcomesPublication>,
): Promise<void> => {
  const { version: since } = (await trx('outcomes_followed').first()) as { version: number };
  const { version, bodies, rows } = await publish(since);
  if (version === since) return;
  for (const some of chunksOf(bodies, AT_ONCE))
    await trx('body_outcomes').whereIn('body_id', some).delete();
  await insertRows(
    trx,
    'body_outcomes',
    COLUMNS,
    rows.map((row): Value[] => COLUMNS.map((column) => row[column])),
  );
  await trx('outcomes_followed').update({ version });
};

/** Keeps rows whose body is one of these things for the viewer, in the standing period. */
export const whereOutcome = (
  db: Knex,
  query: Knex.QueryBuilder,
  { tier }: Viewer,
  column: string,
  outcomes: readonly Modality[] | undefined,
  table: 'outcomes' | 'body_outcomes' = 'body_outcomes',
): void => {
  checkListed(outcomes, 'outcomes');
  if (!outcomes) return;
  const known = () =>
    db(`${table} as known`)
      .select('known.body_id')
      .where('known.tier_from', '<=', tier)
      .where('known.tier_until', '>', tier);
  void query.where((any) => {
    void any.whereIn(column, known().whereIn('known.outcome', outcomes));
    // What nobody could work out has no row.
    if (outcomes.includes(Modality.INSUFFICIENT_EVIDENCE)) void any.orWhereNotIn(column, known());
  });
};
