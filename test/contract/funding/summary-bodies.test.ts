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

type Row = [...keys: (string | null)[], providers: number | null, receivers: number | null];

const rowsOf = async (args: string): Promise<Row[]> => {
  const { flowSummary } = dataOf(
    await askSubgraph(
      graph.funding,
      `{ flowSummary(currency: "USD", first: 500, ${args}) { rows { keys { value } providers receivers } } }`,
    ),
  ) as {
    flowSummary: {
      rows: {
        keys: { value: string | null }[];
        providers: number | null;
        receivers: number | null;
      }[];
    };
  };
  return flowSummary.rows.map(({ keys, providers, receivers }) => [
    ...keys.map(({ value }) => value),
    providers,
    receivers,
  ]);
};

const to = (ref: string | null) => (ref === null ? '' : `<receiver-org ref="${ref}"/>`);
const pays = (value: string, ref: string | null, date = '2020-05-01') =>
  aTransaction('3', value, to(ref), date);
const country = (code: string, percentage = '') =>
  `<recipient-country code="${code}" ${percentage && `percentage="${percentage}"`}/>`;

/** D gives N 100 and in 2021 A 50; N gives A 60 and B 70. */
const chain = () =>
  importXml(
    graph,
    activityFile(
      anActivity('XX-1-D-A', 'XX-1-D', pays('100', 'XX-1-N') + pays('50', 'XX-1-A', '2021-02-01')),
      anActivity('XX-1-N-A', 'XX-1-N', pays('60', 'XX-1-A') + pays('70', 'XX-1-B')),
    ),
  );

const say = (records: object[]) =>
  importStatements(graph, [
    inputOf(
      [
        {
          kind: 'source',
          id: 'said',
          title: 'Said',
          publisherName: 'S',
          licence: 'CC0',
          retrievedAt: '2022-01-01',
        },
        ...records,
      ]
        .map((record) => JSON.stringify(record))
        .join('\n'),
      'said.jsonl',
    ),
  ]);

describe('the bodies of a summary’s rows', () => {
  it.each([
    ['GROSS_THROUGHPUT', '', [[2, 3]]],
    [
      'GROSS_THROUGHPUT',
      'YEAR',
      [
        ['2020', 2, 3],
        ['2021', 1, 1],
      ],
    ],
    ['FIRST_RECIPIENT', '', [[1, 2]]],
    ['SOURCE', '', [[2, 3]]],
    // Nothing stayed with N, so what D gave it is of no row.
    ['FINAL', '', [[2, 2]]],
    [
      'FINAL',
      'PROVIDER',
      [
        ['XX-1-N', 1, 2],
        ['XX-1-D', 1, 1],
      ],
    ],
  ])('are those of the flows that are counted: %s by [%s]', async (basis, groupBy, expected) => {
    await chain();
    expect(await rowsOf(`basis: ${basis}, groupBy: [${groupBy}]`)).toEqual(expected);
  });

  it('are counted once in a row, whatever identifier they stand under and in however many flows', async () => {
    await say([
      {
        kind: 'organisation',
        organisation: 'XX-1-A',
        organisationName: 'A',
        identifiers: ['XX-2-A'],
      },
    ]);
    await importXml(
      graph,
      activityFile(
        anActivity(
          'ACT',
          'XX-1-D',
          pays('1', 'XX-1-A') + pays('2', 'XX-2-A') + pays('3', 'XX-1-A', '2020-06-01'),
        ),
      ),
    );
    await graph.follow();
    expect(await rowsOf('basis: GROSS_THROUGHPUT, groupBy: [YEAR]')).toEqual([['2020', 1, 1]]);
  });

  it('are in every row that a flow is split over', async () => {
    await importXml(
      graph,
      activityFile(
        anActivity(
          'ACT',
          'XX-1-D',
          pays('10', 'XX-1-A') + country('ML', '70') + country('NE', '30'),
        ),
        anActivity('ACT-2', 'XX-1-D', pays('1', 'XX-1-B') + country('ML')),
      ),
    );
    expect(await rowsOf('basis: GROSS_THROUGHPUT, groupBy: [COUNTRY]')).toEqual([
      ['ML', 1, 2],
      ['NE', 1, 1],
    ]);
  });

  it('are none where no record names them', async () => {
    await importXml(
      graph,
      activityFile(anActivity('ACT', 'XX-1-D', pays('10', null) + pays('20', 'XX-1-A'))),
    );
    expect(await rowsOf('basis: GROSS_THROUGHPUT, groupBy: [YEAR]')).toEqual([['2020', 1, 1]]);
    expect(await rowsOf('basis: GROSS_THROUGHPUT, groupBy: [RECEIVER]')).toEqual([
      ['XX-1-A', 1, 1],
      [null, 1, 0],
    ]);
  });

  it('are not those of flows that cannot be converted', async () => {
    const rate = (currency_id: string, month: number) => ({
      currency_id,
      year: 2020,
      month,
      value: 0.5,
    });
    await importReference(
      graph,
      'rates',
      inputOf(
        JSON.stringify([rate('USD', 5), rate('EUR', 5), rate('EUR', 6), rate('USD', 7)]),
        'https://rates.example/rates.json',
      ),
    );
    const inCurrency = (currency: string, ref: string, date: string) =>
      pays('1', ref, date).replace('<value ', `<value currency="${currency}" `);
    await importXml(
      graph,
      activityFile(
        anActivity(
          'ACT',
          'XX-1-D',
          inCurrency('EUR', 'XX-1-A', '2020-05-01') +
            inCurrency('EUR', 'XX-1-B', '2020-06-01') +
            inCurrency('USD', 'XX-1-C', '2020-06-01') +
            inCurrency('XDR', 'XX-1-E', '2020-07-01') +
            inCurrency('XXX', 'XX-1-F', '2020-05-01'),
        ),
      ),
    );
    const counted = async (currency: string) => {
      const { flowSummary } = dataOf(
        await askSubgraph(
          graph.funding,
          `{ flowSummary(basis: GROSS_THROUGHPUT, currency: "${currency}", groupBy: [RECEIVER]) { rows { keys { value } receivers } } }`,
        ),
      ) as { flowSummary: { rows: { keys: { value: string }[]; receivers: number }[] } };
      return flowSummary.rows.map(({ keys, receivers }) => [keys[0]?.value, receivers]).sort();
    };
    const all = async (currency: string) => {
      const { flowSummary } = dataOf(
        await askSubgraph(
          graph.funding,
          `{ flowSummary(basis: GROSS_THROUGHPUT, currency: "${currency}", groupBy: []) { rows { receivers } } }`,
        ),
      ) as { flowSummary: { rows: { receivers: number }[] } };
      return flowSummary.rows[0]?.receivers;
    };
    // A in May has both rates; B in June lacks that of dollars, in which C needs none; E is in SDR itself.
    for (const [currency, bodies] of [
      ['USD', ['A', 'C', 'E']],
      ['XDR', ['A', 'B', 'E']],
      ['EUR', ['A', 'B']],
      ['GBP', []],
    ] as const) {
      expect(await counted(currency)).toEqual(bodies.map((body) => [`XX-1-${body}`, 1]));
      expect((await all(currency)) ?? 0).toBe(bodies.length);
    }
  });

  it('are not counted where money is followed along its ways', async () => {
    await chain();
    expect(await rowsOf('basis: FINAL, groupBy: [HOPS]')).toEqual([
      ['1', null, null],
      ['0', null, null],
    ]);
  });

  it('take a look at all rows at once, and none where nobody asks', async () => {
    await chain();
    const queries = async (groupBy: string, fields: string) => {
      statements.length = 0;
      dataOf(
        await askSubgraph(
          graph.funding,
          `{ flowSummary(basis: GROSS_THROUGHPUT, currency: "USD", groupBy: [${groupBy}]) { rows { amount ${fields} } } }`,
        ),
      );
      return statements.length;
    };
    const without = await queries('PROVIDER, RECEIVER', '');
    // For each side how many flows there are, the flows, and the bodies that their keys mean.
    expect(await queries('PROVIDER, RECEIVER', 'providers receivers')).toBe(without + 6);
    expect(await queries('', 'providers receivers')).toBe((await queries('', '')) + 6);
  });

  it('are as many as the list of flows has, whatever the flows', async () => {
    const bodies = ['XX-1-A', 'XX-1-B', 'XX-1-C', 'XX-1-D', 'XX-1-E'];
    const world = fc.array(
      fc.record({
        provider: fc.constantFrom(...bodies),
        receiver: fc.option(fc.constantFrom(...bodies)),
        cents: fc.integer({ min: -1000, max: 100_000 }).filter((cents) => cents !== 0),
        year: fc.constantFrom('2019', '2020', '2021'),
        purpose: fc.constantFrom('', '<aid-type code="A01"/>', '<aid-type code="C01"/>'),
      }),
      { minLength: 3, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(world, async (flows) => {
        await importXml(
          graph,
          activityFile(
            ...flows.map(({ provider, receiver, cents, year, purpose }, n) =>
              anActivity(
                `ACT-${n}`,
                provider,
                aTransaction(
                  '3',
                  (cents / 100).toFixed(2),
                  to(receiver) + purpose,
                  `${year}-0${1 + (n % 9)}-01`,
                ),
              ),
            ),
          ),
        );
        const { flows: listed } = dataOf(
          await askSubgraph(
            graph.funding,
            '{ flows(first: 500) { nodes { date provider { id } receiver { id } purpose { kind } } } }',
          ),
        ) as {
          flows: {
            nodes: {
              date: string;
              provider: { id: string } | null;
              receiver: { id: string } | null;
              purpose: { kind: string };
            }[];
          };
        };
        const expected = new Map<string, [Set<string>, Set<string>]>();
        for (const { date, provider, receiver, purpose } of listed.nodes) {
          const name = `${date.slice(0, 4)} ${purpose.kind}`;
          const row = expected.get(name) ?? [new Set(), new Set()];
          expected.set(name, row);
          if (provider) row[0].add(provider.id);
          if (receiver) row[1].add(receiver.id);
        }
        const rows = await rowsOf('basis: GROSS_THROUGHPUT, groupBy: [YEAR, PURPOSE]');
        expect(new Map(rows.map(([year, kind, ...counts]) => [`${year} ${kind}`, counts]))).toEqual(
          new Map([...expected].map(([name, [given, got]]) => [name, [given.size, got.size]])),
        );
      }),
      { numRuns: 10 },
    );
  });
});
