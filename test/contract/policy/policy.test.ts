import type { Graph } from '../../../gateway/graph';
import { normaliseSymbol } from '../../../subgraphs/policy';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { anOrganisation, writeEdition } from '../../support/organisations';
import { aRecord } from '../../support/records';

let graph: Graph;
let statements: string[];

const document = (
  symbol: string,
  more: Record<string, string | null> = {},
  children = {},
  stamp = {},
) =>
  aRecord(
    `document ${symbol}`,
    {
      symbol,
      title: `Title of ${symbol}`,
      organ: 'UNSC',
      adopted_on: '2016-04-27',
      meeting: null,
      twin: null,
      library_url: null,
      ...more,
    },
    {
      children: { document_recalls: [], document_agendas: [], document_words: [], ...children },
      ...stamp,
    },
  );

const nap = (id: string, more: Record<string, string | number | null> = {}, stamp = {}) =>
  aRecord(
    id,
    {
      process: 'NAP-KE-WPS-1',
      title: 'Kenya NAP',
      process_kind: 'NATIONAL_ACTION_PLAN',
      country: 'KE',
      generation: 1,
      status: 'ADOPTED',
      adopted_on: '2016',
      from_date: '2016',
      to_date: '2018',
      ...more,
    },
    {
      children: {
        process_agendas: [{ agenda: 'WPS' }],
        process_implements: [{ symbol: 'S/RES/1325' }],
        process_words: [{ word: 'kenya' }],
      },
      ...stamp,
    },
  );

const participation = (id: string, more: Record<string, string | number | null> = {}, stamp = {}) =>
  aRecord(
    id,
    {
      process: 'NAP-KE-WPS-1',
      organisation_key: 'A',
      role: 'CONSULTED',
      capacity: 'FOR_NETWORK',
      for_network_key: 'WEB',
      stage: 'CONSULTATION',
      from_date: '2015',
      to_date: null,
      named_in_own_right: 0,
      ...more,
    },
    stamp,
  );

const write = async (
  put: (edition: Awaited<ReturnType<Graph['policy']['write']['openEdition']>>) => Promise<void>,
  sourceId = 'src',
) => {
  const edition = await graph.policy.write.openEdition({
    sourceId,
    retrievedAt: '2026-01-01T00:00:00.000Z',
  });
  await put(edition);
  return edition.commit(graph.organisations.write.publish);
};

beforeEach(async () => {
  statements = [];
  graph = await openTestGraph(
    (sql, subgraph) => void (subgraph === 'policy' && statements.push(sql)),
  );
  await writeEdition(graph.organisations, [
    anOrganisation({ key: 'A', identifiers: ['A', 'A-2'] }),
    anOrganisation({ key: 'WEB' }),
  ]);
  await write(async (edition) => {
    await edition.put('documents', [
      document(
        'S/RES/1325',
        { adopted_on: '2000-10-31', title: 'Wömen and peace' },
        { document_agendas: [{ agenda: 'WPS' }], document_words: [{ word: 'women' }] },
      ),
      document(
        'S/RES/2282',
        { twin: 'A/RES/70/262' },
        { document_recalls: [{ symbol: 'S/RES/1325' }, { symbol: 'S/RES/9999' }] },
        { verification: 'VERIFIED' },
      ),
      document('A/RES/70/262', { organ: 'UNGA' }),
    ]);
    await edition.put('processes', [
      nap('one', {}, { verification: 'VERIFIED' }),
      nap('two', { generation: 2, adopted_on: '' }, { verification: 'UNVERIFIED' }),
    ]);
    await edition.put('participations', [
      participation('p1'),
      participation('p2', { organisation_key: 'A-2', stage: 'MONITORING', from_date: '2017' }),
    ]);
  });
});
afterEach(() => graph.close());

const ask = async (query: string, tier = 0) => dataOf(await askSubgraph(graph.policy, query, tier));

it.each([
  ['s/res/2282 (2016)', 'S/RES/2282'],
  ['S/RES/0016 (1947)', 'S/RES/16'],
  ['A/RES/70/262', 'A/RES/70/262'],
  ['3363 (XXX)', '3363(XXX)'],
  ['s/prst/2010/22', 'S/PRST/2010/22'],
])('reads the symbol %s as %s', (raw, expected) => {
  expect(normaliseSymbol(raw)).toBe(expected);
});

describe('documents', () => {
  it('are found however the symbol is written, with twins from either side and what they recall', async () => {
    expect(
      await ask(`{ council: policyDocument(symbol: "s/res/2282 (2016)") { symbol verification twin { symbol } recalls { symbol } }
        assembly: policyDocument(symbol: "A/RES/70/262") { verification twin { symbol } } none: policyDocument(symbol: "S/RES/1") { symbol } }`),
    ).toEqual({
      council: {
        symbol: 'S/RES/2282',
        verification: 'VERIFIED',
        twin: { symbol: 'A/RES/70/262' },
        recalls: [{ symbol: 'S/RES/1325' }],
      },
      assembly: { verification: 'UNVERIFIED', twin: { symbol: 'S/RES/2282' } },
      none: null,
    });
  });

  it('lead to the processes that implement them', async () => {
    expect(
      await ask(
        '{ policyDocument(symbol: "S/RES/1325") { agenda implementedBy { totalCount nodes { id implements { symbol } } } } }',
      ),
    ).toEqual({
      policyDocument: {
        agenda: ['WPS'],
        implementedBy: {
          totalCount: 1,
          nodes: [{ id: 'NAP-KE-WPS-1', implements: [{ symbol: 'S/RES/1325' }] }],
        },
      },
    });
  });

  it.each([
    ['text: "WOMEN"', 1],
    ['symbols: ["s/res/1325 (2000)"]', 1],
    ['agendas: [WPS]', 1],
    ['adopted: { from: "2016-01-01" }', 2],
    ['exceptSources: ["src"]', 0],
  ])('narrow by %s', async (filter, n) => {
    expect(await ask(`{ policyDocuments(filter: { ${filter} }) { totalCount } }`)).toEqual({
      policyDocuments: { totalCount: n },
    });
  });
});

describe('processes', () => {
  it('show the best checked record, and what others dispute', async () => {
    expect(
      await ask(
        '{ policyProcess(id: "NAP-KE-WPS-1") { generation country { id } agenda period { from to } disputes { property values { value provenance { verification } } } provenance { verification } } }',
      ),
    ).toEqual({
      policyProcess: {
        generation: 1,
        country: { id: 'KE' },
        agenda: ['WPS'],
        period: { from: '2016', to: '2018' },
        disputes: [
          {
            property: 'generation',
            values: [
              { value: '1', provenance: { verification: 'VERIFIED' } },
              { value: '2', provenance: { verification: 'UNVERIFIED' } },
            ],
          },
        ],
        provenance: [{ verification: 'VERIFIED' }, { verification: 'UNVERIFIED' }],
      },
    });
  });

  it('stand somewhere on each day', async () => {
    expect(
      await ask(
        '{ policyProcess(id: "NAP-KE-WPS-1") { before: status(asOf: "2015-01-01") during: status(asOf: "2018-12-31") after: status(asOf: "2019-01-01") } }',
      ),
    ).toEqual({ policyProcess: { before: 'UNKNOWN', during: 'ADOPTED', after: 'EXPIRED' } });
  });

  it('have participations under every id of a body', async () => {
    expect(
      await ask(
        `{ policyProcess(id: "NAP-KE-WPS-1") { participations(filter: { organisations: ["A"] }) { totalCount nodes { stage organisation { id } forNetwork { id } process { id } } } } }`,
      ),
    ).toMatchObject({
      policyProcess: {
        participations: {
          totalCount: 2,
          nodes: [
            { stage: 'MONITORING', organisation: { id: 'A' }, forNetwork: { id: 'WEB' } },
            {},
          ],
        },
      },
    });
    expect(
      await ask(
        '{ _entities(representations: [{ __typename: "Organisation", id: "A" }]) { ... on Organisation { participations { totalCount nodes { from } } } } }',
      ),
    ).toEqual({
      _entities: [
        { participations: { totalCount: 2, nodes: [{ from: '2017' }, { from: '2015' }] } },
      ],
    });
  });

  it.each([
    ['text: "KEN"', 1],
    ['kinds: [REVIEW]', 0],
    ['agendas: [WPS]', 1],
    ['countries: ["ke"]', 1],
    ['symbols: ["S/RES/1325 (2000)"]', 1],
    ['ids: ["NAP-KE-WPS-1"]', 1],
  ])('narrow by %s', async (filter, n) => {
    expect(await ask(`{ policyProcesses(filter: { ${filter} }) { totalCount } }`)).toEqual({
      policyProcesses: { totalCount: n },
    });
  });

  it('cost the same number of queries for one as for many, and show nothing hidden', async () => {
    const query = `{ policyProcesses { totalCount nodes { title agenda country { id } status disputes { property } implements { symbol twin { symbol } recalls { symbol } agenda }
      participations { totalCount nodes { organisation { id } forNetwork { id } } } provenance { record } } } }`;
    const before = await ask(query);
    statements.length = 0;
    await ask(query);
    const forOne = statements.length;
    await write(async (edition) => {
      await edition.put('processes', [
        nap('h', { title: 'Hidden words' }, { visibility: Visibility.PARTNER }),
        nap('x', { process: 'NAP-X', title: 'X' }, { visibility: Visibility.DONOR }),
      ]);
      await edition.put('participations', [
        participation('h', {}, { visibility: Visibility.STEWARD }),
      ]);
    }, 'hidden');
    expect(await ask(query)).toEqual(before);
    statements.length = 0;
    const seen = (await ask(query, 3)) as { policyProcesses: { totalCount: number } };
    expect(seen.policyProcesses.totalCount).toBe(2);
    expect(statements.length).toBeLessThanOrEqual(forOne);
  });
});
