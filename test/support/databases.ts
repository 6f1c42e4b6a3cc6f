import { randomBytes } from 'node:crypto';
import { type Graph, openGraph } from '../../gateway/graph';
import { tablesOf } from '../../subgraphs/shared/db';
import type { Subgraph } from '../../subgraphs/shared/subgraph';
import { runOn } from './postgres';

/** Set by jest.config.js in the project that tests on PostgreSQL. */
const POSTGRES = (globalThis as { testPostgres?: string }).testPostgres;

/** Whether this run tests on PostgreSQL; the same tests run on SQLite in another project. */
export const onPostgres = POSTGRES !== undefined;

type Listener = (sql: string, subgraph: string) => void;

const SCHEMAS = ['organisations', 'networks', 'funding', 'policy'];
const prefixes: string[] = [];

/** A place on PostgreSQL that nobody else uses, gone after the tests of the file. */
const postgresPlace = (): string => {
  const prefix = `test_${randomBytes(5).toString('hex')}_`;
  prefixes.push(prefix);
  const url = new URL(POSTGRES ?? '');
  url.searchParams.set('prefix', prefix);
  return url.href;
};

/**
 * A place for databases that are still empty and outlive the graph: what `DATABASE_URL` and
 * `DATA_DIR` say to a program.
 * @param folder where SQLite keeps them; on PostgreSQL, what else a program writes.
 */
export const placeIn = (folder: string): { DATA_DIR: string; DATABASE_URL: string } => ({
  DATA_DIR: folder,
  DATABASE_URL: onPostgres ? postgresPlace() : '',
});

/** What migrations leave in a table, for {@link restore}. */
type Rows = { table: string; rows: object[] }[];

const filledOf = async (subgraph: Subgraph): Promise<string[]> => {
  const some = (await tablesOf(subgraph.db)).map(
    (table) => `select '${table}' as name where exists (select 1 from "${table}")`,
  );
  type Named = { name: string }[];
  const found = (await subgraph.db.raw(some.join(' union all '))) as { rows: Named } | Named;
  return ('rows' in found ? found.rows : found).map(({ name }) => name);
};

const remember = async (subgraph: Subgraph): Promise<Rows> =>
  Promise.all(
    (await filledOf(subgraph)).map(async (table) => ({
      table,
      rows: (await subgraph.db(table)) as object[],
    })),
  );

/** Makes a database as it was after its migrations, which takes less time than another one. */
const restore = async (subgraph: Subgraph, fresh: Rows): Promise<void> => {
  const filled = await filledOf(subgraph);
  if (onPostgres)
    await subgraph.db.raw(
      `truncate ${filled.map((table) => `"${table}"`).join(', ')} restart identity`,
    );
  else for (const table of [...filled, 'sqlite_sequence']) await subgraph.db(table).delete();
  for (const { table, rows } of fresh) await subgraph.db(table).insert(rows);
};

interface Kept {
  graph: Graph;
  fresh: Rows[];
  listener: Listener | undefined;
}
const kept: Kept[] = [];
const idle: Kept[] = [];

const openKept = async (): Promise<Kept> => {
  const found = idle.pop();
  if (found) {
    await Promise.all(
      found.graph.subgraphs.map((subgraph, index) => restore(subgraph, found.fresh[index] ?? [])),
    );
    return found;
  }
  let made: Kept | undefined = undefined as Kept | undefined;
  const graph = await openGraph(onPostgres ? postgresPlace() : null, (sql, subgraph) =>
    made?.listener?.(sql, subgraph),
  );
  made = {
    graph,
    fresh: await Promise.all(graph.subgraphs.map(remember)),
    listener: undefined,
  };
  kept.push(made);
  return made;
};

/**
 * An empty graph on the database that this run tests: in memory on SQLite, else in schemas of its own
 * on PostgreSQL. Every test takes its databases from here, and so runs on both.
 * @param onQuery called with the SQL of each statement.
 */
export const openTestGraph = async (onQuery?: Listener): Promise<Graph> => {
  const taken = await openKept();
  taken.listener = onQuery;
  return {
    ...taken.graph,
    close: async () => {
      taken.listener = undefined;
      idle.push(taken);
    },
  };
};

/** `describe` for what only PostgreSQL does; jest.config.js says loudly if there is none. */
export const describePostgres = onPostgres ? describe : describe.skip;

/** Runs statements on PostgreSQL, outside of any schema of ours. */
export const onServer = (statements: readonly string[]): Promise<void> =>
  runOn(POSTGRES ?? '', statements);

afterAll(async () => {
  await Promise.all(kept.map(({ graph }) => graph.close()));
  if (prefixes.length === 0) return;
  // Sooner than with the whole database, whose every file would first be brought to the disk.
  await onServer(
    prefixes.flatMap((prefix) =>
      SCHEMAS.map((schema) => `drop schema if exists "${prefix}${schema}" cascade`),
    ),
  );
});
