import { type Graph, openGraph } from '../../../gateway/graph';
import { BrokenFile } from '../../../scripts/import/broken-file';
import { importThreeSixty } from '../../../scripts/import/threesixty/import';
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
});
afterEach(() => graph.close());

const ask = async (query: string) => dataOf(await askSubgraph(graph.funding, query));
const importText = (text: string, name = 'grants.json', sourceId = '360') =>
  importThreeSixty(graph, inputOf(text, name), {
    sourceId,
    retrievedAt: '2026-01-01T00:00:00.000Z',
  });

/** A grant with all that the standard requires, and more. */
const aGrant = (id: string, more: object = {}): Record<string, unknown> => ({
  id,
  title: `Title of ${id}`,
  description: 'What it is for',
  currency: 'GBP',
  amountAwarded: 1000.5,
  awardDate: '2020-03-01T00:00:00+00:00',
  fundingOrganization: [{ id: 'GB-CHC-1', name: 'The Funder' }],
  recipientOrganization: [{ id: 'GB-COH-2', name: 'The Recipient' }],
  ...more,
});
const file = (...grants: object[]) => JSON.stringify({ grants }, null, 1);
const importGrants = (...grants: object[]) => importText(file(...grants));

const FLOWS = `flows(orderBy: DATE_ASC) { nodes { kind date valueDate amount { amount currency }
  provider { id } providerBasis receiver { id } receiverBasis description
  purpose { kind basis } flexibility { kind basis } shares { code percentage estimated inherited }
  activity { identifier } records { reporter { id } provenance { licence record } } } }`;
const ACTIVITY = `activities { nodes { identifier title description startDate endDate plannedStart plannedEnd
  actualStart actualEnd durationMonths lastReported reporter { id } parties { role name organisation { id } }
  shares { code percentage estimated } related { relation identifier }
  grant { regrantType toIndividual fromOpenCall locationScope dataSource amountAppliedFor { amount currency }
    fundingTypes { vocabulary code title } classifications { title } programmes { code title url } } } }`;
interface FlowNode {
  kind: string;
  date: string;
  amount: { amount: string; currency: string };
  provider: { id: string } | null;
  providerBasis: string;
  receiver: { id: string } | null;
  receiverBasis: string;
  purpose: { kind: string; basis: string };
  flexibility: { kind: string; basis: string };
}
const flows = async () =>
  ((await ask(`{ ${FLOWS} }`)) as unknown as { flows: { nodes: FlowNode[] } }).flows.nodes;
const activities = async () =>
  (
    (await ask(`{ ${ACTIVITY} }`)) as unknown as {
      activities: { nodes: Record<string, unknown>[] };
    }
  ).activities.nodes;

const FULL = aGrant('360G-x-1', {
  amountAppliedFor: 2000,
  amountDisbursed: 400,
  dateModified: '17/08/2020 00:00',
  dataSource: 'https://funder.example/grants',
  plannedDates: [{ startDate: '2020-04-01', endDate: '01/10/2021', duration: 18 }],
  actualDates: [{ startDate: '2020-05-01T00:00:00Z' }],
  grantProgramme: [{ code: 'E', title: 'Education', url: 'https://funder.example/e' }],
  fundingType: [{ vocabulary: 'Own', code: 'C', title: 'Core costs' }],
  classifications: [{ vocabulary: 'Own', code: 'P', title: 'Peace' }],
  beneficiaryLocation: [
    { countryCode: 'ke' },
    { countryCode: 'UG', name: 'Gulu' },
    { name: 'Lira' },
  ],
  relatedActivity: ['360G-x-0'],
  fromOpenCall: 'Yes',
  locationScope: 'GLS030',
  additional_data: { recipientLocation: 'enriched by somebody else' },
});

describe('a grant of 360Giving', () => {
  it('is an activity, with its dates, codes, places and parties', async () => {
    await importGrants(FULL);
    expect(await activities()).toEqual([
      {
        identifier: '360G-x-1',
        title: 'Title of 360G-x-1',
        description: 'What it is for',
        startDate: '2020-05-01',
        endDate: '2021-10-01',
        plannedStart: '2020-04-01',
        plannedEnd: '2021-10-01',
        actualStart: '2020-05-01',
        actualEnd: null,
        durationMonths: '18',
        lastReported: '2020-08-17',
        reporter: { id: 'GB-CHC-1' },
        parties: [
          { role: 'FUNDING', name: 'The Funder', organisation: { id: 'GB-CHC-1' } },
          { role: 'IMPLEMENTING', name: 'The Recipient', organisation: { id: 'GB-COH-2' } },
        ],
        shares: [
          { code: 'KE', percentage: '50', estimated: true },
          { code: 'UG', percentage: '50', estimated: true },
        ],
        related: [{ relation: 'UNSPECIFIED', identifier: '360G-X-0' }],
        grant: {
          regrantType: null,
          toIndividual: false,
          fromOpenCall: true,
          locationScope: 'GLS030',
          dataSource: 'https://funder.example/grants',
          amountAppliedFor: { amount: '2000', currency: 'GBP' },
          fundingTypes: [{ vocabulary: 'Own', code: 'C', title: 'Core costs' }],
          classifications: [{ title: 'Peace' }],
          programmes: [{ code: 'E', title: 'Education', url: 'https://funder.example/e' }],
        },
      },
    ]);
    expect(JSON.stringify(await graph.funding.db('activities'))).not.toContain('enriched');
  });

  it('has what was awarded as a commitment, and what was paid as of the last update', async () => {
    await importGrants(FULL);
    expect(await flows()).toMatchObject([
      {
        kind: 'COMMITMENT',
        date: '2020-03-01',
        amount: { amount: '1000.5', currency: 'GBP' },
        provider: { id: 'GB-CHC-1' },
        providerBasis: 'IDENTIFIER',
        receiver: { id: 'GB-COH-2' },
        receiverBasis: 'IDENTIFIER',
        purpose: { kind: 'CORE', basis: 'DECLARED' },
        flexibility: { kind: 'UNEARMARKED', basis: 'RULE' },
        shares: [{ code: 'KE', inherited: true }, { code: 'UG' }],
        activity: { identifier: '360G-x-1' },
        records: [{ reporter: { id: 'GB-CHC-1' }, provenance: { licence: 'not stated' } }],
      },
      { kind: 'DISBURSEMENT', date: '2020-08-17', amount: { amount: '400' } },
    ]);
  });

  it('has no disbursement while nothing is paid, and a negative or zero award as it is', async () => {
    await importGrants(
      aGrant('360G-x-1', { amountDisbursed: 0, amountAwarded: 0 }),
      aGrant('360G-x-2', { amountAwarded: '-1,200.10' }),
    );
    expect((await flows()).map(({ kind, amount }) => [kind, amount.amount]).sort()).toEqual([
      ['COMMITMENT', '-1200.1'],
      ['COMMITMENT', '0'],
    ]);
  });

  it('has its transactions in place of the totals, where it lists them', async () => {
    const { problems } = await importGrants(
      aGrant('360G-x-1', {
        amountDisbursed: 700,
        commitmentTransaction: [
          { id: 'c1', transactionDate: '2020-03-01', value: 600, currency: 'GBP' },
          { id: 'c2', transactionDate: '2021-03-01', value: 400.5, valueDate: '2021-02-01' },
        ],
        disbursementTransaction: [
          { transactionDate: '2020-06-01', value: 300, recipient: 'GB-CHC-9', description: 'half' },
          { transactionDate: 'soon', value: 300 },
        ],
      }),
    );
    expect(await flows()).toMatchObject([
      { kind: 'COMMITMENT', date: '2020-03-01', amount: { amount: '600' } },
      {
        kind: 'DISBURSEMENT',
        date: '2020-06-01',
        amount: { amount: '300' },
        receiver: { id: 'GB-CHC-9' },
        description: 'half',
      },
      { kind: 'COMMITMENT', valueDate: '2021-02-01', receiver: { id: 'GB-COH-2' } },
    ]);
    expect(problems.list.map(({ status, code }) => [status, code])).toEqual([
      ['REJECTED', 'TRANSACTION_WITHOUT_DATE'],
      ['NOTED', 'TRANSACTIONS_NOT_THE_TOTAL'],
    ]);
  });

  it('counts its months from its planned dates where it gives no duration', async () => {
    await importGrants(
      aGrant('360G-x-1', { plannedDates: [{ startDate: '2020-01-01', endDate: '2021-12-31' }] }),
    );
    expect(await activities()).toMatchObject([{ durationMonths: '24' }]);
  });
});

describe('who gives and who receives', () => {
  it('a person is not kept: no name, no id, no reason, also not in the texts', async () => {
    await importGrants(
      aGrant('360G-x-1', {
        title: 'Grant to Jo O’Example (Mx)',
        description: 'JO O’EXAMPLE (MX) wants a piano',
        recipientOrganization: undefined,
        recipientIndividual: { id: '360G-x-person-77', name: 'Jo O’Example (Mx)' },
        toIndividualsDetails: { primaryGrantReason: 'GTIR070' },
        commitmentTransaction: [
          {
            transactionDate: '2020-03-01',
            value: 1000.5,
            recipient: '360G-x-person-77',
            description: 'Jo O’Example',
          },
        ],
      }),
    );
    expect(await flows()).toMatchObject([{ receiver: null, receiverBasis: 'INDIVIDUAL' }]);
    expect(await activities()).toMatchObject([
      {
        title: 'Grant to an individual',
        description: 'an individual wants a piano',
        parties: [{ role: 'FUNDING' }],
        grant: { toIndividual: true },
      },
    ]);
    for (const { db } of graph.subgraphs) {
      const tables = (await db('sqlite_master').where({ type: 'table' }).select('name')) as {
        name: string;
      }[];
      for (const { name } of tables)
        expect(JSON.stringify(await db(name))).not.toMatch(/o.example|person-77|GTIR070/i);
    }
  });

  it.each([
    ['in a list', { recipientIndividual: [{ id: 'p', name: 'Jo Example' }] }],
    ['by the reasons alone', { toIndividualsDetails: { primaryGrantReason: 'GTIR070' } }],
  ])('a person is not kept who is shown %s', async (_how, more) => {
    await importGrants(aGrant('360G-x-1', { title: 'Jo Example’s piano', ...more }));
    expect(await flows()).toMatchObject([{ receiver: null, receiverBasis: 'INDIVIDUAL' }]);
    if ('recipientIndividual' in more)
      expect(await activities()).toMatchObject([{ title: 'an individual’s piano' }]);
  });

  it('a person is not kept whom a flat table names', async () => {
    await importText(
      'Identifier,Title,Currency,Amount Awarded,Award Date,Funding Org:Identifier,Recipient Ind:Identifier,Recipient Ind:Name\n' +
        '360G-x-1,For Jo Example,GBP,5,2020-01-01,GB-CHC-1,p-77,Jo Example\n',
      'grants.csv',
    );
    expect(await flows()).toMatchObject([{ receiver: null, receiverBasis: 'INDIVIDUAL' }]);
    expect(await activities()).toMatchObject([{ title: 'For an individual' }]);
  });

  it('several funders or recipients share one amount, which is given to none of them', async () => {
    const { problems } = await importGrants(
      aGrant('360G-x-1', {
        fundingOrganization: [
          { id: 'GB-CHC-1', name: 'One' },
          { id: 'GB-CHC-3', name: 'Two' },
        ],
      }),
    );
    expect(await flows()).toMatchObject([
      { amount: { amount: '1000.5' }, provider: null, providerBasis: 'SEVERAL' },
    ]);
    expect(await activities()).toMatchObject([
      { parties: [{ name: 'One' }, { name: 'Two' }, { name: 'The Recipient' }] },
    ]);
    expect(problems.list).toMatchObject([{ status: 'NOTED', code: 'GRANT_OF_SEVERAL_FUNDERS' }]);
  });

  it('an id of a register or of a publisher’s is one body in all files; a number of its own, and a name, are not', async () => {
    const recipient = (id: string | undefined) => ({
      recipientOrganization: [{ id, name: 'Same Name' }],
    });
    const ids = ['GB-CHC-5', '360G-pub:org-5', '5', undefined];
    const grants = ids.map((id, index) => aGrant(`360G-x-${index}`, recipient(id)));
    await importText(file(...grants), 'a.json', 'first');
    await importText(
      file(...grants.map((grant, index) => ({ ...grant, id: `360G-y-${index}` }))),
      'b.json',
      'second',
    );
    const { first, second } = (await ask(`{
      first: flows(filter: { sources: ["first"] }) { nodes { receiver { id } receiverBasis activity { identifier } } }
      second: flows(filter: { sources: ["second"] }) { nodes { receiver { id } activity { identifier } } } }`)) as unknown as Record<
      'first' | 'second',
      { nodes: { receiver: { id: string }; activity: { identifier: string } }[] }
    >;
    const receivers = ({ nodes }: typeof first) =>
      nodes
        .sort((a, b) => (a.activity.identifier < b.activity.identifier ? -1 : 1))
        .map(({ receiver }) => receiver.id);
    const [a, b] = [receivers(first), receivers(second)];
    expect(a.slice(0, 2)).toEqual(['GB-CHC-5', '360G-PUB:ORG-5']);
    expect(b.slice(0, 2)).toEqual(a.slice(0, 2));
    expect(b[2]).not.toBe(a[2]);
    // Named by one funder in both files.
    expect(b[3]).toBe(a[3]);
    expect(new Set(a).size).toBe(4);
  });
});

describe('purpose and flexibility', () => {
  it.each([
    [{ regrantType: 'FRG010' }, 'REGRANT DECLARED', 'UNKNOWN UNKNOWN'],
    [{ regrantType: 'frg020' }, 'REGRANT DECLARED', 'UNKNOWN UNKNOWN'],
    [{ regrantType: 'FRG050' }, 'REGRANT DECLARED', 'UNKNOWN UNKNOWN'],
    [{ regrantType: 'FRG060' }, 'UNKNOWN UNKNOWN', 'UNKNOWN UNKNOWN'],
    [{ fundingType: [{ title: 'Core funding' }] }, 'CORE DECLARED', 'UNEARMARKED RULE'],
    [{ fundingType: [{ title: 'Unrestricted' }] }, 'CORE DECLARED', 'UNEARMARKED DECLARED'],
    [{ fundingType: [{ title: 'Project, restricted' }] }, 'PROJECT DECLARED', 'EARMARKED DECLARED'],
    [{ fundingType: [{ title: 'Core and project' }] }, 'UNKNOWN UNKNOWN', 'UNKNOWN UNKNOWN'],
    [{ classifications: [{ title: 'Core costs' }] }, 'CORE RULE', 'UNEARMARKED RULE'],
  ])('of %j are %s and %s', async (more, purpose, flexibility) => {
    await importGrants(aGrant('360G-x-1', more));
    const [flow] = await flows();
    expect([
      `${flow?.purpose.kind} ${flow?.purpose.basis}`,
      `${flow?.flexibility.kind} ${flow?.flexibility.basis}`,
    ]).toEqual([purpose, flexibility]);
  });

  it('regranted money can be asked for by its type, and its recipient passes it on', async () => {
    const { problems } = await importGrants(
      aGrant('360G-x-1', { regrantType: 'FRG020', fundingType: { title: 'Core' } }),
      aGrant('360G-x-2', { regrantType: 'FRG999' }),
      aGrant('360G-x-3'),
    );
    expect(
      await ask(`{ flows(filter: { regrantTypes: [TRANSFER_TO_INTERMEDIARY, COMMON_REGRANT] }) {
        totalCount totals { amount flows inUsd { amount } } nodes { activity { identifier grant { regrantType } parties { role } } } } }`),
    ).toEqual({
      flows: {
        totalCount: 1,
        totals: [{ amount: '1000.5', flows: 1, inUsd: null }],
        nodes: [
          {
            activity: {
              identifier: '360G-x-1',
              grant: { regrantType: 'TRANSFER_TO_INTERMEDIARY' },
              parties: [{ role: 'FUNDING' }, { role: 'EXTENDING' }],
            },
          },
        ],
      },
    });
    expect(problems.list).toMatchObject([{ code: 'REGRANT_TYPE_UNKNOWN', record: '360G-x-2' }]);
  });
});

describe('a file of 360Giving', () => {
  it('changes nothing the second time, and withdraws what a newer one lacks', async () => {
    const first = await importGrants(FULL, aGrant('360G-x-2'));
    expect(first.read).toEqual({ grants: 2, flows: 3 });
    const before = await ask(`{ ${FLOWS} ${ACTIVITY} }`);
    const { counts } = await importGrants(FULL, aGrant('360G-x-2'));
    expect(counts).toMatchObject({ created: 0, updated: 0, withdrawn: 0 });
    expect(await ask(`{ ${FLOWS} ${ACTIVITY} }`)).toEqual(before);
    await importGrants(FULL);
    expect(await ask('{ activities { totalCount } flows { totalCount } }')).toEqual({
      activities: { totalCount: 1 },
      flows: { totalCount: 2 },
    });
  });

  it('loses bad grants alone, with line and reason', async () => {
    const { read, problems } = await importGrants(
      aGrant('360G-x-1'),
      aGrant('', {}),
      aGrant('360G-x-3', { amountAwarded: 'lots' }),
      aGrant('360G-x-4', { awardDate: '32/01/2020' }),
      aGrant('360g-X-1'),
    );
    expect(read).toEqual({ grants: 5, flows: 1 });
    expect(problems.list.map(({ line, code, record }) => [line, code, record])).toEqual([
      [23, 'GRANT_WITHOUT_IDENTIFIER', null],
      [43, 'GRANT_WITHOUT_AMOUNT', '360G-x-3'],
      [63, 'GRANT_WITHOUT_DATE', '360G-x-4'],
      [83, 'DUPLICATE_GRANT', '360g-X-1'],
    ]);
  });

  it.each([
    ['that ends in the middle', file(aGrant('360G-x-9')).slice(0, -5)],
    ['without grants', '{"grants": []}'],
    ['of something else', '{"flows": [{"id": 1}]}'],
    ['that is a table of something else', 'a,b\n1,2\n'],
  ])('%s changes nothing', async (_what, text) => {
    await importGrants(FULL);
    const before = await ask(`{ ${FLOWS} ${ACTIVITY} }`);
    await expect(importText(text)).rejects.toThrow(BrokenFile);
    expect(await ask(`{ ${FLOWS} ${ACTIVITY} }`)).toEqual(before);
  });

  it('states its licence at its top, or has none', async () => {
    await importText(
      JSON.stringify({ license: 'https://licence.example/', grants: [aGrant('360G-x-1')] }),
    );
    expect(await flows()).toMatchObject([
      { records: [{ provenance: { licence: 'https://licence.example/' } }] },
    ]);
  });

  it('says the same as a flat table, by the titles of the standard or the names of its JSON', async () => {
    await importGrants(FULL);
    const before = await ask(`{ ${FLOWS} ${ACTIVITY} }`);
    const cells: [title: string, name: string, value: string][] = [
      ['Identifier', 'id', '360G-x-1'],
      ['Title', 'title', 'Title of 360G-x-1'],
      ['Description', 'description', '"What it\nis for"'],
      ['Currency', 'currency', 'GBP'],
      ['Amount Applied For', 'amountAppliedFor', '"2,000"'],
      ['Amount Awarded', 'amountAwarded', '1000.50'],
      ['Amount Disbursed', 'amountDisbursed', '400'],
      ['Award Date', 'awardDate', '01/03/2020'],
      ['Planned Dates:Start Date', 'plannedDates/0/startDate', '2020-04-01'],
      ['Planned Dates:0:End Date', 'plannedDates/0/endDate', '2021-10-01'],
      ['Planned Dates:Duration (months)', 'plannedDates/0/duration', '18'],
      ['Actual Dates:0:Start Date', 'actualDates/0/startDate', '2020-05-01'],
      ['Funding Org:0:Identifier', 'fundingOrganization/0/id', 'GB-CHC-1'],
      ['Funding Org:Name', 'fundingOrganization/0/name', 'The Funder'],
      ['Recipient Org:Identifier', 'recipientOrganization/0/id', 'GB-COH-2'],
      ['Recipient Org:Name', 'recipientOrganization/0/name', 'The Recipient'],
      ['Recipient Org:Street Address', 'recipientOrganization/0/streetAddress', '1 Some Road'],
      ['Grant Programme:Code', 'grantProgramme/0/code', 'E'],
      ['Grant Programme:Title', 'grantProgramme/0/title', 'Education'],
      ['Grant Programme:URL', 'grantProgramme/0/url', 'https://funder.example/e'],
      ['Funding Type:0:Vocabulary', 'fundingType/0/vocabulary', 'Own'],
      ['Funding Type:0:Code', 'fundingType/0/code', 'C'],
      ['Funding Type:0:Title', 'fundingType/0/title', 'Core costs'],
      ['Classifications:0:Vocabulary', 'classifications/0/vocabulary', 'Own'],
      ['Classifications:0:Code', 'classifications/0/code', 'P'],
      ['Classifications:0:Title', 'classifications/0/title', 'Peace'],
      ['Beneficiary Location:0:Country Code', 'beneficiaryLocation/0/countryCode', 'KE'],
      ['Beneficiary Location:1:Country Code', 'beneficiaryLocation/1/countryCode', 'UG'],
      ['Related Activity', 'relatedActivity', '360G-x-0'],
      ['From An Open Call?', 'fromOpenCall', 'Yes'],
      ['Location Scope', 'locationScope', 'GLS030'],
      ['Data Source', 'dataSource', 'https://funder.example/grants'],
      ['Last Modified', 'dateModified', '2020-08-17'],
      ['Our Own Column', 'ourOwn', 'whatever'],
    ];
    for (const column of [0, 1] as const) {
      const header = cells.map((cell) => cell[column]).join(',');
      const values = cells.map(([, , value]) => value).join(',');
      const { counts, problems } = await importText(
        `\uFEFF${header}\r\n${values}\r\n`,
        'grants.csv',
      );
      expect(problems.list).toEqual([]);
      expect(counts).toMatchObject({ created: 0, updated: 0, withdrawn: 0 });
    }
    expect(await ask(`{ ${FLOWS} ${ACTIVITY} }`)).toEqual(before);
  });
});

it('a page of grants costs as many queries for fifty as for one', async () => {
  const queriesFor = async (first: number) => {
    statements.length = 0;
    await ask(`{ activities(first: ${first}) { nodes { durationMonths grant { regrantType
      fundingTypes { title } classifications { title } programmes { title } } parties { role } } } }`);
    return statements.length;
  };
  await importGrants(
    ...Array.from({ length: 50 }, (_, index) => ({ ...FULL, id: `360G-x-${index + 1}` })),
  );
  const one = await queriesFor(1);
  expect(one).toBeGreaterThan(0);
  expect(await queriesFor(50)).toBe(one);
});
