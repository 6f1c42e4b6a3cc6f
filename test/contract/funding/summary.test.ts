import fc from 'fast-check';
import type { Graph } from '../../../gateway/graph';
import { importReference } from '../../../scripts/import/reference/import';
import { importStatements } from '../../../scripts/import/statements/import';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';

let graph: Graph;
let statements: string[];
beforeEach(async () => {
  statements = [];
  graph = await openTestGraph(
    (sql, subgraph) => void (subgraph === 'funding' && statements.push(sql)),
  );
});
afterEach(() => graph.close());

interface Answer {
  total: string;
  rows: {
    keys: { value: string | null }[];
    amount: string;
    share: string | null;
    flows: number;
    estimatedAmount: string;
    attributedAmount: string;
  }[];
  rowCount: number;
  restAmount: string;
  coverage: {
    flows: number;
    usable: number;
    knownAmount: string;
    excluded: object[];
    missing: string[];
    sources: { id: string }[];
  };
}
const ROWS = `total rowCount restAmount rows { keys { value } amount share flows estimatedAmount attributedAmount }
  coverage { flows usable knownAmount excluded { reason says flows amount currency } missing sources { id } }`;
const answerTo = (args: string, tier = 0) =>
  askSubgraph(graph.funding, `{ flowSummary(${args}) { ${ROWS} } }`, tier);
const summary = async (args: string, tier = 0): Promise<Answer> =>
  dataOf(await answerTo(args, tier)).flowSummary as Answer;
const rowsOf = async (args: string, tier = 0) =>
  (await summary(`currency: "USD", ${args}`, tier)).rows.map(({ keys, amount, flows }) => [
    ...keys.map(({ value }) => value),
    amount,
    flows,
  ]);

const say = async (records: object[]) => {
  const source = { kind: 'source', id: 'said', title: 'Said', publisherName: 'S', licence: 'CC0' };
  const lines = [{ ...source, retrievedAt: '2022-01-01' }, ...records].map((record) =>
    JSON.stringify(record),
  );
  const { problems } = await importStatements(graph, [inputOf(lines.join('\n'), 'said.jsonl')]);
  expect(problems.list).toEqual([]);
  await graph.follow();
};

const to = (ref: string) => `<receiver-org ref="${ref}"/>`;
const from = (ref: string) => `<provider-org ref="${ref}"/>`;
const pays = (value: string, ref: string, more = '', date = '2020-05-01') =>
  aTransaction('3', value, to(ref) + more, date);
const gets = (value: string, ref: string, date = '2020-05-20') =>
  aTransaction('1', value, from(ref), date);
const country = (code: string, percentage = '') =>
  `<recipient-country code="${code}" ${percentage && `percentage="${percentage}"`}/>`;
const activity = (reporter: string, ...inside: string[]) =>
  anActivity(`${reporter}-A`, reporter, inside.join(''));

/** D gives N 100 and A 50; N gives A 60 and B 20, and has 30 of its own from nowhere. */
const chain = () =>
  importXml(
    graph,
    activityFile(
      activity('XM-DAC-1', pays('100', 'GB-CHC-1'), pays('50', 'GB-CHC-2', '', '2021-02-01')),
      activity('GB-CHC-1', pays('60', 'GB-CHC-2'), pays('70', 'GB-CHC-3')),
    ),
  );

describe('a summary', () => {
  it('counts a chain on each basis', async () => {
    await chain();
    const on = (basis: string) => rowsOf(`basis: ${basis}, groupBy: [PROVIDER, RECEIVER]`);
    expect(await on('GROSS_THROUGHPUT')).toEqual([
      ['XM-DAC-1', 'GB-CHC-1', '100', 1],
      ['GB-CHC-1', 'GB-CHC-3', '70', 1],
      ['GB-CHC-1', 'GB-CHC-2', '60', 1],
      ['XM-DAC-1', 'GB-CHC-2', '50', 1],
    ]);
    expect(await on('FIRST_RECIPIENT')).toEqual([
      ['XM-DAC-1', 'GB-CHC-1', '100', 1],
      ['XM-DAC-1', 'GB-CHC-2', '50', 1],
    ]);
    // N gave 130 and had got 100: 30 of 130 are its own, 16.15 of 70 and 13.85 of 60.
    expect(await on('SOURCE')).toEqual([
      ['XM-DAC-1', 'GB-CHC-1', '100', 1],
      ['XM-DAC-1', 'GB-CHC-2', '50', 1],
      ['GB-CHC-1', 'GB-CHC-3', '16.15', 1],
      ['GB-CHC-1', 'GB-CHC-2', '13.85', 1],
    ]);
    expect(await on('FINAL')).toEqual([
      ['GB-CHC-1', 'GB-CHC-3', '70', 1],
      ['GB-CHC-1', 'GB-CHC-2', '60', 1],
      ['XM-DAC-1', 'GB-CHC-2', '50', 1],
    ]);
  });

  it('follows money within the scope of its filter, and shows of it what the rest asks for', async () => {
    await chain();
    // In 2021 alone nothing went on; and N’s own part is the same, whichever of its flows are shown.
    expect(await rowsOf('basis: SOURCE, groupBy: [YEAR], filter: { year: 2021 }')).toEqual([
      ['2021', '50', 1],
    ]);
    expect(
      await rowsOf('basis: SOURCE, groupBy: [RECEIVER], filter: { receivers: ["GB-CHC-3"] }'),
    ).toEqual([['GB-CHC-3', '16.15', 1]]);
  });

  it('counts a transfer once that both sides report', async () => {
    await importXml(graph, activityFile(activity('XM-DAC-1', pays('100', 'GB-CHC-1'))), 'donor');
    await importXml(graph, activityFile(activity('GB-CHC-1', gets('100', 'XM-DAC-1'))), 'network');
    expect(await rowsOf('basis: GROSS_THROUGHPUT, groupBy: []')).toEqual([['100', 1]]);
  });

  it('splits by country and sector so that the parts are the whole, and says what was estimated', async () => {
    await importXml(
      graph,
      activityFile(
        anActivity(
          '1',
          'XM-DAC-1',
          pays('100', 'GB-CHC-1') + country('ML') + country('NE') + country('TD'),
        ),
        anActivity('2', 'XM-DAC-1', pays('10', 'GB-CHC-1') + country('ML', '40')),
        anActivity('3', 'XM-DAC-1', pays('1', 'GB-CHC-1')),
      ),
    );
    const answer = await summary('basis: FIRST_RECIPIENT, currency: "USD", groupBy: [COUNTRY]');
    expect(
      answer.rows.map(({ keys, amount, estimatedAmount }) => [
        keys[0]?.value,
        amount,
        estimatedAmount,
      ]),
    ).toEqual([
      ['ML', '37.34', '33.33'],
      ['NE', '33.33', '33.33'],
      ['TD', '33.33', '33.33'],
      [null, '7', '0'],
    ]);
    expect([answer.total, answer.coverage.knownAmount]).toEqual(['111', '104']);
    // Of a flow for several countries the scope of one has its part.
    expect(
      (await summary('basis: FINAL, currency: "USD", groupBy: [], filter: { countries: ["ml"] }'))
        .total,
    ).toBe('37.33');
  });

  it('leaves out what cannot be converted, and says so; it is never zero', async () => {
    await importReference(
      graph,
      'rates',
      inputOf(
        JSON.stringify([
          { currency_id: 'USD', year: 2020, month: 5, value: 0.5 },
          { currency_id: 'EUR', year: 2020, month: 5, value: 0.6 },
        ]),
        'https://rates.example/rates.json',
      ),
    );
    const inEuro = (value: string, date: string) =>
      aTransaction('3', value, to('GB-CHC-1'), date).replace('<value ', '<value currency="EUR" ');
    await importXml(
      graph,
      activityFile(activity('XM-DAC-1', inEuro('100', '2020-05-03'), inEuro('7.5', '2020-06-03'))),
    );
    const answer = await summary('basis: SOURCE, currency: "USD", groupBy: [QUARTER]');
    expect(answer).toMatchObject({
      total: '120',
      rows: [{ keys: [{ value: '2020-Q2' }], amount: '120', share: '1', flows: 1 }],
      coverage: {
        flows: 2,
        usable: 1,
        excluded: [
          {
            reason: 'NOT_CONVERTIBLE',
            says: 'There is no rate of EUR for 2020-06.',
            flows: 1,
            amount: '7.5',
            currency: 'EUR',
          },
        ],
        missing: ['1 of 2 flows are in no sum; see `excluded`.'],
        sources: [{ id: 'src' }],
      },
    });
  });

  it('says what bodies paid themselves, which moves no money from one to another', async () => {
    await importXml(
      graph,
      activityFile(activity('XM-DAC-1', pays('100', 'GB-CHC-1') + pays('30', 'XM-DAC-1'))),
    );
    const answer = await summary('basis: FIRST_RECIPIENT, currency: "USD", groupBy: []');
    expect(answer.total).toBe('100');
    expect(answer.coverage).toMatchObject({
      flows: 2,
      usable: 1,
      excluded: [{ reason: 'TO_ITSELF', flows: 1, amount: '30', currency: 'USD' }],
    });
    const gross = await summary('basis: GROSS_THROUGHPUT, currency: "USD", groupBy: []');
    expect([gross.total, gross.coverage.excluded]).toEqual(['130', []]);
  });

  it('counts a payment that an activity and the one it is part of both report once', async () => {
    const related = '<related-activity ref="WHOLE" type="1"/>';
    await importXml(
      graph,
      activityFile(
        anActivity('WHOLE', 'XM-DAC-1', pays('100', 'GB-CHC-1') + pays('5', 'GB-CHC-2')),
        anActivity('PART', 'XM-DAC-1', related + pays('100', 'GB-CHC-1') + pays('30', 'GB-CHC-1')),
      ),
    );
    const answer = await summary('basis: GROSS_THROUGHPUT, currency: "USD", groupBy: []');
    expect(answer.total).toBe('135');
    expect(answer.coverage.excluded).toMatchObject([{ reason: 'PART_AND_WHOLE', flows: 1 }]);
  });

  it('never adds kinds of money together', async () => {
    await importXml(
      graph,
      activityFile(
        activity('XM-DAC-1', aTransaction('2', '500', to('GB-CHC-1')), pays('100', 'GB-CHC-1')),
      ),
    );
    const total = async (money: string) =>
      (await summary(`basis: SOURCE, money: ${money}, currency: "USD", groupBy: []`)).total;
    expect([await total('COMMITTED'), await total('DISBURSED'), await total('PLEDGED')]).toEqual([
      '500',
      '100',
      '0',
    ]);
    const funding = await summary('basis: SOURCE, money: FUNDING, currency: "USD", groupBy: []');
    expect(funding).toMatchObject({
      total: '0',
      coverage: { excluded: [{ reason: 'SEVERAL_STATUSES', flows: 2 }] },
    });
  });

  it('adds up what it does not show', async () => {
    await chain();
    const answer = await summary(
      'basis: GROSS_THROUGHPUT, currency: "USD", groupBy: [RECEIVER], first: 1',
    );
    expect(answer).toMatchObject({ total: '280', rowCount: 3, restAmount: '170' });
    expect(answer.rows).toMatchObject([{ amount: '110', share: '0.392857' }]);
  });

  it.each([
    [
      'currency: "USD", groupBy: []',
      /Say `basis`.*SOURCE: .*FIRST_RECIPIENT: .*FINAL: .*GROSS_THROUGHPUT: /s,
    ],
    ['basis: FINAL, currency: "dollars", groupBy: []', /`currency` is "dollars"/],
    ['basis: FINAL, currency: "USD", groupBy: [YEAR, YEAR]', /names one twice/],
    ['basis: FINAL, currency: "USD", groupBy: [YEAR, QUARTER, PROVIDER, RECEIVER]', /at most 3/],
    ['basis: FINAL, currency: "USD", groupBy: [], first: 501', /`first` is 501/],
    [
      'basis: FINAL, currency: "USD", groupBy: [], filter: { kinds: [COMMITMENT] }',
      /never added together/,
    ],
    [
      'basis: FINAL, currency: "USD", groupBy: [], filter: { includeAbsorbed: true }',
      /count money twice/,
    ],
  ])('refuses (%s), and says why', async (args, message) => {
    const { data, errors } = await answerTo(args);
    expect(data).toEqual({ flowSummary: null });
    expect(errors?.[0]?.message).toMatch(message);
  });

  it('takes the same number of queries however many flows there are', async () => {
    const queries = async () => {
      statements.length = 0;
      await summary('basis: FINAL, currency: "USD", groupBy: [RECEIVER, COUNTRY, YEAR]');
      return statements.length;
    };
    await chain();
    const few = await queries();
    await importXml(
      graph,
      activityFile(
        ...Array.from({ length: 30 }, (_, n) =>
          anActivity(`X-${n}`, `GB-CHC-${n}`, pays('3', `GB-CHC-${n + 7}`) + country('ML')),
        ),
      ),
      'more',
    );
    expect(await queries()).toBe(few);
    expect(few).toBeLessThan(20);
  });
});

describe('conservation through the database', () => {
  const bodies = ['XM-DAC-1', 'XM-DAC-2', 'GB-CHC-1', 'GB-CHC-2', 'GB-CHC-3', 'GB-CHC-4'];
  const world = fc.array(
    fc.record({
      provider: fc.constantFrom(...bodies),
      receiver: fc.constantFrom(...bodies),
      cents: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 1, max: 10_000_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: -10_000, max: -1 }) },
      ),
      told: fc.constantFrom('provider', 'receiver', 'both', 'nearly'),
      place: fc.constantFrom('', country('ML'), country('ML', '30') + country('NE', '70')),
    }),
    { minLength: 5, maxLength: 40 },
  );

  it('SOURCE is FINAL, and rows are the total, whatever both sides report', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (flows) => {
        const value = (cents: number) => (cents / 100).toFixed(2);
        const told = (side: string) =>
          flows.filter(
            (flow) => flow.told === side || !['provider', 'receiver'].includes(flow.told),
          );
        const given = told('provider').map((flow, n) =>
          anActivity(`G-${n}`, flow.provider, pays(value(flow.cents), flow.receiver) + flow.place),
        );
        const taken = told('receiver').map((flow, n) =>
          anActivity(
            `T-${n}`,
            flow.receiver,
            gets(value(flow.cents + (flow.told === 'nearly' ? 1 : 0)), flow.provider) + flow.place,
          ),
        );
        await importXml(graph, activityFile(...given), 'given');
        await importXml(graph, activityFile(...taken), 'taken');
        const ask = (basis: string, groupBy: string) =>
          summary(`basis: ${basis}, currency: "USD", groupBy: [${groupBy}], first: 500`);
        const totals: string[] = [];
        for (const groupBy of ['', 'PROVIDER', 'RECEIVER, COUNTRY', 'COUNTRY, YEAR, SOURCE'])
          for (const basis of ['SOURCE', 'FINAL']) {
            const { total, rows } = await ask(basis, groupBy);
            totals.push(total);
            const cents = rows.reduce(
              (sum, { amount }) => sum + Math.round(Number(amount) * 100),
              0,
            );
            expect(cents).toBe(Math.round(Number(total) * 100));
          }
        expect(new Set(totals).size).toBe(1);
      }),
      { numRuns: 12 },
    );
  });
});

describe('money followed along its ways', () => {
  /** What rows say, by the keys that are asked for. */
  const followed = (groupBy: string, more = '') =>
    rowsOf(`basis: FINAL, groupBy: [${groupBy}]${more}`).then((rows) =>
      rows.map((row) => row.slice(0, -1)),
    );

  it('tells by whom it came in, where it stayed and over how many bodies', async () => {
    await chain();
    // N had 100 of D’s and 30 of its own, and kept nothing: 10 of 13 of what it gave was D’s.
    expect(await followed('PROVIDER, FINAL_RECIPIENT, HOPS')).toEqual([
      ['XM-DAC-1', 'GB-CHC-3', '1', '53.85'],
      ['XM-DAC-1', 'GB-CHC-2', '0', '50'],
      ['XM-DAC-1', 'GB-CHC-2', '1', '46.15'],
      ['GB-CHC-1', 'GB-CHC-3', '0', '16.15'],
      ['GB-CHC-1', 'GB-CHC-2', '0', '13.85'],
    ]);
    expect(await followed('FIRST_RECIPIENT', ', filter: { providers: ["XM-DAC-1"] }')).toEqual([
      ['GB-CHC-1', '100'],
      ['GB-CHC-2', '50'],
    ]);
    const answer = await summary('basis: SOURCE, currency: "USD", groupBy: [HOPS]');
    expect(
      answer.rows.map(({ keys, attributedAmount }) => [keys[0]?.value, attributedAmount]),
    ).toEqual([
      ['1', '100'],
      ['0', '30'],
    ]);
  });

  it('tells by what kind of bodies it came', async () => {
    await chain();
    await say([
      ...['GB-CHC-2', 'GB-CHC-4', 'GB-CHC-5'].map((member) => ({
        kind: 'membership',
        member,
        memberName: member,
        network: 'GB-CHC-1',
        from: '2010',
      })),
      {
        kind: 'governing-body',
        id: 'assembly',
        network: 'GB-CHC-1',
        title: 'Assembly',
        bodyKind: 'GENERAL_ASSEMBLY',
        composedByMembers: true,
      },
    ]);
    const asOf = ', asOf: "2022-01-01"';
    expect(await followed('ROUTE', asOf)).toEqual([
      // To GB-CHC-3, which is no member: the network is an intermediary to it.
      ['DIRECT', '80'],
      ['THROUGH_INTERMEDIARY', '53.85'],
      ['THROUGH_NETWORK', '46.15'],
    ]);
    expect(
      (await rowsOf(`basis: FIRST_RECIPIENT, groupBy: [RECEIVER_STANDING]${asOf}`)).map((row) =>
        row.slice(0, 2),
      ),
    ).toEqual([
      ['NETWORK', '100'],
      ['MEMBER', '50'],
    ]);
  });

  it('is local to the country that it is for, by a definition that the answer states', async () => {
    await say(
      [
        ['ML', 'NATIONAL_NGO', 'GB-CHC-1'],
        ['GB', 'INTERNATIONAL_NGO', 'GB-CHC-2'],
        [undefined, 'UNKNOWN', 'GB-CHC-3'],
      ].map(([at, organisationKind, organisation]) => ({
        kind: 'organisation',
        organisation,
        organisationName: `Body ${organisation}`,
        organisationKind,
        country: at,
      })),
    );
    await importXml(
      graph,
      activityFile(
        activity(
          'XM-DAC-1',
          pays('10', 'GB-CHC-1') + pays('20', 'GB-CHC-2') + pays('40', 'GB-CHC-3'),
          country('ML'),
        ),
      ),
    );
    const args = (dimension: string) =>
      `basis: FINAL, currency: "USD", groupBy: [${dimension}, HOPS], filter: { countries: ["ML"] }`;
    for (const dimension of ['LOCALITY', 'LOCALITY_BY_TYPE'])
      expect(
        (await summary(args(dimension))).rows.map(({ keys, amount }) => [keys[0]?.value, amount]),
      ).toEqual([
        [null, '40'],
        ['NOT_LOCAL', '20'],
        ['LOCAL', '10'],
      ]);
    const { flowSummary } = dataOf(
      await askSubgraph(graph.funding, `{ flowSummary(${args('LOCALITY')}) { definitions } }`),
    ) as { flowSummary: { definitions: string[] } };
    expect(flowSummary.definitions[0]).toMatch(/^LOCALITY: LOCAL: the receiver has its seat/);
  });

  it.each([
    ['basis: GROSS_THROUGHPUT, groupBy: [HOPS]', /goes with SOURCE and FINAL/],
    ['basis: FINAL, groupBy: [ROUTE, YEAR]', /YEAR is of a single flow/],
    ['basis: FINAL, groupBy: [HOPS, LOCALITY]', /needs one country/],
    ['basis: FINAL, groupBy: [HOPS], filter: { purpose: [CORE] }', /`purpose` picks single flows/],
  ])('refuses what has no meaning along ways (%s)', async (args, message) => {
    const { errors } = await answerTo(`currency: "USD", ${args}`);
    expect(errors?.[0]?.message).toMatch(message);
  });
});
