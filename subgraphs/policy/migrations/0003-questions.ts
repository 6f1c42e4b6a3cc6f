import type { Knex } from 'knex';
import type { Migration } from '../../shared/db';
import { recordColumns } from '../../shared/records';

const bodiesOfRecord = (db: Knex, name: string) =>
  db.schema.createTable(name, (table) => {
    table.string('parent_id').notNullable();
    table.integer('position').notNullable();
    table.string('body_key').notNullable();
    table.primary(['parent_id', 'position']);
    table.index(['body_key']);
  });

/** What processes lead to and who leads them, who agreed with whom, who said what, what was promised and done. */
export const questions: Migration = {
  name: '0003-questions',
  up: async (db: Knex) => {
    await db.schema.createTable('process_towards', (table) => {
      table.string('process').notNullable();
      table.string('parent_id').notNullable();
      table.primary(['process', 'parent_id']);
      table.index(['parent_id']);
    });
    await bodiesOfRecord(db, 'process_leaders');
    await db.schema.alterTable('participations', (table) => {
      table.index(['for_network_key', 'from_date', 'id'], 'participations_by_network');
    });
    await db.schema.createTable('agreements', (table) => {
      recordColumns(table, 'agreements');
      table.string('authority_key').notNullable();
      table.string('organisation_key').notNullable();
      table.text('title').notNullable();
      table.string('agreement_kind').notNullable();
      table.string('from_date');
      table.string('to_date');
      table.index(['authority_key']);
      table.index(['organisation_key']);
    });
    await db.schema.createTable('submissions', (table) => {
      recordColumns(table, 'submissions');
      table.string('process').notNullable();
      table.string('organisation_key').notNullable();
      table.string('for_network_key');
      table.text('title').notNullable();
      table.string('submission_kind').notNullable();
      table.string('from_date').notNullable();
      table.index(['process', 'from_date', 'id']);
      table.index(['organisation_key', 'from_date', 'id']);
    });
    await db.schema.createTable('submission_themes', (table) => {
      table.string('parent_id').notNullable();
      table.string('theme').notNullable();
      table.string('stance').notNullable();
      table.primary(['parent_id', 'theme']);
    });
    await bodiesOfRecord(db, 'submission_citations');
    await db.schema.createTable('commitments', (table) => {
      recordColumns(table, 'commitments');
      table.string('commitment').notNullable();
      table.string('symbol').notNullable();
      table.text('title').notNullable();
      table.string('paragraph');
      table.index(['commitment']);
      table.index(['symbol']);
    });
    await db.schema.createTable('implementations', (table) => {
      recordColumns(table, 'implementations');
      table.string('commitment').notNullable();
      table.text('title').notNullable();
      table.string('organisation_key');
      table.string('process');
      table.text('activity');
      table.string('implementation_status');
      table.string('from_date');
      table.string('to_date');
      table.index(['commitment']);
    });
  },
};
