import type { Graph } from '../../../gateway/graph';
import { importReference } from '../../../scripts/import/reference/import';
import { openTestGraph } from '../../support/databases';
import { openGateway, type TestGateway } from '../../support/gateway';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';
import { sayIn } from '../../support/say';

let graph: Graph;
let gateway: TestGateway;
const open = async () => {
  graph = await openTestGraph();
  gateway = await openGateway(graph);
  await importReference(
    graph,
    'rates',
    inputOf(
      JSON.stringify([{ currency_id: 'USD', year: 2024, month: 5, value: 1 }]),
      'https://rates.example/rates.json',
    ),
  );
};
const close = async () => {
  await gateway.close();
  await graph.close();
};
beforeEach(open);
afterEach(close);

const say = async (records: readonly object[], source?: string) => {
  await sayIn(graph, records, source);
  await graph.follow();
};

const COALITION = 'XX-1-COALITION';
const HOST = 'XX-1-HOST';
const MEMBERS = ['XX-1-A', 'XX-1-B', 'XX-1-C'].map((member) => ({
  kind: 'membership',
  id: `${member} in it`,
  member,
  memberName: member,
  network: COALITION,
  networkName: 'A coalition',
  role: 'MEMBER',
  from: '2015',
}));
const ASSEMBLY = {
  kind: 'governing-body',
  id: 'assembly',
  network: COALITION,
  title: 'Assembly',
  bodyKind: 'GENERAL_ASSEMBLY',
  composedByMembers: true,
};
const BOARD_OF_HOST = {
  kind: 'governing-body',
  id: 'board of the host',
  network: HOST,
  networkName: 'A host',
  title: 'Board',
  bodyKind: 'BOARD',
  composedByMembers: false,
};
const HOSTING = {
  kind: 'host-arrangement',
  id: 'hosting',
  host: HOST,
  hosted: COALITION,
  form: 'FISCAL_HOST',
  feePercent: 7,
  from: '2012',
};
const WORLD = [...MEMBERS, ASSEMBLY, BOARD_OF_HOST, HOSTING];

const party = (role: number, ref: string) => `<participating-org role="${role}" ref="${ref}"/>`;
/** A ministry pays the host for the coalition: its record names the coalition as the one that implements. */
const GIVEN = anActivity(
  'XX-1-DONOR-1',
  'XX-1-DONOR',
  `${party(1, 'XX-1-DONOR')}${party(4, COALITION)}${aTransaction(
    '3',
    '1000',
    `<receiver-org ref="${HOST}" receiver-activity-id="XX-1-HOST-1"/>`,
    '2024-05-01',
  )}`,
);
/** The host's own record of it, which names nobody, and two payments out of it. */
const HELD = anActivity(
  'XX-1-HOST-1',
  HOST,
  [
    aTransaction(
      '1',
      '1000',
      '<provider-org ref="XX-1-DONOR" provider-activity-id="XX-1-DONOR-1"/>',
      '2024-05-01',
    ),
    aTransaction('3', '300', '<receiver-org ref="XX-1-A"/>', '2024-05-03'),
    aTransaction('3', '150', '<receiver-org ref="XX-1-X"/>', '2024-05-04'),
  ].join(''),
);
/** What the host does for itself. */
const OWN = anActivity(
  'XX-1-HOST-2',
  HOST,
  [
    aTransaction('1', '500', '<provider-org ref="XX-1-OTHER"/>', '2024-05-01'),
    aTransaction('3', '10', '<receiver-org ref="XX-1-Y"/>', '2024-05-05'),
  ].join(''),
);
const pay = (...activities: string[]) => payFrom('money', ...activities);
const payFrom = (source: string, ...activities: string[]) =>
  importXml(graph, activityFile(...activities), source).then(() => graph.follow());

interface Indicator {
  id: string;
  verdict: string;
  value: number | null;
  numerator: string | null;
  denominator: string | null;
  says: string;
}
const classify = async (id: string) => {
  const { organisation } = (await gateway.dataOf(
    `{ organisation(id: "${id}") { classification(asOf: "2026-01-01") {
      outcome flags reasoning missing indicators { id verdict value numerator denominator says } evidence { says recordKind recordId }
    } } }`,
  )) as {
    organisation: {
      classification: {
        outcome: string;
        flags: string[];
        reasoning: string[];
        missing: string[];
        indicators: Indicator[];
        evidence: { says: string; recordKind: string; recordId: string }[];
      };
    };
  };
  const { indicators, ...rest } = organisation.classification;
  return { ...rest, ...Object.fromEntries(indicators.map((one) => [one.id, one])) } as typeof rest &
    Record<'I4' | 'I5' | 'I6', Indicator>;
};
/** Whose the money is, as the table has it. */
const held = async () =>
  (
    (await graph.funding
      .db('flows')
      .whereRaw('coalesce(provider_for_key, receiver_for_key) is not null')
      .orderBy(['kind', 'units'])) as Record<string, string | number>[]
  ).map((row) =>
    [
      row.kind,
      row.units,
      row.provider_for_key,
      row.provider_for_basis,
      row.receiver_for_key,
      row.receiver_for_basis,
    ]
      .map((value) => value ?? '-')
      .join(' '),
  );

const ALL_HELD = [
  `DISBURSEMENT 150 ${COALITION} MONEY_IN - -`,
  `DISBURSEMENT 300 ${COALITION} MONEY_IN - -`,
  `DISBURSEMENT 1000 - - ${COALITION} FLOW_ACTIVITY`,
  `INCOMING_FUNDS 1000 - - ${COALITION} PROVIDER_ACTIVITY`,
];

describe('money that reaches a fiscal host (DOMAIN 3.3, cases 4 and 6)', () => {
  it('is the coalition’s where a record names it: the coalition does not look unfunded, and the host is no intermediary by it', async () => {
    await say(WORLD);
    await pay(GIVEN, HELD, OWN);
    expect(await held()).toEqual(ALL_HELD);
    const coalition = await classify(COALITION);
    expect([coalition.outcome, coalition.flags]).toEqual(['HYBRID', []]);
    expect(coalition.I4).toMatchObject({ value: 0.45, numerator: '450', denominator: '1000' });
    expect(coalition.I5).toMatchObject({ verdict: 'FAIL', numerator: '300', denominator: '450' });
    expect(coalition.I4.says).toContain(
      'Of it 3 flows went through Reporter XX-1-HOST (XX-1-HOST), as host, in its name.',
    );
    expect(coalition.evidence).toContainEqual(
      expect.objectContaining({
        says: 'Reporter XX-1-HOST (XX-1-HOST) got money for it from Reporter XX-1-DONOR (XX-1-DONOR), and a record names it.',
        recordKind: 'flow',
      }),
    );
    const host = await classify(HOST);
    expect(host.outcome).toBe('NEITHER');
    expect(host.I4).toMatchObject({ value: 0.02, numerator: '10', denominator: '500' });
    expect(host.I4.says).toContain(
      'What it holds as host of A coalition (XX-1-COALITION), 3 flows on record, is not its own and is left out.',
    );
  });

  it('stays with the host where no record names the coalition, and the coalition’s answer says so', async () => {
    await say(WORLD);
    await pay(GIVEN.replace(party(4, COALITION), ''), HELD);
    expect(await held()).toEqual([]);
    const coalition = await classify(COALITION);
    expect([coalition.outcome, coalition.flags]).toEqual([
      'NETWORK',
      ['PROVISIONAL', 'HOSTED_FUNDS_UNKNOWN'],
    ]);
    const host = await classify(HOST);
    expect([host.outcome, host.I4.value]).toEqual(['INTERMEDIARY', 0.45]);
  });

  it('stays with the host where a record names others beside the coalition, or a body that it did not host then', async () => {
    await say(WORLD);
    await pay(GIVEN.replace(party(4, COALITION), party(4, COALITION) + party(4, 'XX-1-X')), HELD);
    expect(await held()).toEqual([]);
    await say(WORLD.map((one) => (one === HOSTING ? { ...HOSTING, to: '2023' } : one)));
    await pay(GIVEN, HELD);
    expect(await held()).toEqual([]);
    await say(WORLD.map((one) => (one === HOSTING ? { ...HOSTING, form: 'COORDINATOR' } : one)));
    expect(await held()).toEqual([]);
    await say(WORLD);
    expect(await held()).toEqual(ALL_HELD);
  });

  it('is the alliance’s as far as it is named, and the host is judged by its own grants', async () => {
    await say([...WORLD.filter((one) => one !== HOSTING), { ...HOSTING, form: 'LEGAL_HOST' }]);
    await pay(
      GIVEN,
      HELD,
      anActivity(
        'XX-1-HOST-3',
        HOST,
        [
          aTransaction('1', '4000', '<provider-org ref="XX-1-OTHER"/>', '2024-05-01'),
          aTransaction('3', '3000', '<receiver-org ref="XX-1-Y"/>', '2024-05-05'),
        ].join(''),
      ),
    );
    expect((await classify(HOST)).outcome).toBe('INTERMEDIARY');
    expect((await classify(COALITION)).outcome).toBe('HYBRID');
  });

  it('handed to the coalition itself is its own already, and counted once', async () => {
    await say(WORLD);
    await pay(
      GIVEN,
      anActivity(
        'XX-1-HOST-1',
        HOST,
        `${party(4, COALITION)}${aTransaction('3', '900', `<receiver-org ref="${COALITION}"/>`, '2024-05-03')}`,
      ),
      OWN,
    );
    expect(await held()).toEqual([
      `DISBURSEMENT 900 ${COALITION} HANDED_OVER - -`,
      `DISBURSEMENT 1000 - - ${COALITION} FLOW_ACTIVITY`,
    ]);
    expect((await classify(COALITION)).I4).toMatchObject({ verdict: 'UNKNOWN' });
    expect((await classify(HOST)).I4).toMatchObject({ denominator: '500' });
    // Without a record that names it before, it is what the host paid it.
    await pay(OWN, HELD.replace('ref="XX-1-A"', `ref="${COALITION}"`));
    expect(await held()).toEqual([]);
    expect((await classify(COALITION)).flags).toEqual(['PROVISIONAL']);
  });

  it('is found in whatever order records come, and given back when one of them goes', async () => {
    const steps = [
      () => say(WORLD.slice(0, 5), 'one'),
      () => say([HOSTING], 'two'),
      () => payFrom('given', GIVEN),
      () => payFrom('held', HELD),
    ];
    for (const order of [
      [3, 2, 1, 0],
      [1, 3, 0, 2],
    ]) {
      for (const place of order) await steps[place]?.();
      expect(await held()).toEqual(ALL_HELD);
      await close();
      await open();
    }
    for (const step of steps) await step();
    expect(await held()).toEqual(ALL_HELD);
    await payFrom('given', GIVEN.replace(party(4, COALITION), ''));
    expect(await held()).toEqual([]);
    await payFrom('given', GIVEN);
    expect(await held()).toEqual(ALL_HELD);
    await say([{ ...HOSTING, hosted: 'XX-1-NOBODY', hostedName: 'Somebody else' }], 'two');
    expect(await held()).toEqual([]);
  });

  it('is worked out of what a database held before, when the graph next follows', async () => {
    await say(WORLD);
    await pay(GIVEN, HELD);
    const { db } = graph.funding;
    await db('flows').update({
      provider_for_key: null,
      provider_for_tiers: 0,
      receiver_for_key: null,
      receiver_for_tiers: 0,
    });
    await graph.follow();
    expect(await held()).toEqual([]);
    await db('hosting_state').update({ resolved: 0 });
    await graph.follow();
    expect(await held()).toEqual(ALL_HELD);
  });

  it('is told only to those who may see the arrangement', async () => {
    await say(WORLD.filter((one) => one !== HOSTING));
    await pay(GIVEN, HELD, OWN);
    const before = await classify(HOST);
    await say([{ ...HOSTING, visibility: 'DONOR' }], 'hidden');
    expect(await classify(HOST)).toEqual(before);
    expect((await classify(COALITION)).flags).toEqual(['PROVISIONAL']);
    const seen = await openGateway(graph, 2);
    const { organisation } = (await seen.dataOf(
      `{ organisation(id: "${COALITION}") { classification(asOf: "2026-01-01") { outcome } } }`,
    )) as { organisation: { classification: object } };
    expect(organisation.classification).toEqual({ outcome: 'HYBRID' });
    await seen.close();
  });
});

describe('flows and trails of money that reaches a host', () => {
  beforeEach(async () => {
    await say(WORLD);
    await pay(GIVEN, HELD, OWN);
  });

  it('say in whose name a host got and paid it, and what says so', async () => {
    const { flows } = (await gateway.dataOf(`{
      flows(orderBy: AMOUNT_DESC, filter: { kinds: [DISBURSEMENT] }) { nodes {
        receiver { id } provider { id }
        receiverOnBehalfOf { organisation { id hostedBy { feePercent host { id } } } basis says activity { identifier } }
        providerOnBehalfOf { organisation { id } basis activity { identifier } }
      } }
    }`)) as { flows: { nodes: object[] } };
    const inItsName = {
      organisation: { id: COALITION },
      basis: 'MONEY_IN',
      activity: { identifier: 'XX-1-HOST-1' },
    };
    expect(flows.nodes).toEqual([
      {
        provider: { id: 'XX-1-DONOR' },
        receiver: { id: HOST },
        providerOnBehalfOf: null,
        receiverOnBehalfOf: {
          organisation: {
            id: COALITION,
            hostedBy: [{ feePercent: '7', host: { id: HOST } }],
          },
          basis: 'FLOW_ACTIVITY',
          says: 'The activity whose report has the flow is the hosted body’s, or names it.',
          activity: { identifier: 'XX-1-DONOR-1' },
        },
      },
      {
        provider: { id: HOST },
        receiver: { id: 'XX-1-A' },
        providerOnBehalfOf: inItsName,
        receiverOnBehalfOf: null,
      },
      {
        provider: { id: HOST },
        receiver: { id: 'XX-1-X' },
        providerOnBehalfOf: inItsName,
        receiverOnBehalfOf: null,
      },
      {
        provider: { id: HOST },
        receiver: { id: 'XX-1-Y' },
        providerOnBehalfOf: null,
        receiverOnBehalfOf: null,
      },
    ]);
  });

  it('go through the coalition, with the host beside it and no hop of its own', async () => {
    const { moneyTrail } = (await gateway.dataOf(`{
      moneyTrail(from: "XX-1-DONOR", currency: "USD") { nodes {
        amount end route hops hostHops recipient { id } recipientReports
        steps { provider { id } receiver { id } throughHosts { id } heldAsHost }
      } }
    }`)) as { moneyTrail: { nodes: object[] } };
    const first = {
      provider: { id: 'XX-1-DONOR' },
      receiver: { id: COALITION },
      throughHosts: [{ id: HOST }],
      heldAsHost: false,
    };
    expect(moneyTrail.nodes).toMatchObject([
      {
        amount: '550',
        end: 'RETAINED',
        route: 'DIRECT',
        hops: 0,
        hostHops: 1,
        recipient: { id: COALITION },
        recipientReports: true,
        steps: [first],
      },
      {
        amount: '300',
        route: 'THROUGH_NETWORK',
        hops: 1,
        hostHops: 1,
        recipient: { id: 'XX-1-A' },
        steps: [
          first,
          { provider: { id: COALITION }, receiver: { id: 'XX-1-A' }, throughHosts: [] },
        ],
      },
      { amount: '150', route: 'THROUGH_INTERMEDIARY', recipient: { id: 'XX-1-X' } },
    ]);
    const { flows } = (await gateway.dataOf(
      '{ flows(filter: { kinds: [DISBURSEMENT] }, orderBy: AMOUNT_DESC) { nodes { route(asOf: "2026-01-01") } } }',
    )) as { flows: { nodes: object[] } };
    expect(flows.nodes).toEqual([
      { route: 'DIRECT' },
      { route: 'THROUGH_NETWORK' },
      { route: 'THROUGH_INTERMEDIARY' },
      { route: 'UNKNOWN' },
    ]);
  });
});

describe('sums of money that reaches a host', () => {
  beforeEach(async () => {
    await say(WORLD);
    await pay(GIVEN, HELD, OWN);
  });

  /** Rows in short: `XX-1-A, DIRECT: 300`. */
  const sum = async (basis: string, groupBy: string, filter = '') => {
    const { flowSummary } = (await gateway.dataOf(
      `{ flowSummary(basis: ${basis}, currency: "USD", groupBy: [${groupBy}]${filter && `, filter: { ${filter} }`}) { total rows { keys { value } amount } } }`,
    )) as {
      flowSummary: { total: string; rows: { keys: { value: string | null }[]; amount: string }[] };
    };
    return flowSummary.rows.map(
      ({ keys, amount }) =>
        `${keys.map(({ value }) => value?.replace('XX-1-', '') ?? '?').join(', ')}: ${amount}`,
    );
  };

  it('are the coalition’s, with the host as the legal receiver', async () => {
    expect(await sum('GROSS_THROUGHPUT', 'RECEIVER, LEGAL_RECEIVER')).toEqual([
      'COALITION, HOST: 1000',
      'HOST, HOST: 500',
      'A, A: 300',
      'X, X: 150',
      'Y, Y: 10',
    ]);
    expect(await sum('FINAL', 'RECEIVER')).toEqual([
      'COALITION: 550',
      'HOST: 490',
      'A: 300',
      'X: 150',
      'Y: 10',
    ]);
    expect(await sum('SOURCE', 'PROVIDER')).toEqual(['DONOR: 1000', 'OTHER: 500']);
    expect(await sum('FIRST_RECIPIENT', 'RECEIVER')).toEqual(['COALITION: 1000', 'HOST: 500']);
    expect(await sum('GROSS_THROUGHPUT', 'PROVIDER', `receivers: ["${COALITION}"]`)).toEqual([
      'DONOR: 1000',
    ]);
    expect(await sum('GROSS_THROUGHPUT', 'PROVIDER', `receivers: ["${HOST}"]`)).toEqual([
      'OTHER: 500',
    ]);
    expect(await sum('GROSS_THROUGHPUT', 'RECEIVER', `providers: ["${COALITION}"]`)).toEqual([
      'A: 300',
      'X: 150',
    ]);
  });

  it('go from the donor to the coalition without a hop', async () => {
    expect(
      await sum('FINAL', 'FINAL_RECIPIENT, HOPS, FIRST_RECIPIENT', 'providers: ["XX-1-DONOR"]'),
    ).toEqual(['COALITION, 0, COALITION: 550', 'A, 1, COALITION: 300', 'X, 1, COALITION: 150']);
    expect(await sum('FINAL', 'FINAL_RECIPIENT, ROUTE', 'providers: ["XX-1-DONOR"]')).toEqual([
      'COALITION, DIRECT: 550',
      'A, THROUGH_NETWORK: 300',
      'X, THROUGH_INTERMEDIARY: 150',
    ]);
  });

  it('leave a host that pays to whom it hosts out of the hops, where no record named it before', async () => {
    await pay(
      anActivity(
        'XX-1-HOST-1',
        HOST,
        aTransaction('1', '100', '<provider-org ref="XX-1-DONOR"/>', '2024-05-01') +
          aTransaction('3', '100', `<receiver-org ref="${COALITION}"/>`, '2024-05-02'),
      ),
    );
    expect(await held()).toEqual([]);
    expect(await sum('FINAL', 'FINAL_RECIPIENT, HOPS, FIRST_RECIPIENT')).toEqual([
      'COALITION, 0, COALITION: 100',
    ]);
    expect(await sum('FINAL', 'FINAL_RECIPIENT, ROUTE')).toEqual(['COALITION, DIRECT: 100']);
    expect(await sum('FIRST_RECIPIENT', 'RECEIVER')).toEqual(['HOST: 100']);
  });

  it('are on the coalition’s terms', async () => {
    const { fundingTerms } = (await gateway.dataOf(
      '{ fundingTerms(currency: "USD", money: DISBURSED, asOf: "2026-01-01") { rows { outcome bodies flows } } }',
    )) as { fundingTerms: { rows: object[] } };
    expect(fundingTerms.rows).toContainEqual({ outcome: 'HYBRID', bodies: 1, flows: 1 });
    // The host got what is its own.
    expect(fundingTerms.rows).toContainEqual({ outcome: 'NEITHER', bodies: 1, flows: 1 });
  });
});
