import type { Knex } from 'knex';
import type { Migration } from '../../shared/db';

/** Kinds that the other side reports too, as of this migration. */
const MATCHED_KINDS = [
  'PLEDGE',
  'INCOMING_PLEDGE',
  'COMMITMENT',
  'INCOMING_COMMITMENT',
  'DISBURSEMENT',
  'INCOMING_FUNDS',
];

/** Reports of one transfer as members of one flow. */
export const matching: Migration = {
  name: '0006-matching',
  up: async (db: Knex) => {
    await db.schema.alterTable('flows', (table) => {
      table.string('standard').notNullable().defaultTo('IATI');
      /** The bodies by whose pair reports of one transfer find each other; see write/parties.store. */
      table.string('match_provider_key');
      table.string('match_receiver_key');
      /** Bit n: tier n sees this report as part of a flow that another report leads. */
      table.integer('absorbed').notNullable().defaultTo(0);
      table.index(['activity_record']);
      table.index(['match_provider_key', 'match_receiver_key'], 'flows_by_match', {
        // Kinds that only one side reports match nothing.
        predicate: db.whereNotNull('match_provider_key'),
      });
      for (const side of ['provider', 'receiver']) {
        table.dropIndex([], `flows_by_${side}`);
        table.index(
          [`${side}_key`, 'date', 'id', 'tier', 'withdrawn_at', 'superseded_from', 'absorbed'],
          `flows_by_${side}`,
        );
      }
    });
    await db('flows')
      .whereIn('kind', MATCHED_KINDS)
      .update({
        match_provider_key: db.ref('provider_key'),
        match_receiver_key: db.ref('receiver_key'),
      });
    await db.schema.createTable('flow_members', (table) => {
      table.string('flow_id').notNullable();
      table.string('record_id').notNullable();
      table.string('basis').notNullable();
      table.string('state').notNullable();
      /** Bit n: so for tier n. */
      table.integer('tiers').notNullable();
      table.string('source_id').notNullable();
      table.string('activity_key');
      table.primary(['flow_id', 'record_id', 'basis', 'state']);
      table.index(['record_id']);
      table.index(['source_id', 'flow_id']);
      table.index(['activity_key', 'flow_id']);
    });
    await db.schema.createTable('matching_state', (table) => {
      table.integer('rule_version').notNullable();
    });
    await db('matching_state').insert({ rule_version: 0 });
  },
};
