import type { Knex } from 'knex';
import { dialectOf } from './db';

/** A transaction that sees the database as it is now, whatever others write until it ends. */
export const pinSnapshot = async (db: Knex): Promise<Knex.Transaction> => {
  const trx = await db.transaction(dialectOf(db).snapshot);
  // A database decides what a transaction sees when it first reads.
  await trx('bodies_state').first();
  return trx;
};

/** What a database finds wrong with its own files; nothing if they are sound. */
export const faultsOf = (db: Knex): Promise<string[]> => dialectOf(db).faults(db);

/** Writes a whole and sound copy of an SQLite database into a new file, as of one moment, while others write. */
export const copyInto = async (db: Knex, file: string): Promise<void> => {
  await db.raw('vacuum into ?', [file]);
};

/** The names of the migrations that a database has been through, in order. */
export const migrationsOf = async (db: Knex): Promise<string[]> =>
  ((await db('knex_migrations').select('name').orderBy('id')) as { name: string }[]).map(
    ({ name }) => name,
  );
