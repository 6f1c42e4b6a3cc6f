import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema } from 'graphql';
import { pino } from 'pino';
import { DEFAULT_LIMITS, readConfig } from '../../../gateway/config';
import { type Graph, openGraph } from '../../../gateway/graph';
import { createServer, type Server } from '../../../gateway/server';
import { loadBuiltins } from '../../../scripts/builtin/load';
import { createQueries } from '../../support/queries';

const SCHEMA = buildSchema(
  readFileSync(path.join(__dirname, '../../../schema/api.graphql'), 'utf8'),
);
const LIMIT = 20_000;

interface Cost {
  estimated: { rows: number; fetches: number; points: number };
  limit: number;
  actual: { rows: number; fetches: number };
}
interface Answer {
  data?: unknown;
  errors?: { message: string; extensions: { code: string; cost?: Record<string, unknown> } }[];
  extensions?: { cost?: Cost };
}

let graph: Graph;
let server: Server;
let statements = 0;
beforeAll(async () => {
  graph = await openGraph(null, () => void (statements += 1));
  await loadBuiltins(graph);
  server = await open();
}, 60_000);
afterAll(async () => {
  await server.close();
  await graph.close();
});

const open = (env: Record<string, string> = {}) =>
  createServer({
    config: {
      http: { port: 0, host: '127.0.0.1' },
      limits: { ...DEFAULT_LIMITS, tokens: 1e5, aliases: 1e4 },
      access: readConfig({ RATE_LIMITS: 'off', COST_LIMITS: `${LIMIT},2,3,4`, ...env }).access,
    },
    subgraphs: graph.subgraphs,
    viewerFor: (tier) => graph.viewerOf(tier),
    log: pino({ level: 'silent' }),
  });

const ask = async (
  query: string,
  { variables, show = true, of = server }: { variables?: object; show?: boolean; of?: Server } = {},
) => {
  const answer = await of.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: show ? { 'x-show-cost': '1' } : {},
    payload: { query, variables },
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.json<Answer>() };
};
const estimateOf = async (query: string, variables?: object): Promise<Cost['estimated']> => {
  const { body } = await ask(query, { ...(variables && { variables }) });
  const cost = body.extensions?.cost;
  if (!cost) throw new Error(JSON.stringify(body.errors));
  return cost.estimated;
};
/** Waits until nothing is asked of the databases but by this. */
const quiet = async () => {
  for (let before = -1; before !== statements - graph.subgraphs.length;) {
    before = statements;
    for (const { db } of graph.subgraphs) await db.raw('select 1');
  }
};
const rowsOf = async (query: string, variables?: object) =>
  (await estimateOf(query, variables)).rows;

describe('the estimate of rows', () => {
  it('counts every object that may come, lists within lists multiplied', async () => {
    // The connection, its nodes, and under each a connection with its edges and their nodes.
    expect(
      await rowsOf(
        '{ organisations(first: 3) { nodes { flowsIn(first: 7) { edges { node { id } } } } } }',
      ),
    ).toBe(1 + 3 + 3 * (1 + 7 + 7));
    expect(await rowsOf('{ organisation(id: "x") { id } }')).toBe(1);
  });

  it('takes the default where no page size is given, and no page as larger than a list gives', async () => {
    expect(await rowsOf('{ flows { nodes { id } } }')).toBe(51);
    // The list itself refuses such a size; what is refused costs no more than the most it would give.
    const { body } = await ask('{ flows(first: 2000000000) { nodes { id } } }');
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('honours variables and their defaults, `@skip` and `@include`', async () => {
    const query =
      'query($n: Int! = 4, $with: Boolean! = false) { flows(first: $n) { nodes { id amount @include(if: $with) { amount } } } }';
    expect(await rowsOf(query)).toBe(5);
    expect(await rowsOf(query, { n: 6 })).toBe(7);
    expect(await rowsOf(query, { n: 6, with: true })).toBe(13);
  });

  it('counts each alias, and fragments where they are spread', async () => {
    expect(
      await rowsOf(
        '{ a: flows(first: 2) { ...f } b: flows(first: 2) { ...f ... on FlowConnection { nodes { id } } } } fragment f on FlowConnection { nodes { id } }',
      ),
    ).toBe(1 + 2 + 1 + 2 + 2);
  });

  it('knows what lists without pages hold', async () => {
    expect(await rowsOf('{ countries { id } }')).toBe(300);
  });
});

describe('a query beyond its tier’s limit', () => {
  const DEAR =
    '{ organisations(first: 500) { nodes { out: flowsOut(first: 100) { nodes { id } } } } }';

  it('is refused before any of it is done, with the figure, the limit and the dearest field', async () => {
    const before = statements;
    const { status, body } = await ask(DEAR);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([
      {
        message: expect.stringContaining('`organisations.nodes.out.nodes`') as string,
        extensions: {
          code: 'COST_EXCEEDED',
          cost: {
            estimated: { rows: 1 + 500 + 500 * 101 },
            limit: LIMIT,
            dearest: { field: 'organisations.nodes.out.nodes', points: 50_000 },
          },
        },
      },
    ]);
    // The state of the bodies is all that was looked up.
    expect(statements - before).toBeLessThanOrEqual(4);
  });

  it('may not hide behind many aliases, nor behind introspection', async () => {
    const many = Array.from({ length: 900 }, (_, n) => `a${n}: flows(first: 1) { totalCount }`);
    expect((await ask(`{ ${many.join(' ')} }`)).body.errors?.[0]?.extensions.code).toBe(
      'COST_EXCEEDED',
    );
    const looks = Array.from({ length: 101 }, (_, n) => `a${n}: __schema { description }`);
    expect((await ask(`{ ${looks.join(' ')} }`)).body.errors?.[0]?.extensions.code).toBe(
      'COST_EXCEEDED',
    );
    const deep =
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }';
    expect((await ask(deep)).body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(
      (await ask('{ __schema { types { name fields { name } } } }')).body.errors,
    ).toBeUndefined();
  });
});

describe('`extensions.cost`', () => {
  it('is there for those who ask', async () => {
    const query =
      '{ flows(first: 2, filter: { sources: ["peacegraph-fictional-iati"] }) { nodes { provider { name } } } }';
    expect((await ask(query)).body.extensions?.cost).toEqual({
      estimated: { rows: 5, fetches: 8, points: 85 },
      limit: LIMIT,
      actual: { rows: 5, fetches: 2 },
    });
    expect((await ask(query, { show: false })).body.extensions).toBeUndefined();
  });
});

describe('of 1,000 random queries that are accepted', () => {
  it('none has more rows or takes more sub-queries or statements than estimated', async () => {
    const bodies = Array.from(
      { length: 61 },
      (_, n) => `PG-FICTIONAL-${String(n + 1).padStart(4, '0')}`,
    );
    const queries = createQueries(
      SCHEMA,
      2250,
      {
        any: bodies,
        sources: ['peacegraph-fictional', 'peacegraph-facts', 'peacegraph-fictional-iati'],
        text: ['peace', 'willow', 'a'],
        countries: ['QM', 'QN', 'KE'],
        currency: ['USD'],
        name: ['Sector', 'CRSChannelCode'],
        symbol: ['S/RES/1325', 'PG/RES/2 (2021)'],
      },
      { least: 1, most: 60 },
    );
    const worst = { rows: 0, fetches: 0 };
    let accepted = 0;
    let used = 0;
    while (accepted < 1000) {
      const query = queries.next();
      const before = statements;
      const { body } = await ask(query);
      const taken = statements - before;
      queries.learn(JSON.stringify(body));
      const cost = body.extensions?.cost;
      // An answer with an error may come before all that was asked for it is done.
      if (body.errors) await quiet();
      if (!cost) continue;
      accepted += 1;
      used += cost.actual.rows;
      const { estimated, actual } = cost;
      const sound =
        actual.rows <= estimated.rows &&
        actual.fetches <= estimated.fetches &&
        taken <= estimated.fetches;
      if (!sound) throw new Error(`${JSON.stringify({ ...cost, taken })} for\n${query}`);
      worst.rows = Math.max(worst.rows, actual.rows / estimated.rows);
      worst.fetches = Math.max(worst.fetches, taken / estimated.fetches);
    }
    // Otherwise the bound would be so wide that it says nothing.
    expect(worst.rows).toBe(1);
    expect(worst.fetches).toBeGreaterThan(0.8);
    expect(used).toBeGreaterThan(20_000);
  }, 300_000);
});
