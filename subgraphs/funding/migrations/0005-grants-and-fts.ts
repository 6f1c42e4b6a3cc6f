import type { Knex } from 'knex';
import type { Migration } from '../../shared/db';

/** What 360Giving and FTS say beyond IATI: of grants, beside activities; of FTS flows, beside flows. */
export const grantsAndFts: Migration = {
  name: '0005-grants-and-fts',
  up: async (db: Knex) => {
    await db.schema.alterTable('activities', (table) => {
      for (const what of ['planned', 'actual'])
        for (const end of ['start', 'end']) table.string(`${what}_${end}`);
      /** As the record gives it; a decimal. */
      table.string('duration_months');
    });
    await db.schema.alterTable('flows', (table) => {
      // FTS reports flows without activities.
      table.setNullable('activity_record');
      table.setNullable('activity_key');
    });
    await db.schema.alterTable('flows', (table) => {
      table.string('regrant_type');
      table.string('boundary');
      table.string('on_boundary');
      /** The US dollars that FTS gives beside whatever currency; two numbers as every amount. */
      table.bigInteger('usd_units');
      table.bigInteger('usd_nanos');
      // Only the flows of one standard have them.
      for (const column of ['regrant_type', 'boundary'])
        table.index([column, 'date', 'id'], `flows_by_${column}`, {
          predicate: db.whereNotNull(column),
        });
    });
    await db.schema.createTable('grants', (table) => {
      table.string('parent_id').primary();
      table.string('regrant_type');
      table.string('applied_for');
      table.string('currency').notNullable();
      table.integer('to_individual').notNullable();
      table.integer('open_call');
      table.string('location_scope');
      table.text('data_source');
    });
    await db.schema.createTable('grant_codes', (table) => {
      table.string('parent_id').notNullable();
      table.integer('position').notNullable();
      table.string('list').notNullable();
      table.string('vocabulary');
      table.text('code');
      table.text('title');
      table.text('url');
      table.primary(['parent_id', 'position']);
    });
    await db.schema.createTable('fts_flows', (table) => {
      table.string('parent_id').primary();
      table.string('fts_id').notNullable();
      table.integer('version');
      table.string('status').notNullable();
      table.string('flow_type');
      table.integer('new_money');
      table.string('contribution_type');
      table.string('method');
      table.string('budget_year');
      table.string('decision_date');
      table.string('first_reported');
      table.string('amount_usd').notNullable();
      table.string('exchange_rate');
      table.text('ref_code');
      table.string('upper_id');
      /** Lists, as JSON. */
      for (const list of ['lower_ids', 'keywords', 'earmarkings', 'reports'])
        table.text(list).notNullable();
      table.index(['fts_id']);
    });
    await db.schema.createTable('fts_objects', (table) => {
      table.string('parent_id').notNullable();
      table.integer('position').notNullable();
      table.string('side').notNullable();
      table.string('type').notNullable();
      table.string('object_id');
      table.string('code');
      table.text('name');
      table.string('behaviour');
      table.text('organisation_types').notNullable();
      table.string('body_key');
      table.string('country');
      table.primary(['parent_id', 'position']);
    });
    // Of a flow and its part either record may say so; the same pair is one link.
    await db.schema.createTable('fts_links', (table) => {
      table.string('parent_id').notNullable();
      table.string('upper_id').notNullable();
      table.string('lower_id').notNullable();
      table.primary(['parent_id', 'upper_id', 'lower_id']);
      table.index(['upper_id', 'lower_id']);
      table.index(['lower_id', 'upper_id']);
    });
  },
};
