import { existsSync } from 'node:fs';
import { type Graph, openGraph } from '../../gateway/graph';
import { copyDatabase, countsOf } from '../../subgraphs/shared/copy';
import type { TableHash } from '../../subgraphs/shared/table-hash';
import { databaseAt, inWrite, isPostgres } from '../../subgraphs/shared/db';
import type { Subgraph } from '../../subgraphs/shared/subgraph';
import { pinSnapshot } from '../../subgraphs/shared/tables';

/** The order in which whoever writes to several databases takes them; see `beginWrite`. */
const ORDER = ['funding', 'organisations', 'networks', 'policy'];

const inOrder = ({ subgraphs }: Graph): Subgraph[] =>
  [...subgraphs].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));

/** A place without what nobody should read over a shoulder. */
const nameOf = (place: string): string => {
  if (!isPostgres(place)) return place;
  const { host, pathname, searchParams } = new URL(place);
  const prefix = searchParams.get('prefix');
  return `${host}${pathname}${prefix === null ? '' : ` (${prefix}…)`}`;
};

/** Refuses what would be lost, and what is not there. */
const check = async (from: string, to: string, target: Graph, replace: boolean): Promise<void> => {
  if (replace) return;
  // What migrations bring along is nothing that anybody put there.
  const untouched = await openGraph(null);
  try {
    for (const { name, db } of target.subgraphs) {
      const fresh = untouched.subgraphs.find((subgraph) => subgraph.name === name);
      const expected = fresh ? await countsOf(fresh.db) : new Map<string, number>();
      for (const [table, rows] of await countsOf(db)) {
        if (rows > (expected.get(table) ?? 0))
          throw new Error(
            `${nameOf(to)} is not empty: ${name}.${table} has ${rows} rows. --replace lets ${nameOf(from)} take its place.`,
          );
      }
    }
  } finally {
    await untouched.close();
  }
};

/** What was copied, by subgraph. */
export type Copied = { subgraph: string; tables: TableHash[] }[];

/**
 * Makes one open installation the same as another, as of one moment, while others read and write the
 * original: in constant memory, read back and compared by rows and hashes. Each subgraph is copied as a
 * whole or not at all.
 * @param say told of each subgraph that is done.
 * @throws CopyDiffers
 */
export const copyGraph = async (
  source: Graph,
  target: Graph,
  say: (words: string) => void = () => undefined,
): Promise<Copied> => {
  const snapshots = await source.together(() =>
    Promise.all(
      inOrder(source).map(async ({ name, db }) => ({ name, read: await pinSnapshot(db) })),
    ),
  );
  try {
    return await target.exclusively(async () => {
      const copied: Copied = [];
      for (const { name, read } of snapshots) {
        const into = target.subgraphs.find((subgraph) => subgraph.name === name)?.db;
        if (!into) continue;
        const tables = await inWrite(into, (write) => copyDatabase(read, write));
        copied.push({ subgraph: name, tables });
        const rows = tables.reduce((sum, table) => sum + table.rows, 0);
        say(
          `${name}: ${rows.toLocaleString('en')} rows in ${tables.length} tables, and the same there.`,
        );
      }
      return copied;
    });
  } finally {
    await Promise.all(snapshots.map(({ read }) => read.rollback()));
  }
};

/**
 * Copies an installation to another place, on whichever database each is; see {@link copyGraph}.
 * @param from a folder or `postgres://…`, as {@link openGraph} takes them.
 * @param replace whether to empty what is there; otherwise a place with rows in it is refused.
 * @param say told of each subgraph that is done.
 * @throws CopyDiffers, DatabaseUnavailable, Error
 */
export const copyDatabases = async (
  from: string,
  to: string,
  { replace = false, say }: { replace?: boolean; say?: (words: string) => void } = {},
): Promise<Copied> => {
  if (databaseAt(from, 'x') === databaseAt(to, 'x'))
    throw new Error(`${nameOf(from)} cannot be copied onto itself.`);
  if (!isPostgres(from) && !existsSync(databaseAt(from, 'organisations')))
    throw new Error(`There are no databases in ${from}.`);
  const [source, target] = [await openGraph(from), await openGraph(to)];
  try {
    await check(from, to, target, replace);
    return await copyGraph(source, target, say);
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
};
