import type { Knex } from 'knex';
import { bodiesMigration } from '../../shared/bodies-tables';
import type { Migration } from '../../shared/db';
import { followedFacts, publishedFacts } from '../../shared/facts';
import { recordColumns } from '../../shared/records';

const memberships: Migration = {
  name: '0002-memberships',
  up: async (db: Knex) => {
    await db.schema.createTable('memberships', (table) => {
      recordColumns(table, 'memberships');
      table.string('member_key').notNullable();
      table.string('network_key').notNullable();
      table.string('role').notNullable();
      table.string('from_date');
      table.string('to_date');
      table.index(['member_key']);
      table.index(['network_key']);
    });
    await db.schema.createTable('governing_bodies', (table) => {
      recordColumns(table, 'governing_bodies');
      table.string('network_key').notNullable();
      table.text('title').notNullable();
      table.string('body_kind');
      table.integer('seat_count');
      table.text('rule');
      table.integer('composed_by_members');
      table.string('from_date');
      table.string('to_date');
      table.index(['network_key']);
    });
    await db.schema.createTable('seats', (table) => {
      recordColumns(table, 'seats');
      /** The id of the governing body's row, whether or not it is there. */
      table.string('governing_body').notNullable();
      table.text('title');
      table.string('holder_key');
      table.string('nominated_by_key');
      table.string('held_for');
      table.string('from_date');
      table.string('to_date');
      table.index(['governing_body']);
    });
  },
};

const convenings: Migration = {
  name: '0003-convenings',
  up: async (db: Knex) => {
    await db.schema.createTable('convenings', (table) => {
      recordColumns(table, 'convenings');
      table.text('title').notNullable();
      table.string('convening_kind').notNullable();
      table.string('country');
      table.text('city');
      table.string('from_date').notNullable();
      table.string('to_date');
      table.text('themes').notNullable();
      table.index(['from_date', 'id']);
    });
    await db.schema.createTable('convening_parties', (table) => {
      table.string('parent_id').notNullable();
      table.integer('position').notNullable();
      table.string('role').notNullable();
      table.string('body_key').notNullable();
      table.primary(['parent_id', 'role', 'position']);
      table.index(['body_key', 'role']);
    });
    await db.schema.createTable('convening_processes', (table) => {
      table.string('parent_id').notNullable();
      table.string('process').notNullable();
      table.primary(['process', 'parent_id']);
      table.index(['parent_id']);
    });
    await db.schema.createTable('convening_words', (table) => {
      table.string('word').notNullable();
      table.string('parent_id').notNullable();
      table.primary(['word', 'parent_id']);
      table.index(['parent_id']);
    });
  },
};

const memberCounts: Migration = {
  name: '0005-member-counts',
  up: async (db: Knex) => {
    await db.schema.createTable('member_counts', (table) => {
      recordColumns(table, 'member_counts');
      table.string('network_key').notNullable();
      table.integer('organisations');
      table.integer('individuals');
      table.string('counted_on');
      table.integer('published_in').notNullable();
      table.index(['network_key']);
      table.index(['published_in'], 'member_counts_by_published');
    });
  },
};

const conveningActivities: Migration = {
  name: '0006-convening-activities',
  up: async (db: Knex) => {
    await db.schema.createTable('convening_activities', (table) => {
      table.string('parent_id').notNullable();
      table.integer('position').notNullable();
      table.text('identifier').notNullable();
      table.primary(['parent_id', 'position']);
    });
  },
};

export const MIGRATIONS: readonly Migration[] = [
  bodiesMigration,
  memberships,
  convenings,
  publishedFacts('0004-published-facts', [
    'memberships',
    'governing_bodies',
    'seats',
    'convenings',
  ]),
  memberCounts,
  conveningActivities,
  followedFacts('0007-facts'),
];
