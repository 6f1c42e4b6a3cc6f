import type { Knex } from 'knex';
import { dialectOf, insertMany, tablesOf } from './db';
import { storable } from './db/text';
import { createTableHash, type TableHash, type TableRow } from './table-hash';

/** A copy that is not what it is a copy of; nothing of it was kept. */
export class CopyDiffers extends Error {
  constructor(table: string, from: TableHash | undefined, to: TableHash | undefined) {
    const words = (content: TableHash | undefined) =>
      content ? `${content.rows} rows with hash ${content.hash}` : 'no such table';
    super(`The copy of ${table} differs: ${words(from)}, but copied ${words(to)}.`);
    this.name = 'CopyDiffers';
  }
}

/** All of a row, its columns by name. */
const textOf = (row: TableRow): string =>
  JSON.stringify(
    Object.keys(row)
      .sort()
      .map((name) => [name, storable(row[name])]),
  );

const contentIn = async (trx: Knex, table: string): Promise<TableHash> => {
  const sum = createTableHash(table, textOf);
  for await (const some of dialectOf(trx).rowsOf(trx, table)) sum.add(some);
  return sum.result();
};

/** What each table of a database holds. Reads all of it, in constant memory. */
export const contentsOf = async (trx: Knex): Promise<TableHash[]> => {
  const contents: TableHash[] = [];
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
export const copyDatabase = async (from: Knex, to: Knex): Promise<TableHash[]> => {
  const tables = await tablesOf(from);
  const contents: TableHash[] = [];
  for (const table of tables) {
    await to(table).delete();
    const sum = createTableHash(table, textOf);
    for await (const some of dialectOf(from).rowsOf(from, table)) {
      sum.add(some);
      await insertMany(to, table, some);
    }
    contents.push(sum.result());
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
