import type { Knex } from 'knex';
import { bodiesMigration } from '../../shared/bodies-tables';
import type { Migration } from '../../shared/db';
import { publishedFacts } from '../../shared/facts';
import { followedOutcomes } from '../../shared/outcomes';
import { recordColumns } from '../../shared/records';

const organisations: Migration = {
  name: '0002-organisations',
  up: async (db: Knex) => {
    await db.schema.createTable('organisation_records', (table) => {
      recordColumns(table, 'organisation_records');
      table.string('key').notNullable();
      table.text('name');
      table.text('aliases').notNullable();
      table.text('identifiers').notNullable();
      table.string('kind').notNullable();
      table.string('legal_form').notNullable();
      table.string('country');
      table.text('city');
      table.string('founded');
      table.string('dissolved');
      table.text('themes').notNullable();
      table.text('constituencies').notNullable();
      table.integer('authority').notNullable();
      table.index(['key']);
    });
    await db.schema.createTable('identity_links', (table) => {
      table.string('parent_id').notNullable();
      table.string('key').notNullable();
      table.string('same_as').notNullable();
      table.primary(['parent_id', 'key', 'same_as']);
    });
    await db.schema.createTable('self_statements', (table) => {
      recordColumns(table, 'self_statements');
      table.string('key').notNullable();
      table.string('topic').notNullable();
      table.string('declared_modality');
      table.text('text').notNullable();
      table.string('lang');
      table.string('stated_on');
      table.integer('self_made').notNullable();
      table.index(['key']);
    });
    await db.schema.createTable('host_arrangements', (table) => {
      recordColumns(table, 'host_arrangements');
      table.string('host_key').notNullable();
      table.string('hosted_key').notNullable();
      table.string('form').notNullable();
      table.string('fee_percent');
      table.string('from_date');
      table.string('to_date');
      table.index(['host_key']);
      table.index(['hosted_key']);
    });
  },
};

const sources: Migration = {
  name: '0003-sources',
  up: async (db: Knex) => {
    await db.schema.createTable('sources', (table) => {
      table.string('id').primary();
      table.text('title').notNullable();
      table.string('publisher_key');
      table.text('publisher_name');
      table.text('licence').notNullable();
      table.text('attribution');
      table.text('url');
      table.integer('fictional').notNullable();
      table.integer('tier').notNullable();
      table.string('retrieved_at').notNullable();
      table.string('updated_at').notNullable();
    });
    await db.schema.createTable('import_runs', (table) => {
      table.increments('id');
      table.string('kind').notNullable();
      table.text('file').notNullable();
      table.string('source_id').notNullable();
      table.string('started_at').notNullable();
      table.string('ended_at').notNullable();
      table.text('report').notNullable();
    });
  },
};

const reference: Migration = {
  name: '0004-reference',
  up: async (db: Knex) => {
    await db.schema.createTable('codelists', (table) => {
      table.string('name').primary();
      table.text('title');
      table.text('url');
      table.string('category_codelist');
      table.string('source_id').notNullable();
    });
    await db.schema.createTable('codelist_items', (table) => {
      table.string('codelist').notNullable();
      table.string('code').notNullable();
      table.integer('position').notNullable();
      table.text('name').notNullable();
      table.text('name_fr');
      table.text('description');
      table.string('category');
      table.string('status').notNullable();
      table.primary(['codelist', 'code']);
    });
    await db.schema.createTable('registers', (table) => {
      table.string('code').primary();
      table.text('name').notNullable();
      table.text('url');
      table.integer('deprecated').notNullable();
      table.text('former_prefixes').notNullable();
      table.string('source_id').notNullable();
    });
    await db.schema.createTable('countries', (table) => {
      table.string('code').primary();
      table.string('iso3');
      table.string('m49');
      table.text('name').notNullable();
      table.text('name_fr');
      table.text('regions').notNullable();
      table.string('source_id').notNullable();
    });
    await db.schema.createTable('regions', (table) => {
      table.string('code').primary();
      table.text('name').notNullable();
      table.text('name_fr');
      table.string('parent');
      table.string('source_id').notNullable();
    });
  },
};

const figures: Migration = {
  name: '0006-figures',
  up: async (db: Knex) => {
    await db.schema.createTable('annual_figures', (table) => {
      recordColumns(table, 'annual_figures');
      table.string('key').notNullable();
      table.string('year').notNullable();
      table.string('currency');
      table.string('income');
      table.string('secretariat_budget');
      table.integer('requests');
      table.integer('requests_met');
      table.integer('published_in').notNullable();
      table.index(['key']);
      table.index(['published_in'], 'annual_figures_by_published');
    });
    await db.schema.createTable('un_accesses', (table) => {
      recordColumns(table, 'un_accesses');
      table.string('key').notNullable();
      table.string('place').notNullable();
      table.string('form').notNullable();
      table.string('from_date');
      table.string('to_date');
      table.integer('published_in').notNullable();
      table.index(['key']);
      table.index(['published_in'], 'un_accesses_by_published');
    });
  },
};

/** With all that decides who sees a body, so that counting them reads the index alone. */
const bodiesToCount: Migration = {
  name: '0008-bodies-to-count',
  up: async (db: Knex) => {
    await db.schema.alterTable('bodies', (table) => {
      table.dropIndex(['version_until']);
      // A column that is compared by equality must not come first: SQLite would read pages by it, and sort.
      table.index(
        ['version_until', 'version_from', 'tier_from', 'tier_until', 'listed'],
        'bodies_to_count',
      );
    });
  },
};

const languages: Migration = {
  name: '0009-languages',
  up: async (db: Knex) => {
    await db.schema.alterTable('organisation_records', (table) => {
      table.text('languages').notNullable().defaultTo('[]');
    });
  },
};

export const MIGRATIONS: readonly Migration[] = [
  bodiesMigration,
  organisations,
  sources,
  reference,
  publishedFacts('0005-published-facts', ['self_statements', 'host_arrangements']),
  figures,
  followedOutcomes('0007-outcomes'),
  bodiesToCount,
  languages,
];
