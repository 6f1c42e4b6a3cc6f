import fc from 'fast-check';
import type { Graph } from '../../../gateway/graph';
import { importReference } from '../../../scripts/import/reference/import';
import { importStatements } from '../../../scripts/import/statements/import';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';

const [DONOR, NETWORK, MEMBER] = ['XM-DAC-1', 'GB-CHC-10', 'GB-CHC-20'];
const given = (value: string, inside = '', date = '2020-05-01') =>
  aTransaction('3', value, inside, date);
const taken = (value: string, inside = '', date = '2020-05-20') =>
  aTransaction('1', value, inside, date);
const to = (ref: string, activity = '') =>
  `<receiver-org ref="${ref}" ${activity && `receiver-activity-id="${activity}"`}/>`;
const from = (ref: string, activity = '') =>
  `<provider-org ref="${ref}" ${activity && `provider-activity-id="${activity}"`}/>`;

let graph: Graph;
beforeEach(async () => void (graph = await openTestGraph()));
afterEach(() => graph.close());

const ask = async (query: string, tier = 0) =>
  dataOf(await askSubgraph(graph.funding, query, tier)) as Record<string, never>;
const FLOWS = `totalCount totals { kind amount flows } nodes { id kind date receivedOn amount { amount } provider { id } receiver { id }
  reporting { state basis } records { id kind date coversFlows amount { amount } reporter { id } activity { identifier } provenance { source { id } } } }`;
interface Listed {
  totalCount: number;
  totals: object[];
  nodes: {
    id: string;
    receivedOn: string | null;
    reporting: { state: string; basis: string | null };
    records: { id: string; coversFlows: number; provenance: { source: { id: string } } }[];
  }[];
}
const flows = async (filter = '', tier = 0): Promise<Listed> =>
  (await ask(`{ flows(filter: {${filter}}, orderBy: DATE_ASC) { ${FLOWS} } }`, tier))
    .flows as unknown as Listed;
const states = async (filter = '', tier = 0) =>
  (await flows(filter, tier)).nodes.map(({ reporting, records }) => [
    reporting.state,
    records.map(({ provenance }) => provenance.source.id).join('+'),
  ]);

const donorFile = (...transactions: string[]) =>
  activityFile(anActivity('XM-DAC-1-A', DONOR, transactions.join('')));
const networkFile = (...transactions: string[]) =>
  activityFile(anActivity('GB-CHC-10-B', NETWORK, transactions.join('')));
const importDonor = (...transactions: string[]) =>
  importXml(graph, donorFile(...transactions), 'donor');
const importNetwork = (...transactions: string[]) =>
  importXml(graph, networkFile(...transactions), 'network');

describe('both sides of one transfer', () => {
  it('are one flow with two records, led by the provider’s, counted once', async () => {
    await importDonor(given('1000', to(NETWORK, 'GB-CHC-10-B')));
    await importNetwork(taken('1000', from(DONOR, 'XM-DAC-1-A')));
    const listed = await flows();
    expect(listed).toMatchObject({
      totalCount: 1,
      totals: [{ kind: 'DISBURSEMENT', amount: '1000', flows: 1 }],
      nodes: [
        {
          kind: 'DISBURSEMENT',
          date: '2020-05-01',
          receivedOn: '2020-05-20',
          provider: { id: DONOR },
          receiver: { id: NETWORK },
          reporting: { state: 'MATCHED', basis: 'ACTIVITY_PAIR' },
          records: [
            {
              kind: 'DISBURSEMENT',
              reporter: { id: DONOR },
              activity: { identifier: 'XM-DAC-1-A' },
            },
            { kind: 'INCOMING_FUNDS', reporter: { id: NETWORK }, date: '2020-05-20' },
          ],
        },
      ],
    });
    // Every record's id finds it, and so does every source and every activity that reports it.
    const [flow] = listed.nodes;
    for (const { id } of flow?.records ?? [])
      expect(await ask(`{ flow(id: "${id}") { id } }`)).toEqual({ flow: { id: flow?.id } });
    expect((await flows('sources: ["network"]')).totalCount).toBe(1);
    expect((await flows('sources: ["donor"]')).totalCount).toBe(1);
    expect((await flows('exceptSources: ["donor"]')).totalCount).toBe(1);
    expect((await flows('exceptSources: ["donor", "network"]')).totalCount).toBe(0);
    expect((await flows('activities: ["GB-CHC-10-B"]')).totalCount).toBe(1);
    expect((await flows('includeAbsorbed: true')).totalCount).toBe(2);
    const { activities } = (await ask(
      '{ activities { nodes { flows { totalCount totals { amount } nodes { id } } } } }',
    )) as unknown as { activities: { nodes: object[] } };
    expect(activities.nodes).toEqual(
      [0, 1].map(() => ({
        flows: { totalCount: 1, totals: [{ amount: '1000' }], nodes: [{ id: flow?.id }] },
      })),
    );
  });

  it('say which side is missing, and can be asked for by it', async () => {
    await importDonor(given('1000', to(NETWORK)), aTransaction('4', '7'));
    await importNetwork(taken('300', from(DONOR), '2021-05-01'));
    expect(await states()).toEqual([
      ['PROVIDER_ONLY', 'donor'],
      ['ONE_SIDED', 'donor'],
      ['RECEIVER_ONLY', 'network'],
    ]);
    expect(await states('reporting: [RECEIVER_ONLY]')).toEqual([['RECEIVER_ONLY', 'network']]);
    expect(await states('reporting: [PROVIDER_ONLY, ONE_SIDED]')).toHaveLength(2);
    expect(await states('reporting: [MATCHED, CONFLICT, OTHER_ONLY]')).toEqual([]);
    await importNetwork(taken('1000', from(DONOR)));
    expect(await states('reporting: [MATCHED]')).toEqual([['MATCHED', 'donor+network']]);
  });

  it('show a conflict with both amounts', async () => {
    await importDonor(given('1000', to(NETWORK, 'GB-CHC-10-B')));
    await importNetwork(taken('600', from(DONOR, 'XM-DAC-1-A')));
    expect((await flows()).nodes).toMatchObject([
      {
        reporting: { state: 'CONFLICT', basis: 'ACTIVITY_PAIR' },
        records: [{ amount: { amount: '1000' } }, { amount: { amount: '600' } }],
      },
    ]);
    expect(await states('reporting: [CONFLICT]')).toHaveLength(1);
    expect(await states('reporting: [MATCHED]')).toEqual([]);
  });

  it('match a year in one row with each payment that it stands for', async () => {
    await importDonor(
      given('400', to(NETWORK), '2020-02-01'),
      given('350', to(NETWORK), '2020-06-01'),
      given('250', to(NETWORK), '2020-11-01'),
    );
    await importNetwork(taken('1000', from(DONOR, 'XM-DAC-1-A'), '2020-12-31'));
    const { totals, nodes } = await flows();
    expect(totals).toEqual([{ kind: 'DISBURSEMENT', amount: '1000', flows: 3 }]);
    expect(
      nodes.map(({ reporting, receivedOn, records }) => [
        reporting.state,
        receivedOn,
        records[1]?.coversFlows,
      ]),
    ).toEqual([1, 2, 3].map(() => ['MATCHED', null, 3]));
    expect((await flows('sources: ["network"]')).totalCount).toBe(3);
  });

  it('find each other by the reporter of a linked activity, whatever identifier a record gives', async () => {
    await importDonor(given('1000', to('OLD-NAME-7', 'GB-CHC-10-B')));
    await importNetwork(taken('1000', from('XM-OLD-1', 'XM-DAC-1-A')));
    // They agree on the transfer, and not on who took part: both are shown.
    expect(await states()).toEqual([['CONFLICT', 'donor+network']]);
  });

  it('never match on the amount alone', async () => {
    await importDonor(given('1000', '<receiver-org><narrative>A body</narrative></receiver-org>'));
    await importNetwork(taken('1000', from(DONOR)));
    await importXml(
      graph,
      activityFile(anActivity('GB-CHC-20-C', MEMBER, taken('1000', from('XM-DAC-2')))),
      'member',
    );
    expect(await states()).toHaveLength(3);
  });

  it('part again when a report is withdrawn, changes, or is replaced by a newer one', async () => {
    await importDonor(given('1000', to(NETWORK)));
    await importNetwork(taken('1000', from(DONOR)));
    const stamp = async () =>
      (await ask('{ flows { nodes { id updatedAt } } }')).flows as unknown as object;
    const matched = await stamp();
    await importNetwork(taken('1000', from(DONOR)));
    expect(await stamp()).toEqual(matched);

    await importNetwork(taken('700', from(DONOR)));
    expect(await states()).toEqual([
      ['PROVIDER_ONLY', 'donor'],
      ['RECEIVER_ONLY', 'network'],
    ]);
    await importNetwork(taken('1000', from(DONOR)));
    expect(await states()).toEqual([['MATCHED', 'donor+network']]);
    await importNetwork();
    expect(await states()).toEqual([['PROVIDER_ONLY', 'donor']]);
    await importNetwork(taken('1000', from(DONOR)));

    // A newer report of the donor's activity says less.
    const newer = anActivity(
      'XM-DAC-1-A',
      DONOR,
      given('5', to(NETWORK)),
      'last-updated-datetime="2030-01-01T00:00:00Z"',
    );
    await importXml(graph, activityFile(newer), 'donor-new');
    expect(await states()).toEqual([
      ['PROVIDER_ONLY', 'donor-new'],
      ['RECEIVER_ONLY', 'network'],
    ]);
  });

  it('find each other when two names turn out to be one body, and part when they no longer are', async () => {
    await importDonor(given('1000', to('GB-COH-99')));
    await importNetwork(taken('1000', from(DONOR)));
    expect(await states()).toHaveLength(2);
    const same = (ids: string[]) =>
      importStatements(graph, [
        inputOf(
          [
            {
              kind: 'source',
              id: 'registry',
              title: 'Registry',
              publisherName: 'Registry',
              licence: 'CC0',
              retrievedAt: '2026-01-01',
            },
            { kind: 'organisation', id: 'o1', organisation: ids[0], identifiers: ids.slice(1) },
          ]
            .map((line) => JSON.stringify(line))
            .join('\n'),
          'registry.jsonl',
        ),
      ]);
    expect((await same(['GB-CHC-10', 'GB-COH-99'])).problems.list).toEqual([]);
    expect(await states()).toEqual([['MATCHED', 'donor+network']]);
    await same(['GB-CHC-10']);
    expect(await states()).toHaveLength(2);
  });

  it('compare amounts in two currencies as soon as there are rates', async () => {
    await importDonor(given('1000', to(NETWORK)));
    await importNetwork(taken('803', from(DONOR)).replace('<value ', '<value currency="GBP" '));
    expect(await states()).toHaveLength(2);
    const rates = (gbp: string) =>
      importReference(
        graph,
        'rates',
        inputOf(
          JSON.stringify([
            { currency_id: 'USD', year: 2020, month: 5, value: 0.73 },
            { currency_id: 'GBP', year: 2020, month: 5, value: Number(gbp) },
          ]),
          'https://rates.example/rates.json',
        ),
      );
    await rates('0.9');
    expect(await states()).toEqual([['MATCHED', 'donor+network']]);
    await rates('0.5');
    expect(await states()).toHaveLength(2);
  });
});

/** Every report with whom it is part of, free of times. */
const matchingOf = async (of: Graph) => ({
  flows: (await of.funding
    .db('flows')
    .select('id', 'absorbed', 'match_provider_key', 'match_receiver_key', 'withdrawn_at')
    .orderBy('id')) as object[],
  members: (await of.funding
    .db('flow_members')
    .select('flow_id', 'record_id', 'basis', 'state', 'tiers')
    .orderBy(['flow_id', 'record_id', 'basis', 'state'])) as object[],
});

const rows = (kind: '1' | '3') =>
  fc.array(
    fc.record({
      amount: fc.constantFrom('100', '100', '200', '300', '99.5', '-100'),
      month: fc.integer({ min: 1, max: 9 }),
      link: fc.constantFrom('none', 'activity', 'dangling'),
      kind: fc.constant(kind),
    }),
    { maxLength: 7 },
  );
type Rows = { amount: string; month: number; link: string; kind: string }[];
const transactions = (all: Rows) =>
  all.map(({ amount, month, link, kind }) => {
    const date = `2020-0${month}-10`;
    const activity =
      link === 'none'
        ? ''
        : link === 'dangling'
          ? 'GONE'
          : kind === '3'
            ? 'GB-CHC-10-B'
            : 'XM-DAC-1-A';
    return kind === '3'
      ? given(amount, to(NETWORK, activity), date)
      : taken(amount, from(DONOR, activity), date);
  });

const MONEY = ['flow_members', 'flow_shares', 'flows', 'activities'];
/** Takes the money out of a graph: faster than to open a new one. */
const empty = async ({ funding }: Graph) => {
  for (const name of [...MONEY, 'activity_parties', 'activity_shares', 'activity_words'])
    await funding.db(name).delete();
};

describe('matching over imports', () => {
  let straight: Graph;
  beforeAll(async () => void (straight = await openTestGraph()));
  afterAll(() => straight.close());

  it('is the same in any order of imports and editions', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows('3'),
        rows('1'),
        rows('3'),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        fc.boolean(),
        async (donor, network, early, order, again) => {
          const imports = [
            (of: Graph) => importXml(of, donorFile(...transactions(donor)), 'donor'),
            (of: Graph) => importXml(of, networkFile(...transactions(network)), 'network'),
            (of: Graph) =>
              importXml(
                of,
                activityFile(anActivity('XM-DAC-1-Z', DONOR, transactions(early).join(''))),
                'other',
              ),
          ];
          const other = graph;
          for (const one of [straight, other]) await empty(one);
          for (const run of imports) await run(straight);
          // An earlier edition that said something else leaves no trace in who matches whom.
          if (again) await importXml(other, donorFile(...transactions(early)), 'donor');
          for (const place of order) await imports[place]?.(other);
          const standing = (all: Awaited<ReturnType<typeof matchingOf>>) => ({
            members: all.members,
            flows: all.flows.filter(
              (row) => (row as { withdrawn_at: unknown }).withdrawn_at === null,
            ),
          });
          expect(standing(await matchingOf(other))).toEqual(standing(await matchingOf(straight)));
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it('of one changed file touches only its neighbours', async () => {
    const PAIRS = 30;
    const network = (index: number, value: string) =>
      importXml(
        graph,
        activityFile(anActivity(`GB-CHC-${index}-B`, `GB-CHC-${index}`, taken(value, from(DONOR)))),
        `network-${index}`,
      );
    const all = Array.from({ length: PAIRS }, (_, index) => 100 + index);
    await importDonor(...all.map((index) => given(`${index}0`, to(`GB-CHC-${index}`))));
    for (const index of all) await network(index, `${index}0`);
    expect((await flows('reporting: [MATCHED]')).totalCount).toBe(PAIRS);
    const stamps = async () =>
      new Map(
        (
          (await graph.funding.db('flows').select('id', 'updated_at')) as {
            id: string;
            updated_at: string;
          }[]
        ).map((row) => [row.id, row.updated_at]),
      );
    const before = await stamps();
    await network(107, '5');
    const changed = [...(await stamps())].filter(([id, at]) => before.get(id) !== at);
    // The donor's flow that lost its match, the report that went, and the one that came.
    expect(changed).toHaveLength(3);
    expect((await flows('reporting: [MATCHED]')).totalCount).toBe(PAIRS - 1);
  });

  it('shows nothing of hidden reports to those who do not see them', async () => {
    await importDonor(given('1000', to(NETWORK)));
    const everything =
      '{ flows(first: 50) { totalCount totals { amount } edges { cursor node { id updatedAt reporting { state } receivedOn records { id } provenance { record } } } } }';
    const before = JSON.stringify(await ask(everything));
    const [row] = (await graph.funding.db('flows')) as Record<string, string | number | null>[];
    const edition = await graph.funding.write.openEdition({
      sourceId: 'hidden',
      retrievedAt: '2026-07-01T00:00:00.000Z',
    });
    const values = Object.fromEntries(
      Object.entries(row ?? {}).filter(
        ([column]) =>
          !/^(id|source_id|record_id|tier|licence|url|citation|note|verification|asserted_on|retrieved_at|updated_at|withdrawn_at|hash)$/.test(
            column,
          ),
      ),
    );
    await edition.flows([
      {
        recordId: 'secret',
        visibility: Visibility.DONOR,
        licence: 'CC0',
        values: {
          ...values,
          kind: 'INCOMING_FUNDS',
          reporter_key: NETWORK,
          activity_key: 'SECRET-B',
        },
      },
    ]);
    await edition.commit(graph.organisations.write.publish);
    expect(JSON.stringify(await ask(everything))).toBe(before);
    expect(JSON.stringify(await ask(everything, 1))).toBe(before);
    expect(await states('', 2)).toEqual([['MATCHED', 'donor+hidden']]);
    expect((await flows('sources: ["hidden"]', 1)).totalCount).toBe(0);
    expect((await flows('sources: ["hidden"]', 2)).totalCount).toBe(1);
  });
});
