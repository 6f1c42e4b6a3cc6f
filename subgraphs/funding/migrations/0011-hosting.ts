import type { Knex } from 'knex';
import type { Migration } from '../../shared/db';

/** For whom the hosts on either side of a flow hold or pay its money: follows from records, see write/hosting.store. */
export const hosting: Migration = {
  name: '0011-hosting',
  up: async (db: Knex) => {
    await db.schema.alterTable('flows', (table) => {
      for (const side of ['provider', 'receiver']) {
        /** A key of the hosted body. */
        table.string(`${side}_for_key`);
        table.string(`${side}_for_basis`);
        /** The key of the activity that says so. */
        table.string(`${side}_for_activity`);
        /** Bit n: so for tier n. */
        table.integer(`${side}_for_tiers`).notNullable().defaultTo(0);
        // Most flows have no host.
        table.index([`${side}_for_key`, 'date', 'id'], `flows_by_${side}_for`, {
          predicate: db.whereNotNull(`${side}_for_key`),
        });
      }
    });
    /** Whether it was ever worked out of what this database holds. */
    await db.schema.createTable('hosting_state', (table) => {
      table.integer('resolved').notNullable();
    });
    await db('hosting_state').insert({ resolved: 0 });
  },
};
