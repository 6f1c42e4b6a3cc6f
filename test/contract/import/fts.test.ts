import { type Graph, openGraph } from '../../../gateway/graph';
import { BrokenFile } from '../../../scripts/import/broken-file';
import { importFts } from '../../../scripts/import/fts/import';
import type { Input } from '../../../scripts/import/inputs';
import { askSubgraph, dataOf } from '../../support/ask';
import { inputOf } from '../../support/iati';

let graph: Graph;
let statements: string[];
beforeEach(async () => {
  statements = [];
  graph = await openGraph(
    null,
    (sql, subgraph) => void (subgraph === 'funding' && statements.push(sql)),
  );
  const countries = [
    { code: 'AF', iso3: 'AFG', m49: null, name: 'Afghanistan', nameFr: null, regions: [] },
    { code: 'LU', iso3: 'LUX', m49: null, name: 'Luxembourg', nameFr: null, regions: [] },
  ];
  await graph.organisations.write.putCountries(countries, [], 'countries');
});
afterEach(() => graph.close());

const ask = async (query: string, tier = 0) =>
  dataOf(await askSubgraph(graph.funding, query, tier));
const importPages = (pages: readonly Input[], sourceId = 'fts') =>
  importFts(graph, pages, { sourceId, retrievedAt: '2026-01-01T00:00:00.000Z' });

const organisation = (id: string, name: string, types: string[] = [], subTypes: string[] = []) => ({
  type: 'Organization',
  id,
  name,
  behavior: 'single',
  organizationTypes: types,
  organizationSubTypes: subTypes,
});
const afghanistan = { type: 'Location', id: '1', name: 'Afghanistan', behavior: 'single' };
const year = (name: string, behavior = 'single') => ({
  type: 'UsageYear',
  id: name,
  name,
  behavior,
});

/** A flow as FTS gives it. */
const aFlow = (id: string, more: object = {}): Record<string, unknown> => ({
  id,
  versionId: 2,
  amountUSD: 606796,
  originalAmount: 500000,
  originalCurrency: 'EUR',
  exchangeRate: 0.824,
  date: '2021-02-25T00:00:00Z',
  decisionDate: '2021-02-24T00:00:00Z',
  firstReportedDate: '2021-02-26T00:00:00Z',
  budgetYear: '2020',
  description: 'Protection',
  status: 'commitment',
  flowType: 'Pass through',
  newMoney: true,
  contributionType: 'financial',
  method: 'Traditional aid',
  keywords: ['Multiyear'],
  boundary: 'incoming',
  onBoundary: 'single',
  grandBargainEarmarkingType: ['softly earmarked'],
  refCode: 'REF/1',
  parentFlowId: null,
  childFlowIds: null,
  sourceObjects: [
    organisation('2915', 'Luxembourg, Government of', ['Government'], ['National government']),
    { type: 'Location', id: '128', name: 'Luxembourg', behavior: 'single' },
    year('2020'),
  ],
  destinationObjects: [
    organisation('2967', 'International Committee of the Red Cross'),
    afghanistan,
    { type: 'Plan', id: '929', name: 'Afghanistan 2020', behavior: 'single' },
    year('2020', 'shared'),
    year('2021', 'shared'),
  ],
  reportDetails: [
    {
      sourceType: 'Primary',
      organization: 'Luxembourg, Government of',
      reportChannel: 'Email',
      date: '2021-02-26T00:00:00.000Z',
    },
  ],
  ...more,
});
const page = (flows: object[], name = 'page.json', count = flows.length) =>
  inputOf(JSON.stringify({ status: 'ok', data: { flows }, meta: { count } }, null, 1), name);
const importFlows = (...flows: object[]) => importPages([page(flows)]);

const OBJECTS = `{ side type id code name behavior organizationTypes organisation { id } country { id } }`;
const FLOWS = `flows(orderBy: ID_ASC) { totalCount nodes { kind date amount { amount currency } provider { id } providerBasis
  receiver { id } receiverBasis description activity { id } flexibility { kind basis } shares { dimension code percentage estimated }
  records { reporter { id } provenance { record } } fts { id version boundary onBoundary status flowType newMoney contributionType
    method budgetYear decisionDate firstReportedDate amountUsd { amount currency } exchangeRate refCode keywords
    grandBargainEarmarkingTypes parentId childIds reports { organization sourceType reportChannel date }
    sourceObjects ${OBJECTS} destinationObjects ${OBJECTS} } } }`;
const flows = async () =>
  ((await ask(`{ ${FLOWS} }`)) as unknown as { flows: { nodes: Record<string, unknown>[] } }).flows
    .nodes;

describe('a flow of FTS', () => {
  it('has the amount and currency it was given in, and the dollars beside', async () => {
    await importFlows(aFlow('228238'));
    expect(await flows()).toMatchObject([
      {
        kind: 'COMMITMENT',
        date: '2021-02-25',
        amount: { amount: '500000', currency: 'EUR' },
        provider: { id: 'PG-FTS-2915' },
        providerBasis: 'IDENTIFIER',
        receiver: { id: 'PG-FTS-2967' },
        description: 'Protection',
        activity: null,
        flexibility: { kind: 'SOFTLY_EARMARKED', basis: 'DECLARED' },
        shares: [{ dimension: 'COUNTRY', code: 'AF', percentage: '100', estimated: false }],
        records: [{ reporter: { id: 'PG-FTS-2915' }, provenance: { record: 'fts 228238' } }],
        fts: { amountUsd: { amount: '606796', currency: 'USD' }, exchangeRate: '0.824' },
      },
    ]);
  });

  it('keeps all else that FTS says of it, both sides with their places and years included', async () => {
    await importFlows(aFlow('228238'));
    const [flow] = await flows();
    expect(flow?.fts).toMatchObject({
      id: '228238',
      version: 2,
      boundary: 'INCOMING',
      onBoundary: 'SINGLE',
      status: 'COMMITMENT',
      flowType: 'PASS_THROUGH',
      newMoney: true,
      contributionType: 'financial',
      method: 'Traditional aid',
      budgetYear: '2020',
      decisionDate: '2021-02-24',
      firstReportedDate: '2021-02-26',
      refCode: 'REF/1',
      keywords: ['Multiyear'],
      grandBargainEarmarkingTypes: ['softly earmarked'],
      parentId: null,
      childIds: [],
      reports: [
        {
          organization: 'Luxembourg, Government of',
          sourceType: 'Primary',
          reportChannel: 'Email',
          date: '2021-02-26',
        },
      ],
      sourceObjects: [
        {
          side: 'SOURCE',
          type: 'ORGANIZATION',
          id: '2915',
          name: 'Luxembourg, Government of',
          behavior: 'SINGLE',
          organizationTypes: ['Government', 'National government'],
          organisation: { id: 'PG-FTS-2915' },
          country: null,
        },
        { type: 'LOCATION', name: 'Luxembourg', country: { id: 'LU' }, organisation: null },
        { type: 'USAGE_YEAR', name: '2020' },
      ],
      destinationObjects: [
        { side: 'DESTINATION', type: 'ORGANIZATION' },
        { type: 'LOCATION', country: { id: 'AF' } },
        { type: 'PLAN', id: '929', name: 'Afghanistan 2020' },
        { type: 'USAGE_YEAR', name: '2020', behavior: 'SHARED' },
        { type: 'USAGE_YEAR', name: '2021', behavior: 'SHARED' },
      ],
    });
    const bodies = dataOf(
      await askSubgraph(
        graph.organisations,
        '{ organisation(id: "PG-FTS-2915") { name kind identifiers { raw } } }',
      ),
    );
    expect(bodies).toEqual({
      organisation: {
        name: 'Luxembourg, Government of',
        kind: 'GOVERNMENT',
        identifiers: [{ raw: 'PG-FTS-2915' }],
      },
    });
  });

  it.each([
    ['paid', 'DISBURSEMENT'],
    ['commitment', 'COMMITMENT'],
    ['pledge', 'PLEDGE'],
  ])('that is %s is a %s', async (status, kind) => {
    await importFlows(aFlow('1', { status }));
    expect(await flows()).toMatchObject([{ kind }]);
  });

  it.each([
    ['of none', { amountUSD: 0, originalAmount: 0 }, '0', 'EUR'],
    ['below none', { amountUSD: -5, originalAmount: -4.5 }, '-4.5', 'EUR'],
    ['with a currency and no amount in it', { originalAmount: null }, '606796', 'USD'],
    ['in dollars', { originalAmount: undefined, originalCurrency: undefined }, '606796', 'USD'],
  ])('%s is kept as it is', async (_what, more, amount, currency) => {
    await importFlows(aFlow('1', more));
    expect(await flows()).toMatchObject([{ amount: { amount, currency } }]);
  });

  it('of several organisations or none is given to none, and all are shown', async () => {
    await importFlows(
      aFlow('1', {
        sourceObjects: [organisation('1', 'One'), organisation('2', 'Two')],
        destinationObjects: [afghanistan, { type: 'Location', id: '9', name: 'Elsewhere' }],
      }),
    );
    expect(await flows()).toMatchObject([
      {
        provider: null,
        providerBasis: 'SEVERAL',
        receiver: null,
        receiverBasis: 'UNKNOWN',
        shares: [{ code: 'AF', percentage: '50', estimated: true }],
        fts: {
          sourceObjects: [
            { organisation: { id: 'PG-FTS-1' } },
            { organisation: { id: 'PG-FTS-2' } },
          ],
          destinationObjects: [{ country: { id: 'AF' } }, { name: 'Elsewhere', country: null }],
        },
      },
    ]);
  });

  it('of a pooled fund comes from a fund', async () => {
    await importFlows(
      aFlow('1', { sourceObjects: [organisation('8148', 'The Fund', ['Pooled fund'])] }),
    );
    expect(
      dataOf(
        await askSubgraph(
          graph.organisations,
          '{ organisation(id: "PG-FTS-8148") { legalForm kind } }',
        ),
      ),
    ).toEqual({ organisation: { legalForm: 'FUND', kind: 'OTHER' } });
  });
});

describe('parents and children', () => {
  const RELATIVES = `{ flows(first: 500) { nodes { fts { id parentId childIds parents { fts { id } } children { fts { id } } } } } }`;
  interface Relative {
    id: string;
    parents: { fts: { id: string } }[];
    children: { fts: { id: string } }[];
  }
  const relatives = async (tier = 0) => {
    const answer = (await ask(RELATIVES, tier)) as unknown as {
      flows: { nodes: { fts: Relative }[] };
    };
    return Object.fromEntries(
      answer.flows.nodes.map(({ fts: { id, parents, children } }) => [
        id,
        [parents.map(({ fts }) => fts.id), children.map(({ fts }) => fts.id)],
      ]),
    );
  };

  it('see each other, whichever record says so; those not on record are numbers only', async () => {
    await importFlows(
      aFlow('1', { childFlowIds: [2, 99] }),
      aFlow('2'),
      aFlow('3', { parentFlowId: 1 }),
    );
    expect(await relatives()).toEqual({ 1: [[], ['2', '3']], 2: [['1'], []], 3: [['1'], []] });
    const [parent] = (await flows()).filter(({ fts }) => (fts as { id: string }).id === '1');
    expect(parent?.fts).toMatchObject({ childIds: ['2', '99'] });
  });

  it('who are hidden are not there', async () => {
    await importFlows(
      aFlow('1', { childFlowIds: [2] }),
      aFlow('2'),
      aFlow('3', { parentFlowId: 2 }),
    );
    await graph.funding.db('flows').where({ record_id: 'fts 1' }).update({ tier: 2 });
    expect(await relatives()).toEqual({ 2: [[], ['3']], 3: [['2'], []] });
    expect(await relatives(2)).toEqual({ 1: [[], ['2']], 2: [['1'], ['3']], 3: [['2'], []] });
  });

  it('are found in another search, and in the own one first', async () => {
    await importPages([page([aFlow('1'), aFlow('3')])], 'a');
    await importPages([page([aFlow('2', { parentFlowId: 1 }), aFlow('3')])], 'b');
    await importPages([page([aFlow('4', { parentFlowId: 3 }), aFlow('3')])], 'c');
    const { flows: found } = (await ask(
      `{ flows(filter: { sources: ["b", "c"] }) { nodes { fts { id parents { fts { id } provenance { source { id } } } } } } }`,
    )) as unknown as {
      flows: {
        nodes: { fts: { id: string; parents: { provenance: { source: { id: string } }[] }[] } }[];
      };
    };
    const sourcesOf = (id: string) =>
      found.nodes
        .filter(({ fts }) => fts.id === id)
        .flatMap(({ fts }) => fts.parents.map(({ provenance }) => provenance[0]?.source.id));
    expect([sourcesOf('2'), sourcesOf('4')]).toEqual([['a'], ['c']]);
  });

  it('cost as many queries for fifty flows as for one', async () => {
    await importFlows(
      ...Array.from({ length: 50 }, (_, index) =>
        aFlow(String(index + 1), { childFlowIds: [index + 2], parentFlowId: index || null }),
      ),
    );
    const queriesFor = async (first: number) => {
      statements.length = 0;
      await ask(`{ flows(first: ${first}, orderBy: ID_ASC) { nodes { fts { id boundary sourceObjects { name organisation { id } }
        destinationObjects { name country { id } } parents { id amount { amount } } children { id } } } } }`);
      return statements.length;
    };
    const one = await queriesFor(1);
    expect(one).toBeGreaterThan(0);
    expect(await queriesFor(50)).toBe(one);
  });
});

describe('what FTS counts', () => {
  it('can be asked by boundary, and adds up in its own dollars', async () => {
    await importFlows(
      aFlow('1', { amountUSD: 10 }),
      aFlow('2', { amountUSD: 20, originalAmount: null }),
      aFlow('3', { amountUSD: 40, onBoundary: 'shared' }),
      aFlow('4', { amountUSD: 80, boundary: 'internal' }),
      aFlow('5', { amountUSD: 160, status: 'pledge' }),
    );
    expect(
      await ask(`{
        funding: flows(filter: { boundary: [INCOMING], onBoundary: [SINGLE], kinds: [COMMITMENT, DISBURSEMENT] }) {
          totalCount totals { currency inUsd { amount flows } } }
        incoming: flows(filter: { boundary: [INCOMING] }) { totalCount }
        within: flows(filter: { boundary: [INTERNAL, OUTGOING] }) { totalCount } }`),
    ).toEqual({
      funding: {
        totalCount: 2,
        totals: [
          { currency: 'EUR', inUsd: { amount: '10', flows: 1 } },
          { currency: 'USD', inUsd: { amount: '20', flows: 1 } },
        ],
      },
      incoming: { totalCount: 4 },
      within: { totalCount: 1 },
    });
  });
});

describe('the pages of a search', () => {
  it('are one edition together: the same changes nothing, and what a newer one lacks is withdrawn', async () => {
    const pages = [page([aFlow('1')], 'a.json', 2), page([aFlow('2')], 'b.json', 2)];
    const { read, problems } = await importPages(pages);
    expect([read, problems.list]).toEqual([{ pages: 2, flows: 2, repeated: 0 }, []]);
    const before = await ask(`{ ${FLOWS} }`);
    expect((await importPages([...pages].reverse())).counts).toMatchObject({
      created: 0,
      updated: 0,
      withdrawn: 0,
    });
    expect(await ask(`{ ${FLOWS} }`)).toEqual(before);
    const { problems: fewer } = await importPages(pages.slice(0, 1));
    expect(fewer.list).toMatchObject([{ code: 'PAGES_MISSING', status: 'NOTED' }]);
    expect(await ask('{ flows { totalCount } }')).toEqual({ flows: { totalCount: 1 } });
  });

  it('may overlap: a flow counts once, and it is said where the two differ', async () => {
    const { read, problems } = await importPages([
      page([aFlow('1'), aFlow('2')], 'a.json', 2),
      page([aFlow('2', { amountUSD: 1 }), aFlow('1')], 'b.json', 2),
    ]);
    expect(read).toEqual({ pages: 2, flows: 2, repeated: 2 });
    expect(problems.list).toMatchObject([
      { file: 'b.json', line: 5, code: 'FLOW_GIVEN_TWICE', record: '2' },
    ]);
  });

  it('lose bad flows alone, with file, line and reason', async () => {
    const { problems } = await importPages([
      page([
        aFlow('1'),
        aFlow('2', { status: 'imagined' }),
        aFlow('3', { amountUSD: 'lots' }),
        aFlow('4', { date: null, decisionDate: 'x', firstReportedDate: null }),
        aFlow('5', { boundary: 'upwards' }),
        { ...aFlow(''), id: undefined },
      ]),
    ]);
    expect(problems.list.map(({ file, status, code }) => [file, status, code])).toEqual([
      ['page.json', 'REJECTED', 'FLOW_OF_UNKNOWN_STATUS'],
      ['page.json', 'REJECTED', 'FLOW_WITHOUT_AMOUNT'],
      ['page.json', 'REJECTED', 'FLOW_WITHOUT_DATE'],
      ['page.json', 'NOTED', 'WORD_UNKNOWN'],
      ['page.json', 'REJECTED', 'FLOW_WITHOUT_ID'],
    ]);
    expect(new Set(problems.list.map(({ line }) => line)).size).toBe(5);
    expect((await flows()).map(({ fts }) => (fts as { id: string }).id).sort()).toEqual(['1', '5']);
  });

  it.each([
    ['one that is no JSON', inputOf('{"data": {"flows": [{', 'b.json')],
    ['one of something else', inputOf('{"grants": [{"id": 1}]}', 'b.json')],
    ['a table of something else', inputOf('a,b\n1,2\n', 'b.csv')],
  ])('change nothing if there is %s among them', async (_what, broken) => {
    await importFlows(aFlow('1'));
    const before = await ask(`{ ${FLOWS} }`);
    await expect(importPages([page([aFlow('2')]), broken])).rejects.toThrow(BrokenFile);
    expect(await ask(`{ ${FLOWS} }`)).toEqual(before);
  });

  it('without any flow change nothing', async () => {
    await importFlows(aFlow('1'));
    await expect(importPages([page([])])).rejects.toThrow('there are no flows');
    expect(await ask('{ flows { totalCount } }')).toEqual({ flows: { totalCount: 1 } });
  });
});

describe('a table of HDX', () => {
  const TABLE = `date,amountUSD,srcOrganization,srcOrganizationTypes,srcLocations,srcUsageYearStart,srcUsageYearEnd,destPlan,destPlanCode,destPlanId,destOrganization,destGlobalClusters,destLocations,destUsageYearStart,destUsageYearEnd,boundary,onBoundary,status,keywords,originalAmount,originalCurrency,id
2021-02-25,606796,"Luxembourg, Government of",Government,LUX,2020,2020,Afghanistan 2020,HAFG20,929,ICRC,"Housing, Land and Property,Protection",AFG,2020,2021,incoming,single,commitment,"Mine action,Multiyear",500000,EUR,228238
`;

  it('says in its columns what the JSON says in objects, under the same record id', async () => {
    const { problems } = await importPages([inputOf(TABLE, 'incoming.csv')]);
    expect(problems.list).toEqual([]);
    expect(await flows()).toMatchObject([
      {
        kind: 'COMMITMENT',
        amount: { amount: '500000', currency: 'EUR' },
        providerBasis: 'NAME',
        receiverBasis: 'NAME',
        shares: [{ code: 'AF' }],
        records: [{ reporter: null, provenance: { record: 'fts 228238' } }],
        fts: {
          boundary: 'INCOMING',
          keywords: ['Mine action', 'Multiyear'],
          newMoney: null,
          sourceObjects: [
            { type: 'ORGANIZATION', name: 'Luxembourg, Government of' },
            { type: 'LOCATION', name: 'LUX', country: { id: 'LU' } },
            { type: 'USAGE_YEAR', name: '2020' },
          ],
          destinationObjects: [
            { type: 'PLAN', id: '929', code: 'HAFG20' },
            { name: 'ICRC' },
            { type: 'LOCATION', country: { id: 'AF' } },
            { type: 'GLOBAL_CLUSTER', name: 'Housing, Land and Property' },
            { type: 'GLOBAL_CLUSTER', name: 'Protection' },
            { name: '2020' },
            { name: '2021' },
          ],
        },
      },
    ]);
  });

  it('beside the JSON of the same search adds nothing', async () => {
    const { read } = await importPages([
      inputOf(TABLE, 'a.csv'),
      page([aFlow('228238')], 'b.json'),
    ]);
    expect(read).toEqual({ pages: 2, flows: 1, repeated: 1 });
    expect(await flows()).toMatchObject([{ providerBasis: 'IDENTIFIER' }]);
  });
});
