import type { Knex } from 'knex';
import { bodiesMigration } from '../../shared/bodies-tables';
import type { Migration } from '../../shared/db';
import { followedFacts } from '../../shared/facts';
import { recordColumns } from '../../shared/records';
import { questions } from './0003-questions';

const words = (db: Knex, name: string) =>
  db.schema.createTable(name, (table) => {
    table.string('word').notNullable();
    table.string('parent_id').notNullable();
    table.primary(['word', 'parent_id']);
    table.index(['parent_id']);
  });

const policy: Migration = {
  name: '0002-policy',
  up: async (db: Knex) => {
    await db.schema.createTable('documents', (table) => {
      recordColumns(table, 'documents');
      table.string('symbol').notNullable();
      table.text('title').notNullable();
      table.string('organ');
      table.string('adopted_on').notNullable();
      table.string('meeting');
      table.string('twin');
      table.text('library_url');
      table.index(['symbol']);
      table.index(['twin']);
    });
    await db.schema.createTable('document_recalls', (table) => {
      table.string('parent_id').notNullable();
      table.string('symbol').notNullable();
      table.primary(['parent_id', 'symbol']);
    });
    await db.schema.createTable('document_agendas', (table) => {
      table.string('agenda').notNullable();
      table.string('parent_id').notNullable();
      table.primary(['agenda', 'parent_id']);
      table.index(['parent_id']);
    });
    await words(db, 'document_words');
    await db.schema.createTable('processes', (table) => {
      recordColumns(table, 'processes');
      table.string('process').notNullable();
      table.text('title').notNullable();
      table.string('process_kind').notNullable();
      table.string('country');
      table.integer('generation');
      table.string('status');
      table.string('adopted_on').notNullable();
      table.string('from_date');
      table.string('to_date');
      table.index(['process']);
      table.index(['country']);
    });
    await db.schema.createTable('process_agendas', (table) => {
      table.string('agenda').notNullable();
      table.string('parent_id').notNullable();
      table.primary(['agenda', 'parent_id']);
      table.index(['parent_id']);
    });
    await db.schema.createTable('process_implements', (table) => {
      table.string('symbol').notNullable();
      table.string('parent_id').notNullable();
      table.primary(['symbol', 'parent_id']);
      table.index(['parent_id']);
    });
    await words(db, 'process_words');
    await db.schema.createTable('participations', (table) => {
      recordColumns(table, 'participations');
      table.string('process').notNullable();
      table.string('organisation_key').notNullable();
      table.string('role').notNullable();
      table.string('capacity');
      table.string('for_network_key');
      table.string('stage');
      table.string('from_date').notNullable();
      table.string('to_date');
      table.integer('named_in_own_right');
      table.index(['process', 'from_date', 'id']);
      table.index(['organisation_key', 'from_date', 'id']);
    });
  },
};

export const MIGRATIONS: readonly Migration[] = [
  bodiesMigration,
  policy,
  questions,
  followedFacts('0004-facts'),
];
