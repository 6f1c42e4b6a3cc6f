import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Graph } from '../../../gateway/graph';
import { openGateway, type TestGateway } from '../../support/gateway';
import { createQueries, type Pools } from '../../support/queries';
import { createTieredWorld } from '../../support/tiered';

const QUERIES = 1000;
const TIERS = ['PUBLIC', 'PARTNER', 'DONOR', 'STEWARD'];
const WHOLE = 3;
const SCHEMA = buildSchema(
  readFileSync(path.join(__dirname, '../../../schema/api.graphql'), 'utf8'),
);

/** By tier, the graph without what that tier may not see; the last is whole. */
const graphs: Graph[] = [];
/** The graph and tier that answers are given from now. */
let asked: { graph: Graph; tier: number };
/** One gateway over whichever graph is asked, so that no query is planned twice. */
let gateway: TestGateway;
let pools: Pools;

const BODIES = Array.from(
  { length: 61 },
  (_, n) => `PG-FICTIONAL-${String(n + 1).padStart(4, '0')}`,
);

/** Values to ask for; those of hidden rows like any others. */
const readPools = async ({ funding, networks, policy }: Graph): Promise<Pools> => {
  const column = async (db: Graph['funding']['db'], table: string, name = 'id') =>
    ((await db(table).select({ id: name }).orderBy(name).limit(80)) as { id: string }[]).map(
      ({ id }) => id,
    );
  const processes = await column(policy.db, 'processes', 'process');
  const symbols = await column(policy.db, 'documents', 'symbol');
  const ids = [
    ...BODIES,
    ...processes,
    ...(await column(funding.db, 'flows')),
    ...(await column(funding.db, 'activities')),
    ...(await column(networks.db, 'convenings')),
  ];
  return {
    any: BODIES,
    id: ids,
    ids,
    sources: ['peacegraph-fictional', 'peacegraph-fictional-iati', 'rival'],
    exceptSources: ['peacegraph-fictional-iati', 'rival'],
    text: ['rival', 'willow', 'peace', 'grant', 'a', 'fictional'],
    countries: ['QM', 'QN', 'QO', 'QP'],
    themes: ['15220', '15160'],
    currency: ['USD', 'XTS'],
    currencies: ['XTS', 'USD'],
    processes,
    symbols,
    symbol: symbols,
    identifiers: await column(funding.db, 'activities', 'identifier'),
    name: ['Sector', 'TransactionType'],
    rule: ['NI-1/1', 'NI-1/strict'],
    against: ['NI-1/1', 'NI-1/strict'],
  };
};

beforeAll(async () => {
  // Only dates: what is written at one time of the history bears that time in every graph.
  jest.useFakeTimers({
    now: 0,
    doNotFake: [
      'nextTick',
      'setImmediate',
      'clearImmediate',
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'queueMicrotask',
      'performance',
      'hrtime',
    ],
  });
  const open = await createTieredWorld((time) => jest.setSystemTime(new Date(time)));
  for (let tier = 0; tier <= WHOLE; tier += 1) graphs.push(await open(tier));
  const whole = graphs[WHOLE] as Graph;
  pools = await readPools(whole);
  asked = { graph: whole, tier: WHOLE };
  gateway = await openGateway({
    ...whole,
    subgraphs: whole.subgraphs.map((subgraph, index) => ({
      ...subgraph,
      context: (viewer) => asked.graph.subgraphs[index]?.context(viewer) ?? {},
    })),
    viewerOf: () => asked.graph.viewerOf(asked.tier),
  });
}, 120_000);
afterAll(async () => {
  jest.useRealTimers();
  await gateway.close();
  await Promise.all(graphs.map((graph) => graph.close()));
});

const answerOf = async (graph: Graph, tier: number, query: string): Promise<string> => {
  asked = { graph, tier };
  const { body } = await gateway.server.app.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query },
  });
  // The id of a request is its own.
  return body.replace(/"requestId":"[^"]+"/g, '');
};

/** Where two answers part, so that it can be seen in long ones. */
const leak = (query: string, one: string, other: string): string => {
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const around = (answer: string) => answer.slice(Math.max(0, at - 300), at + 300);
  return `Leaks:\n${query}\n… ${around(one)} …\n… ${around(other)} …`;
};

describe('of two graphs that differ in nothing but what a viewer may not see', () => {
  it.each(TIERS.map((name, tier) => [name, tier] as const))(
    '%s gets the same answers, byte for byte, order, counts, cursors and errors included',
    async (_name, tier) => {
      const [part, whole] = [graphs[tier], graphs[WHOLE]];
      if (!part || !whole) throw new Error('There is no such graph.');
      const queries = createQueries(SCHEMA, 1325, pools);
      let rows = 0;
      let refused = 0;
      for (let count = 0; count < QUERIES; count += 1) {
        const query = queries.next();
        const one = await answerOf(part, tier, query);
        const other = await answerOf(whole, tier, query);
        if (one !== other) throw new Error(leak(query, one, other));
        queries.learn(one);
        rows += one.split('{').length;
        refused += Number(one.includes('"errors"'));
      }
      // Answers that are mostly empty, or refusals, would prove nothing.
      expect(rows).toBeGreaterThan(QUERIES * 5);
      expect(refused).toBeLessThan(QUERIES / 4);
    },
    300_000,
  );
});
