import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { dialectOf, insertMany, tablesOf } from './db';
import { storable } from './db/text';
import type { Value } from './db/types';

/** What a table holds, in whatever order: equal on both databases if its rows are. */
export interface Content {
  table: string;
  rows: number;
  /** The sum of the rows' hashes, 16 bytes in hexadecimal. */
  hash: string;
}

/** A copy that is not what it is a copy of; nothing of it was kept. */
export class CopyDiffers extends Error {
  constructor(table: string, from: Content | undefined, to: Content | undefined) {
    const words = (content: Content | undefined) =>
      content ? `${content.rows} rows with hash ${content.hash}` : 'no such table';
    super(`The copy of ${table} differs: ${words(from)}, but copied ${words(to)}.`);
    this.name = 'CopyDiffers';
  }
}

type Row = Record<string, Value>;

const MODULUS = 1n << 128n;

/** Adds up rows to a {@link Content}; a sum, so that their order is nothing and each one counts. */
const createSum = (table: string) => {
  let rows = 0;
  let sum = 0n;
  return {
    add: (some: readonly Row[]) => {
      rows += some.length;
      for (const row of some) {
        const columns = Object.keys(row)
          .sort()
          .map((name) => [name, storable(row[name])]);
        const digest = createHash('sha256').update(JSON.stringify(columns)).digest();
        sum = (sum + digest.readBigUInt64BE(0) * (1n << 64n) + digest.readBigUInt64BE(8)) % MODULUS;
      }
    },
    content: (): Content => ({ table, rows, hash: sum.toString(16).padStart(32, '0') }),
  };
};

const contentIn = async (trx: Knex, table: string): Promise<Content> => {
  const sum = createSum(table);
  for await (const some of dialectOf(trx).rowsOf(trx, table)) sum.add(some);
  return sum.content();
};

/** What each table of a database holds. Reads all of it, in constant memory. */
export const contentsOf = async (trx: Knex): Promise<Content[]> => {
  const contents: Content[] = [];
  for (const table of await tablesOf(trx)) contents.push(await contentIn(trx, table));
  return contents;
};

/** How many rows each table of a database has. */
export const countsOf = async (db: Knex): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  for (const table of await tablesOf(db)) {
    const [row] = (await db(table).count({ n: '*' })) as { n: number }[];
    counts.set(table, Number(row?.n));
  }
  return counts;
};

/**
 * Makes one database the same as another of the same migrations, each inside a transaction of the
 * caller's: empties all tables, copies all rows, and reads them back to compare.
 * @throws CopyDiffers
 */
export const copyDatabase = async (from: Knex, to: Knex): Promise<Content[]> => {
  const tables = await tablesOf(from);
  const contents: Content[] = [];
  for (const table of tables) {
    await to(table).delete();
    const sum = createSum(table);
    for await (const some of dialectOf(from).rowsOf(from, table)) {
      sum.add(some);
      await insertMany(to, table, some);
    }
    contents.push(sum.content());
  }
  await dialectOf(to).continueNumbers(to);
  const copied = new Map((await contentsOf(to)).map((content) => [content.table, content]));
  for (const table of new Set([...tables, ...copied.keys()])) {
    const original = contents.find((content) => content.table === table);
    const copy = copied.get(table);
    if (original?.hash !== copy?.hash || original?.rows !== copy?.rows)
      throw new CopyDiffers(table, original, copy);
  }
  return contents;
};
