import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSchema, isObjectType, Kind, parse, print } from 'graphql';
import { pino } from 'pino';
import { DEFAULT_LIMITS, readConfig } from '../../../gateway/config';
import { type Graph, openGraph } from '../../../gateway/graph';
import { createServer, type Server } from '../../../gateway/server';
import { loadBuiltins } from '../../../scripts/builtin/load';
import { inputsOf } from '../../../scripts/import/inputs';
import { importStatements } from '../../../scripts/import/statements/import';
import { createQueries } from '../../support/queries';

const SCHEMA = buildSchema(
  readFileSync(path.join(__dirname, '../../../schema/api.graphql'), 'utf8'),
);
const LIMIT = 20_000;

interface Cost {
  estimated: { rows: number; fetches: number; points: number };
  limit: number;
  actual: { rows: number; fetches: number };
  exceeded?: { field: string; assumed: number; found: number }[];
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

const open = (env: Record<string, string> = {}, of: Graph = graph) =>
  createServer({
    config: {
      http: { port: 0, host: '127.0.0.1' },
      limits: { ...DEFAULT_LIMITS, tokens: 1e5, aliases: 1e4 },
      access: readConfig({ RATE_LIMITS: 'off', COST_LIMITS: `${LIMIT},2,3,4`, ...env }).access,
    },
    subgraphs: of.subgraphs,
    viewerFor: (tier) => of.viewerOf(tier),
    keys: { check: async (text) => ({ status: 'valid', key: aKey(Number(text)) }) },
    log: pino({ level: 'silent' }),
  });

/** A key of a tier. */
const aKey = (tier: number) => ({
  id: `k${tier}`,
  label: '',
  tier,
  owner: null,
  partner: null,
  createdAt: '',
  expiresAt: null,
  revokedAt: null,
});

const ask = async (
  query: string,
  {
    variables,
    show = true,
    of = server,
    tier = 0,
  }: { variables?: object; show?: boolean; of?: Server; tier?: number } = {},
) => {
  const answer = await of.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: {
      ...(show && { 'x-show-cost': '1' }),
      ...(tier > 0 && { 'x-api-key': String(tier) }),
    },
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

  it.each<[string, string, object | undefined, number]>([
    ['a number', '{ organisations(first: 7) { nodes { id } } }', undefined, 7],
    ['the default', '{ organisations { nodes { id } } }', undefined, 50],
    ['a variable', 'query($n: Int!) { organisations(first: $n) { nodes { id } } }', { n: 9 }, 9],
    [
      'a variable’s default',
      'query($n: Int! = 11) { organisations(first: $n) { nodes { id } } }',
      undefined,
      11,
    ],
    [
      'a variable that was not sent',
      'query($n: Int) { organisations(first: $n) { nodes { id } } }',
      undefined,
      50,
    ],
  ])('counts the page that the subgraph is asked for: %s', async (_, query, variables, first) => {
    const { body } = await ask(query, { ...(variables && { variables }) });
    expect(body.extensions?.cost).toMatchObject({
      estimated: { rows: 1 + first },
      actual: { rows: 1 + first },
    });
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

describe('a page', () => {
  const flows = (first: number) => `{ flows(first: ${first}) { nodes { id } } }`;

  it('is refused beyond what its tier may ask for, before any of it is done', async () => {
    const of = await open({ COST_LIMITS: '9999,9999,9999,9999', PAGE_LIMITS: '50,60,70,80' });
    for (const [tier, [name, most]] of Object.entries([
      ['PUBLIC', 50],
      ['PARTNER', 60],
      ['DONOR', 70],
      ['STEWARD', 80],
    ])) {
      expect((await ask(flows(Number(most)), { of, tier: Number(tier) })).body.errors).toBe(
        undefined,
      );
      const before = statements;
      const { status, body } = await ask(flows(Number(most) + 1), { of, tier: Number(tier) });
      expect(status).toBe(400);
      expect(body.errors).toMatchObject([
        {
          message: `\`first\` of \`flows\` is ${Number(most) + 1}; for ${name} it must be 1 to ${most}.`,
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
      expect(statements - before).toBeLessThanOrEqual(4);
    }
    await of.close();
  });

  it.each([-1, 0, 501, 2_000_000_000])(
    'of %d rows is none that anybody may ask for',
    async (first) => {
      for (const query of [
        flows(first),
        `query($n: Int! = ${first}) { organisations { nodes { id flowsIn(first: $n) { nodes { id } } } } }`,
      ])
        expect((await ask(query)).body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    },
  );
});

describe('a list without pages', () => {
  let folder: string;
  let unusual: Graph;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
    unusual = await openGraph(null);
    const said = (body: number, identifiers: number) => ({
      kind: 'organisation',
      organisation: `XX-${body}-0`,
      organisationName: `Body ${body}`,
      identifiers: Array.from({ length: identifiers }, (_, at) => `XX-${body}-${at}`),
    });
    const records = [
      {
        kind: 'source',
        id: 'says',
        title: 'Says',
        publisherName: 'One',
        licence: 'CC0-1.0',
        retrievedAt: '2026-01-01',
      },
      said(0, 25),
      said(1, 1),
    ];
    const file = path.join(folder, 'says.jsonl');
    await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    await importStatements(unusual, await inputsOf([file], ['.jsonl']));
  });
  afterAll(async () => {
    await unusual.close();
    await rm(folder, { recursive: true });
  });
  const QUERY = '{ organisations(first: 2) { nodes { id identifiers { raw } } } }';
  const EXCEEDED = [{ field: 'organisations.nodes.identifiers', assumed: 10, found: 25 }];

  it('states in the schema what it counts as', () => {
    const unstated: string[] = [];
    const supergraph = parse(
      readFileSync(path.join(__dirname, '../../../schema/supergraph.graphql'), 'utf8'),
    );
    for (const definition of supergraph.definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      for (const { name, type, directives } of definition.fields ?? []) {
        const [, item = ''] = /^\[(\w+)/.exec(print(type)) ?? [];
        const sized = directives?.some((one) => one.name.value === 'listSize') ?? false;
        const ofPage =
          definition.name.value.endsWith('Connection') && ['nodes', 'edges'].includes(name.value);
        if (isObjectType(SCHEMA.getType(item)) && !sized && !ofPage)
          unstated.push(`${definition.name.value}.${name.value}`);
      }
    }
    expect(unstated).toEqual([]);
  });

  it('that is longer is named unasked, while the answer as a whole is within its estimate', async () => {
    const of = await open({}, unusual);
    const { status, body } = await ask('{ organisations { nodes { identifiers { raw } } } }', {
      of,
      show: false,
    });
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    expect(body.extensions?.cost).toMatchObject({
      estimated: { rows: 1 + 50 + 500 },
      actual: { rows: 1 + 2 + 26 },
      exceeded: EXCEEDED,
    });
    await of.close();
  });

  it('that takes the answer beyond its estimate takes the rest from the points of the minute', async () => {
    const of = await open({ RATE_LIMITS: '500,500,500,500' }, unusual);
    const left = async (query: string) =>
      /r=(\d+)/.exec(String((await ask(query, { of })).headers.ratelimit))?.[1];
    const [before, after] = [await left(QUERY), await left('{ organisation(id: "none") { id } }')];
    const next = (await ask('{ organisation(id: "none") { id } }')).body.extensions?.cost;
    expect(Number(before) - Number(after)).toBe((next?.estimated.points ?? 0) + (1 + 2 + 26 - 23));
    await of.close();
  });

  it('that takes the answer beyond its tier’s limit has it withheld, with the reason', async () => {
    const { points } = await estimateOf(QUERY);
    const of = await open({ COST_LIMITS: `${points},${points},1,1` }, unusual);
    const { status, body } = await ask(QUERY, { of, show: false });
    expect(status).toBe(400);
    expect(body.data).toBeNull();
    expect(body.errors).toMatchObject([
      {
        message: expect.stringContaining(
          '`organisations.nodes.identifiers` has up to 25, counted as 10',
        ) as string,
        extensions: { code: 'COST_EXCEEDED', cost: { limit: points, exceeded: EXCEEDED } },
      },
    ]);
    await of.close();
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
    expect((await ask(query, { show: false })).body.extensions?.cost).toBeUndefined();
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
