import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { chunksOf } from './db';
import type { RecordTable } from './records';

/** What a table holds of a source. */
export interface Holding {
  table: string;
  records: number;
  /** The SHA-256 of the records' ids and hashes in order, by which they can be told from others. */
  hash: string;
}

const AT_ONCE = 1000;

interface Held {
  id: string;
  hash: string;
}

/** The records of a source in a table, in the order of their ids, some at a time. */
async function* heldOf(db: Knex, sourceId: string, table: string): AsyncGenerator<Held[]> {
  for (let last = ''; ;) {
    const rows = (await db(table)
      .select('id', 'hash')
      .where('source_id', sourceId)
      .where('id', '>', last)
      .orderBy('id')
      .limit(AT_ONCE)) as Held[];
    if (rows.length > 0) yield rows;
    last = rows.at(-1)?.id ?? '';
    if (rows.length < AT_ONCE) return;
  }
}

/** What tables hold of a source, withdrawn records included; nothing of tables that hold none. */
export const holdingsOf = async (
  db: Knex,
  sourceId: string,
  tables: readonly RecordTable[],
): Promise<Holding[]> => {
  const holdings: Holding[] = [];
  for (const { name } of tables) {
    const sum = createHash('sha256');
    let records = 0;
    for await (const rows of heldOf(db, sourceId, name)) {
      records += rows.length;
      for (const { id, hash } of rows) sum.update(`${id} ${hash}\n`);
    }
    if (records > 0) holdings.push({ table: name, records, hash: sum.digest('hex') });
  }
  return holdings;
};

/**
 * Deletes every record of a source that is withdrawn, with its children. Whoever follows the tables must
 * have seen the withdrawal before: of what is gone nobody is told.
 */
export const eraseWithdrawn = async (
  trx: Knex,
  sourceId: string,
  tables: readonly RecordTable[],
): Promise<void> => {
  for (const { name, children = [] } of tables) {
    const ids = (
      (await trx(name)
        .select('id')
        .where('source_id', sourceId)
        .whereNotNull('withdrawn_at')) as Pick<Held, 'id'>[]
    ).map(({ id }) => id);
    for (const some of chunksOf(ids, AT_ONCE)) {
      for (const child of children) await trx(child).whereIn('parent_id', some).delete();
      await trx(name).whereIn('id', some).delete();
    }
  }
};
