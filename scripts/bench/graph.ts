import { pino } from 'pino';
import { DEFAULT_LIMITS } from '../../gateway/config';
import { openGraph } from '../../gateway/graph';
import { createServer } from '../../gateway/server';
import { settle } from '../../subgraphs/shared/db';
import { createFictionalWorld } from '../builtin/fictional/world';
import { loadFictionalWorld } from '../builtin/load';
import { line, medianOf, peakMemory, timed } from './measure';

const ROUNDS = 21;
const MOST_TIMES = 1.5;
const MOST_TIMES_SQLITE = 3;
/** Flows in one neighbourhood of the seeded world, paid in four parts; the figure measured is printed. */
const FLOWS_OF_A_NEIGHBOURHOOD = 267;

/** What a page about fifty bodies asks for, of all four subgraphs. */
export const DASHBOARD = `query Dashboard {
  organisations(first: 50, orderBy: ID_ASC) { totalCount nodes {
    id name country { name }
    network { members(first: 5) { totalCount nodes { member { name } } } }
    flowsIn(first: 10) { totalCount nodes { date kind amount { amount currency } provider { name } activity { title } } }
    flowsOut(first: 10) { totalCount nodes { date kind amount { amount currency } receiver { name } } }
    participations(first: 5) { totalCount nodes { role process { title implements { symbol } } } }
  } }
}`;

/** What one size of the world cost. */
export interface GraphFigures {
  flows: number;
  /** Milliseconds, the median. */
  ms: number;
  /** Statements of SQL that one answer took. */
  queries: number;
  /** Megabytes at the most, of the process that only asks. */
  memory: number;
}

/** Makes the databases of the seeded world with about so many flows, in a place as `openGraph` takes it. */
export const loadWorld = async (place: string, flows: number): Promise<void> => {
  const graph = await openGraph(place);
  const neighbourhoods = Math.round(flows / FLOWS_OF_A_NEIGHBOURHOOD);
  await loadFictionalWorld(graph, createFictionalWorld({ neighbourhoods }));
  await Promise.all(graph.subgraphs.map(({ db }) => settle(db)));
  await graph.close();
};

/** Asks the dashboard's query of the databases in a place. */
export const askWorld = async (place: string): Promise<GraphFigures> => {
  let queries = 0;
  const graph = await openGraph(place, () => (queries += 1));
  const server = await createServer({
    config: { http: { port: 0, host: '127.0.0.1' }, limits: DEFAULT_LIMITS },
    subgraphs: graph.subgraphs,
    viewerFor: () => graph.viewerOf(0),
    log: pino({ level: 'silent' }),
  });
  const ask = async (query: string) => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query },
    });
    const { data, errors } = answer.json<{ data: Record<string, unknown>; errors?: unknown[] }>();
    if (errors) throw new Error(JSON.stringify(errors[0]));
    return data;
  };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    queries = 0;
    times.push((await timed(() => ask(DASHBOARD))).ms);
  }
  const asked = queries;
  const { flows: list } = (await ask('{ flows { totalCount } }')) as {
    flows: { totalCount: number };
  };
  await server.close();
  await graph.close();
  return {
    flows: list.totalCount,
    ms: medianOf(times),
    queries: asked,
    memory: peakMemory(),
  };
};

/** The report over two sizes of a database, the second about ten times the first. */
export const reportGraph = (database: string, few: GraphFigures, many: GraphFigures): string =>
  [
    `graph on ${database}: 50 organisations with network, flows and participations, median of ${ROUNDS}\n`,
    ...[few, many].map(({ flows, ms, queries, memory }) =>
      line(
        `${flows.toLocaleString('en')} flows`,
        `${ms.toFixed(1)} ms, ${queries} queries, ${memory.toFixed(0)} MB`,
      ),
    ),
    line(
      `${(many.flows / few.flows).toFixed(1)} times the data, times the time`,
      (many.ms / few.ms).toFixed(2),
      { holds: many.ms / few.ms <= MOST_TIMES, words: `${MOST_TIMES} times` },
    ),
  ].join('');

/** PostgreSQL beside SQLite, of the same size. */
export const reportRatio = (sqlite: GraphFigures, postgres: GraphFigures): string =>
  line('PostgreSQL, times SQLite', (postgres.ms / sqlite.ms).toFixed(2), {
    holds: postgres.ms / sqlite.ms <= MOST_TIMES_SQLITE,
    words: `${MOST_TIMES_SQLITE} times`,
  });
