import type { Knex } from 'knex';
import type { Migration } from './db';

/** A body as one state of the read model shows it to some tiers. Immutable but for `version_until`. */
export interface BodyRow {
  row_id: number;
  id: string;
  tier_from: number;
  tier_until: number;
  version_from: number;
  version_until: number;
  name: string;
  sort_name: string;
  kind: string;
  legal_form: string;
  country: string | null;
  /** 0 for a body that only withdrawn records name: found by id, absent from lists. */
  listed: number;
  /** A hash of the records behind the row, for its owner to see that nothing changed. */
  digest: string;
  updated_at: string;
}

/** Which body a key means, from one version of the read model until another. */
export interface BodyKeyRow {
  key: string;
  id: string;
  version_from: number;
  version_until: number;
}

/** A theme, constituency, language or region of a body, as {@link tag} writes it. */
export interface BodyTagRow {
  row_id: number;
  tag: string;
}

/** A folded word of a body's names. */
export interface BodyWordRow {
  row_id: number;
  word: string;
}

/** Tags hold several small vocabularies in one indexed column. */
export const tag = (kind: 'theme' | 'constituency' | 'language' | 'region', code: string): string =>
  `${kind}:${code}`;

/** The language of a code with more to it (BCP 47, section 2.2.1): `pt` of `pt-BR`. */
export const primaryLanguage = (code: string): string => code.split('-')[0]?.toLowerCase() ?? '';

/** The tables of the read model of bodies, the same in its owner's database and in each follower's. */
export const bodiesMigration: Migration = {
  name: '0001-bodies',
  up: async (db: Knex) => {
    await db.schema.createTable('bodies', (table) => {
      table.integer('row_id').primary();
      table.string('id').notNullable();
      table.integer('tier_from').notNullable();
      table.integer('tier_until').notNullable();
      table.integer('version_from').notNullable();
      table.integer('version_until').notNullable();
      table.text('name').notNullable();
      table.text('sort_name').notNullable();
      table.string('kind').notNullable();
      table.string('legal_form').notNullable();
      table.string('country');
      table.integer('listed').notNullable();
      table.string('digest').notNullable();
      table.string('updated_at').notNullable();
      table.index(['id']);
      table.index(['sort_name', 'id']);
      table.index(['country', 'id']);
      table.index(['updated_at', 'id']);
      table.index(['version_from']);
      table.index(['version_until']);
    });
    await db.schema.createTable('body_keys', (table) => {
      table.string('key').notNullable();
      table.string('id').notNullable();
      table.integer('version_from').notNullable();
      table.integer('version_until').notNullable();
      table.primary(['key', 'version_from']);
      table.index(['id']);
      table.index(['version_from']);
      table.index(['version_until']);
    });
    await db.schema.createTable('body_tags', (table) => {
      table.string('tag').notNullable();
      table.integer('row_id').notNullable();
      table.primary(['tag', 'row_id']);
      table.index(['row_id']);
    });
    await db.schema.createTable('body_words', (table) => {
      table.string('word').notNullable();
      table.integer('row_id').notNullable();
      table.primary(['word', 'row_id']);
      table.index(['row_id']);
    });
    await db.schema.createTable('bodies_state', (table) => {
      table.integer('version').notNullable();
    });
    await db('bodies_state').insert({ version: 0 });
  },
};
