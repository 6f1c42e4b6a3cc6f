import { graphql } from 'graphql';
import { type Graph, openGraph } from '../../gateway/graph';
import { byHand } from './by-hand';
import { type Cost, costsOf, inWords, line, peakMemory, timesInWords } from './measure';
import { fillWithDetails } from './money-details';
import { fillWithMoney, fillWithNetworks } from './money-world';

const ROUNDS = 3;
/** A million takes minutes. */
const ROUNDS_OF_MANY = 1;
const MANY = 500_000;
const MOST_TIMES_SQL = 3;
const MOST_GROWTH = 11;
/** By hand, sums of binary fractions; here, decimals to the cent. */
const ALIKE = 1e-9;
const GROSS = 'GROSS_THROUGHPUT';

/** Two dimensions each: few sums and many, of columns, of bodies, of what bodies are and of splits. */
const CASES: { dimensions: [string, string]; bases: string[] }[] = [
  { dimensions: ['YEAR', 'RECEIVER'], bases: [GROSS, 'FIRST_RECIPIENT', 'SOURCE', 'FINAL'] },
  { dimensions: ['YEAR', 'COUNTRY'], bases: [GROSS, 'FIRST_RECIPIENT', 'SOURCE', 'FINAL'] },
  { dimensions: ['PURPOSE', 'RECEIVER_OUTCOME'], bases: [GROSS] },
  { dimensions: ['PROVIDER', 'SECTOR'], bases: [GROSS] },
  { dimensions: ['QUARTER', 'AID_TYPE'], bases: [GROSS] },
];

/** What was asked, what it cost and what the same cost by hand. */
export interface SummaryFigures {
  flows: number;
  cases: { name: string; rows: number; summary: Cost; byHand: Cost }[];
  /** Megabytes at the most. */
  memory: number;
}

/** Fills a place with a seeded world of so many flows, with all that summaries and terms look at. */
export const loadMoney = async (place: string, flows: number): Promise<void> => {
  const graph = await openGraph(place);
  await fillWithMoney(graph, flows);
  await fillWithNetworks(graph, flows);
  await fillWithDetails(graph, flows);
  await graph.funding.write.refreshOutcomes();
  await graph.close();
};

/** Asks the subgraph of money as the public. */
export const askMoney = async (graph: Graph, source: string): Promise<Record<string, unknown>> => {
  const contextValue = graph.funding.context(await graph.viewerOf(0));
  const { data, errors } = await graphql({ schema: graph.funding.schema, source, contextValue });
  if (errors) throw new Error(errors[0]?.message);
  return data as Record<string, unknown>;
};

interface Found {
  total: number;
  rows: number;
}

/** Measures summaries over a world of {@link loadMoney} beside plain SQL that answers the same. */
export const measureSummary = async (place: string, flows: number): Promise<SummaryFigures> => {
  const graph = await openGraph(place);
  const { db } = graph.funding;
  const cases: SummaryFigures['cases'] = [];
  for (const { dimensions, bases } of CASES)
    for (const basis of bases) {
      const name = `${dimensions.join(' × ')}, ${basis}`;
      const found: Record<string, Found> = {};
      const costs = await costsOf(
        {
          byHand: async () => {
            const [row] = (await db.raw(byHand(basis, dimensions))) as {
              total: number;
              row_count: number;
            }[];
            found.byHand = { total: row?.total ?? 0, rows: row?.row_count ?? 0 };
          },
          summary: async () => {
            const { flowSummary } = (await askMoney(
              graph,
              `{ flowSummary(basis: ${basis}, currency: "USD", groupBy: [${dimensions.join(', ')}]) { total rowCount rows { amount } } }`,
            )) as { flowSummary: { total: string; rowCount: number } };
            found.summary = { total: Number(flowSummary.total), rows: flowSummary.rowCount };
          },
        },
        flows < MANY ? ROUNDS : ROUNDS_OF_MANY,
      );
      const [own, other] = [found.summary, found.byHand];
      if (!own || !other || Math.abs(own.total / other.total - 1) > ALIKE)
        throw new Error(`${name}: ${JSON.stringify(found)} are not the same.`);
      cases.push({ name, rows: own.rows, ...costs });
    }
  await graph.close();
  return { flows, cases, memory: peakMemory() };
};

/** The report over two sizes of a world, the second ten times the first. */
export const reportSummary = (few: SummaryFigures, many: SummaryFigures): string =>
  [few, many]
    .flatMap(({ flows, cases, memory }) => [
      `summary: two dimensions over ${flows.toLocaleString('en')} flows, beside SQL by hand that answers the same; processors' time, median of ${ROUNDS}\n`,
      ...cases.flatMap(({ name, rows, summary, byHand }) => [
        line(`${name}, by hand`, inWords(byHand)),
        line(`  ${rows.toLocaleString('en')} rows`, inWords(summary)),
        line('  times by hand', timesInWords(summary, byHand), {
          holds: summary.cpu / byHand.cpu <= MOST_TIMES_SQL,
          words: `${MOST_TIMES_SQL} times`,
        }),
      ]),
      line('memory', `${memory.toFixed(0)} MB`),
    ])
    .concat(
      `summary: ${(many.flows / few.flows).toFixed(0)} times the flows, times the time\n`,
      many.cases.map(({ name, summary }, index) => {
        const before = few.cases[index]?.summary ?? { wall: NaN, cpu: NaN };
        return line(name, timesInWords(summary, before), {
          holds: summary.cpu / before.cpu <= MOST_GROWTH,
          words: `${MOST_GROWTH} times`,
        });
      }),
    )
    .join('');
