import { graphql } from 'graphql';
import { type Graph, openGraph } from '../../gateway/graph';
import { line, medianOf, peakMemory, timed } from './measure';
import { fillWithMoney } from './money-world';

const ROUNDS = 3;
const MOST_TIMES_SQL = 3;
const MOST_GROWTH = 11;
const BASES = ['GROSS_THROUGHPUT', 'FIRST_RECIPIENT', 'SOURCE', 'FINAL'];

/** Two dimensions each, with the SQL that adds up the same rows by the same, as reported. */
const GROUPINGS: Record<string, { dimensions: string; sql: string }> = {
  'year and receiver': {
    dimensions: 'YEAR, RECEIVER',
    sql: `select substr(date, 1, 4), receiver_key, currency, substr(date, 1, 7), sum(units), sum(nanos), count(*)
      from flows where kind in ('DISBURSEMENT', 'INCOMING_FUNDS') and withdrawn_at is null group by 1, 2, 3, 4`,
  },
  'year and country': {
    dimensions: 'YEAR, COUNTRY',
    sql: `select substr(date, 1, 4), code, currency, substr(date, 1, 7), percentage, sum(units), sum(nanos), count(*)
      from flows join flow_shares on parent_id = id and dimension = 'COUNTRY'
      where kind in ('DISBURSEMENT', 'INCOMING_FUNDS') and withdrawn_at is null group by 1, 2, 3, 4, 5`,
  },
};

/** Milliseconds by what was asked, and megabytes. */
export interface SummaryFigures {
  flows: number;
  plain: Record<string, number>;
  summary: Record<string, number>;
  memory: number;
}

const timesOf = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push((await timed(work)).ms);
  return medianOf(times);
};

const ask = async (graph: Graph, source: string) => {
  const contextValue = graph.funding.context(await graph.viewerOf(0));
  const { data, errors } = await graphql({ schema: graph.funding.schema, source, contextValue });
  if (errors) throw new Error(errors[0]?.message);
  return data;
};

/** Measures summaries over a seeded world of so many flows beside plain SQL over the same rows. */
export const measureSummary = async (place: string, flows: number): Promise<SummaryFigures> => {
  const filling = await openGraph(place);
  await fillWithMoney(filling, flows);
  await filling.close();
  const graph = await openGraph(place);
  const { db } = graph.funding;
  const figures: SummaryFigures = { flows, plain: {}, summary: {}, memory: 0 };
  for (const [name, { dimensions, sql }] of Object.entries(GROUPINGS)) {
    figures.plain[name] = await timesOf(() => db.raw(sql));
    for (const basis of BASES)
      figures.summary[`${name}, ${basis}`] = await timesOf(() =>
        ask(
          graph,
          `{ flowSummary(basis: ${basis}, currency: "USD", groupBy: [${dimensions}]) { total rowCount rows { amount } } }`,
        ),
      );
  }
  await graph.close();
  return { ...figures, memory: peakMemory() };
};

/** The report over two sizes of a world, the second ten times the first. */
export const reportSummary = (few: SummaryFigures, many: SummaryFigures): string =>
  [
    `summary: two dimensions over ${many.flows.toLocaleString('en')} flows, beside plain SQL, median of ${ROUNDS}\n`,
    ...Object.entries(many.plain).map(([name, ms]) =>
      line(`plain SQL, by ${name}`, `${ms.toFixed(0)} ms`),
    ),
    ...Object.entries(many.summary).map(([name, ms]) => {
      const [grouping = ''] = name.split(', ');
      const times = ms / (many.plain[grouping] ?? NaN);
      return line(name, `${ms.toFixed(0)} ms, ${times.toFixed(2)}×`, {
        holds: times <= MOST_TIMES_SQL,
        words: `${MOST_TIMES_SQL} times plain SQL`,
      });
    }),
    ...Object.entries(many.summary).map(([name, ms]) => {
      const growth = ms / (few.summary[name] ?? NaN);
      return line(`${name}: ten times the flows`, `${growth.toFixed(1)}×`, {
        holds: growth <= MOST_GROWTH,
        words: `${MOST_GROWTH} times`,
      });
    }),
    line('memory', `${many.memory.toFixed(0)} MB`),
  ].join('');
