import type { Knex } from 'knex';
import { bodiesMigration } from '../../shared/bodies-tables';
import type { Migration } from '../../shared/db';
import { followedFacts } from '../../shared/facts';
import { ownedOutcomes } from '../../shared/outcomes';
import { recordColumns } from '../../shared/records';
import { grantsAndFts } from './0005-grants-and-fts';
import { matching } from './0006-matching';
import { hosting } from './0011-hosting';

const shares = async (db: Knex, name: string) => {
  await db.schema.createTable(name, (table) => {
    table.string('parent_id').notNullable();
    table.string('dimension').notNullable();
    table.string('vocabulary').notNullable();
    table.string('code').notNullable();
    table.string('percentage');
    table.integer('estimated').notNullable();
    table.integer('inherited').notNullable();
    table.index(['parent_id']);
    table.index(['dimension', 'code', 'parent_id']);
  });
};

/** Two whole numbers that are one exact amount (shared/money.ts), and the amount as written. */
const amount = (table: Knex.CreateTableBuilder) => {
  table.bigInteger('units').notNullable();
  table.bigInteger('nanos').notNullable();
  table.string('amount').notNullable();
  table.string('currency').notNullable();
};

const activities: Migration = {
  name: '0002-activities',
  up: async (db: Knex) => {
    await db.schema.createTable('activities', (table) => {
      recordColumns(table, 'activities');
      table.string('key').notNullable();
      table.text('identifier').notNullable();
      table.text('title');
      table.text('description');
      table.string('reporter_key');
      table.string('status').notNullable();
      table.string('start_date').notNullable();
      table.string('end_date');
      table.string('last_reported');
      table.string('hierarchy');
      table.integer('humanitarian');
      table.string('collaboration_type');
      /** The tier from which a newer report of the same activity is seen instead; see supersede.store. */
      table.integer('superseded_from').notNullable();
      table.index(['key']);
      table.index(['reporter_key', 'start_date', 'id']);
      table.index(['start_date', 'id']);
    });
    await db.schema.createTable('activity_parties', (table) => {
      table.string('parent_id').notNullable();
      table.integer('position').notNullable();
      table.string('role').notNullable();
      table.string('body_key');
      table.text('name');
      table.string('activity_key');
      table.string('channel');
      table.primary(['parent_id', 'position']);
      table.index(['body_key']);
      table.index(['activity_key']);
    });
    await shares(db, 'activity_shares');
    await db.schema.createTable('activity_relations', (table) => {
      table.string('parent_id').notNullable();
      table.integer('position').notNullable();
      table.string('relation').notNullable();
      table.string('activity_key').notNullable();
      table.primary(['parent_id', 'position']);
      table.index(['activity_key']);
    });
    await db.schema.createTable('activity_words', (table) => {
      table.string('word').notNullable();
      table.string('parent_id').notNullable();
      table.primary(['word', 'parent_id']);
      table.index(['parent_id']);
    });
  },
};

const flows: Migration = {
  name: '0003-flows',
  up: async (db: Knex) => {
    await db.schema.createTable('flows', (table) => {
      recordColumns(table, 'flows');
      table.string('kind').notNullable();
      table.string('date').notNullable();
      table.string('value_date');
      amount(table);
      table.string('activity_record').notNullable();
      table.string('activity_key').notNullable();
      table.string('reporter_key');
      table.string('provider_key');
      table.string('provider_basis').notNullable();
      /** Who the record itself names on this side, before links are followed. */
      table.string('provider_named_key');
      table.string('provider_activity_key');
      table.string('receiver_key');
      table.string('receiver_basis').notNullable();
      /** Who the record itself names on this side, before links are followed. */
      table.string('receiver_named_key');
      table.string('receiver_activity_key');
      table.text('description');
      table.text('aid_types').notNullable();
      table.string('flow_type');
      table.string('finance_type');
      table.string('tied_status');
      table.string('disbursement_channel');
      table.integer('humanitarian');
      table.string('purpose').notNullable();
      table.string('purpose_basis').notNullable();
      table.string('flexibility').notNullable();
      table.string('flexibility_basis').notNullable();
      table.integer('superseded_from').notNullable();
      table.index(['date', 'id']);
      table.index(['units', 'nanos', 'id']);
      // With what decides who sees a flow, so that counting a body's flows reads the index alone.
      for (const side of ['provider', 'receiver'])
        table.index(
          [`${side}_key`, 'date', 'id', 'tier', 'withdrawn_at', 'superseded_from'],
          `flows_by_${side}`,
        );
      table.index(['activity_key', 'date', 'id']);
      for (const side of ['provider', 'receiver'])
        table.index([`${side}_activity_key`, 'date', 'id'], `flows_by_${side}_activity`, {
          // Most flows name none.
          predicate: db.whereNotNull(`${side}_activity_key`),
        });
      table.index(['kind', 'date', 'id']);
    });
    await shares(db, 'flow_shares');
  },
};

const budgets: Migration = {
  name: '0004-budgets-and-rates',
  up: async (db: Knex) => {
    await db.schema.createTable('budgets', (table) => {
      recordColumns(table, 'budgets');
      table.string('kind').notNullable();
      table.string('status').notNullable();
      table.string('from_date').notNullable();
      table.string('to_date');
      table.string('value_date');
      amount(table);
      table.string('activity_record');
      table.string('activity_key');
      table.string('provider_key');
      table.string('receiver_key');
      table.string('country');
      table.string('region');
      table.index(['activity_record', 'from_date', 'id']);
      table.index(['provider_key', 'from_date', 'id']);
    });
    await db.schema.createTable('rates', (table) => {
      table.string('month').notNullable();
      table.string('currency').notNullable();
      table.string('sdr_per_unit').notNullable();
      table.string('source_id').notNullable();
      table.primary(['currency', 'month']);
    });
  },
};

/** Which tiers have anything of their own is asked at every import; most rows are public. */
const hiddenRows: Migration = {
  name: '0010-hidden-rows',
  up: async (db: Knex) => {
    for (const [name, column] of [
      ['flows', 'tier'],
      ['activities', 'tier'],
      ['facts', 'tier'],
      ['bodies', 'tier_from'],
    ] as const)
      await db.raw('create index ?? on ?? (??) where ?? > 0', [
        `${name}_hidden`,
        name,
        column,
        column,
      ]);
  },
};

export const MIGRATIONS: readonly Migration[] = [
  bodiesMigration,
  activities,
  flows,
  budgets,
  grantsAndFts,
  matching,
  followedFacts('0007-facts'),
  ownedOutcomes('0008-outcomes'),
  hiddenRows,
  hosting,
];
