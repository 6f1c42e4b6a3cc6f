import fc from 'fast-check';
import type { Graph } from '../../../gateway/graph';
import { importReference } from '../../../scripts/import/reference/import';
import { importStatements } from '../../../scripts/import/statements/import';
import { runImport } from '../../../scripts/import/run';
import { openTestGraph } from '../../support/databases';
import { openGateway, type TestGateway } from '../../support/gateway';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';

const OUTCOMES = ['NETWORK', 'INTERMEDIARY', 'HYBRID', 'NEITHER', 'INSUFFICIENT_EVIDENCE'];
const BODIES = ['XX-1-A', 'XX-1-B', 'XX-1-C', 'XX-1-D', 'XX-1-N', 'XX-1-M'];
/** Within the standing period, whatever the day of the run. */
const LATELY = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
const [YEAR = '', MONTH = ''] = LATELY.split('-');

let graph: Graph;
let gateway: TestGateway;
const open = async () => {
  graph = await openTestGraph();
  gateway = await openGateway(graph);
  const rate = { currency_id: 'USD', year: Number(YEAR), month: Number(MONTH), value: 0.75 };
  await importReference(
    graph,
    'rates',
    inputOf(JSON.stringify([rate]), 'https://r.example/r.json'),
  );
};
const close = async () => {
  await gateway.close();
  await graph.close();
};

const statements = (records: readonly object[], source = 'said') => [
  inputOf(
    [
      {
        kind: 'source',
        id: source,
        title: 'What was said',
        publisherName: 'Somebody',
        licence: 'CC0',
        retrievedAt: '2026-01-01',
      },
      ...records,
    ]
      .map((record) => JSON.stringify(record))
      .join('\n'),
    `${source}.jsonl`,
  ),
];
const membership = (member: string, network: string, more = {}) => ({
  kind: 'membership',
  member,
  memberName: `Body ${member}`,
  network,
  networkName: `Body ${network}`,
  ...more,
});
const assembly = (network: string, more = {}) => ({
  kind: 'governing-body',
  id: `assembly of ${network}`,
  network,
  networkName: `Body ${network}`,
  title: 'Assembly',
  bodyKind: 'GENERAL_ASSEMBLY',
  composedByMembers: true,
  ...more,
});
/** @param named who is said to implement what is paid for. */
const pays = (provider: string, receiver: string, value: number, named?: string) =>
  anActivity(
    `${provider}-${receiver}`,
    provider,
    (named === undefined ? '' : `<participating-org role="4" ref="${named}"/>`) +
      aTransaction('3', String(value), `<receiver-org ref="${receiver}"/>`, LATELY),
  );
const hosts = (host: string, hosted: string, more = {}) => ({
  kind: 'host-arrangement',
  id: `${host} hosts ${hosted}`,
  host,
  hostName: `Body ${host}`,
  hosted,
  hostedName: `Body ${hosted}`,
  form: 'FISCAL_HOST',
  ...more,
});

/** What is kept of outcomes, and what working everything out anew gives instead. */
const kept = async () =>
  (await graph.funding.db('outcomes').orderBy(['body_id', 'tier_from'])) as object[];
const anew = async () => {
  await graph.funding.db('outcomes_state').update({ stale: 1 });
  await graph.funding.write.refreshOutcomes();
  return kept();
};

describe('outcomes that are worked out beforehand', () => {
  beforeEach(open);
  afterEach(close);

  const NETWORK = [
    ...['XX-1-A', 'XX-1-B', 'XX-1-C'].map((member) => membership(member, 'XX-1-N')),
    assembly('XX-1-N'),
  ];

  it('filter lists and are counted, as each body’s own classification says', async () => {
    await importStatements(
      graph,
      statements([
        ...NETWORK,
        ...['XX-1-A', 'XX-1-B'].map((member) => membership(member, 'XX-1-M')),
        membership('XX-1-D', 'XX-1-M', { visibility: 'DONOR' }),
        assembly('XX-1-M'),
        {
          kind: 'organisation',
          organisation: 'XX-1-X',
          organisationName: 'Hidden',
          visibility: 'PARTNER',
        },
      ]),
    );
    await importXml(
      graph,
      activityFile(pays('XX-1-D', 'XX-1-N', 100), pays('XX-1-N', 'XX-1-E', 50)),
    );
    await graph.follow();
    for (const tier of [0, 1, 2, 3]) {
      const asked = await openGateway(graph, tier);
      const { organisations, outcomeCounts } = (await asked.dataOf(
        `{ organisations { totalCount nodes { id classification { outcome } } } outcomeCounts { outcome organisations } }`,
      )) as {
        organisations: {
          totalCount: number;
          nodes: { id: string; classification: { outcome: string } }[];
        };
        outcomeCounts: { outcome: string; organisations: number }[];
      };
      expect(organisations.totalCount).toBe(tier === 0 ? 7 : 8);
      for (const outcome of OUTCOMES) {
        const expected = organisations.nodes
          .filter(({ classification }) => classification.outcome === outcome)
          .map(({ id }) => id);
        const found = (await asked.dataOf(
          `{ organisations(filter: { outcomes: [${outcome}] }) { totalCount nodes { id } } }`,
        )) as { organisations: { totalCount: number; nodes: { id: string }[] } };
        expect([outcome, tier, found.organisations.nodes.map(({ id }) => id)]).toEqual([
          outcome,
          tier,
          expected,
        ]);
        expect(outcomeCounts).toContainEqual({ outcome, organisations: expected.length });
      }
      const { networks } = (await asked.dataOf(
        '{ networks(filter: { outcomes: [NETWORK, HYBRID] }) { nodes { id } } }',
      )) as { networks: { nodes: { id: string }[] } };
      // With its third member hidden, the other is not known to be a network.
      expect(networks.nodes.map(({ id }) => id).sort()).toEqual(
        tier < 2 ? ['XX-1-N'] : ['XX-1-M', 'XX-1-N'],
      );
      await asked.close();
    }
  });

  it('show on the next query after an import has ended', async () => {
    const networks = async () =>
      (
        (await gateway.dataOf(
          '{ organisations(filter: { outcomes: [NETWORK, HYBRID] }) { nodes { id } } }',
        )) as {
          organisations: { nodes: { id: string }[] };
        }
      ).organisations.nodes.map(({ id }) => id);
    const run = (kind: string, work: () => ReturnType<typeof importStatements>) =>
      runImport(graph, { kind, file: kind, sourceId: kind, work });
    await run('statements', () => importStatements(graph, statements(NETWORK)));
    expect(await networks()).toEqual(['XX-1-N']);
    const outcome = async () =>
      (
        (await gateway.dataOf(
          '{ organisation(id: "XX-1-N") { classification { outcome flags } } }',
        )) as {
          organisation: { classification: object };
        }
      ).organisation.classification;
    expect(await outcome()).toEqual({ outcome: 'NETWORK', flags: ['PROVISIONAL'] });
    await run('iati', () =>
      importXml(
        graph,
        activityFile(pays('XX-1-D', 'XX-1-N', 100), pays('XX-1-N', 'XX-1-E', 50)),
        'money',
      ),
    );
    expect(await outcome()).toEqual({ outcome: 'HYBRID', flags: [] });
    expect(await kept()).toMatchObject([{ body_id: 'XX-1-N', outcome: 'HYBRID', flags: '[]' }]);
    await run('statements', () => importStatements(graph, statements(NETWORK.slice(1))));
    expect(await networks()).toEqual([]);
  });

  it('work out only what an import touched, and the networks above it', async () => {
    await importStatements(
      graph,
      statements([...NETWORK, membership('XX-1-N', 'XX-1-M'), membership('XX-1-Y', 'XX-1-Z')]),
    );
    await graph.follow();
    const worked: string[] = [];
    const { db } = graph.funding;
    const note = ({ sql, bindings }: { sql: string; bindings?: unknown[] }) => {
      if (/^select \* from .outcomes. where .body_id. (in|= any)/.test(sql))
        // The ids of the bodies are one binding: a list, or on SQLite the JSON of one.
        for (const binding of bindings ?? [])
          worked.push(
            ...((typeof binding === 'string' ? JSON.parse(binding) : binding) as string[]),
          );
    };
    db.on('query', note);
    await importStatements(graph, statements([membership('XX-1-K', 'XX-1-N')], 'other'));
    await graph.follow();
    db.removeListener('query', note);
    expect([...new Set(worked)].sort()).toEqual(['XX-1-K', 'XX-1-M', 'XX-1-N']);
    worked.length = 0;
    await graph.follow();
    expect(worked).toEqual([]);
  });
});

describe('outcomes that hang on hosts', () => {
  beforeEach(open);
  afterEach(close);

  it('change with an arrangement, and with who a record says implements what is paid for', async () => {
    const said = [
      assembly('XX-1-N', { composedByMembers: false }),
      assembly('XX-1-M', { composedByMembers: false }),
    ];
    const outcomes = async () => {
      await graph.follow();
      const found = (await kept()) as { body_id: string; outcome: string }[];
      expect(found).toEqual(await anew());
      return found.map(({ body_id, outcome }) => `${body_id} ${outcome}`);
    };
    const money = (named?: string) =>
      importXml(
        graph,
        activityFile(
          pays('XX-1-D', 'XX-1-N', 100, named),
          pays('XX-1-N', 'XX-1-E', 90, named),
          pays('XX-1-E', 'XX-1-N', 5).replace('XX-1-E-XX-1-N', 'own'),
          pays('XX-1-N', 'XX-1-N', 1).replace('XX-1-N-XX-1-N', 'own-2'),
        ),
        'money',
      );
    await importStatements(graph, statements(said));
    await money('XX-1-M');
    expect(await outcomes()).toEqual(['XX-1-N INTERMEDIARY']);
    await importStatements(graph, statements([hosts('XX-1-N', 'XX-1-M')], 'hosting'));
    expect(await outcomes()).toEqual(['XX-1-M INTERMEDIARY', 'XX-1-N NEITHER']);
    await money();
    expect(await outcomes()).toEqual(['XX-1-M INSUFFICIENT_EVIDENCE', 'XX-1-N INTERMEDIARY']);
    await money('XX-1-M');
    expect(await outcomes()).toEqual(['XX-1-M INTERMEDIARY', 'XX-1-N NEITHER']);
    await importStatements(
      graph,
      statements([hosts('XX-1-N', 'XX-1-M', { visibility: 'DONOR' })], 'hosting'),
    );
    expect(await outcomes()).toEqual([
      'XX-1-M INTERMEDIARY',
      'XX-1-N INTERMEDIARY',
      'XX-1-N NEITHER',
    ]);
    await importStatements(graph, statements([], 'hosting'));
    expect(await outcomes()).toEqual(['XX-1-N INTERMEDIARY']);
  });
});

describe('working out what changed', () => {
  const body = fc.constantFrom(...BODIES);
  const visibility = fc.constantFrom(undefined, undefined, 'PARTNER', 'STEWARD');
  const said = fc.record({
    source: fc.constantFrom('one', 'two'),
    records: fc.array(
      fc.oneof(
        fc
          .tuple(body, body, visibility)
          .map(([member, network, visible]) =>
            membership(member, network, visible && { visibility: visible }),
          ),
        fc
          .tuple(body, fc.constantFrom(true, false), visibility)
          .map(([network, composedByMembers, visible]) =>
            assembly(network, { composedByMembers, ...(visible && { visibility: visible }) }),
          ),
        fc
          .tuple(body, body, visibility)
          .map(([host, hosted, visible]) =>
            hosts(host, hosted, visible && { visibility: visible }),
          ),
        // Two names of one body, or of two: joined by one source, apart without it.
        fc.tuple(body, body).map(([one, other]) => ({
          kind: 'organisation',
          organisation: one,
          organisationName: `Body ${one}`,
          identifiers: [one, other],
        })),
      ),
      { maxLength: 8 },
    ),
  });
  const paid = fc.record({
    source: fc.constantFrom('money', 'more'),
    flows: fc.array(
      fc.tuple(body, body, fc.integer({ min: 1, max: 99 }), fc.constantFrom(undefined, ...BODIES)),
      { maxLength: 6 },
    ),
  });

  it('ends as working everything out does, after any editions in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(said, paid), { minLength: 1, maxLength: 6 }),
        async (steps) => {
          await open();
          try {
            for (const step of steps) {
              if ('records' in step) {
                const distinct = new Map(
                  step.records.map((record) => [JSON.stringify(record), record]),
                );
                await importStatements(graph, statements([...distinct.values()], step.source));
              } else
                await importXml(
                  graph,
                  activityFile(
                    ...step.flows.map(([from, to, value, named], n) =>
                      pays(from, to, value, named).replace(
                        '<iati-identifier>',
                        `<iati-identifier>${n}-`,
                      ),
                    ),
                  ),
                  step.source,
                );
              await graph.follow();
              const one = await kept();
              expect(one).toEqual(await anew());
            }
          } finally {
            await close();
          }
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);
});
