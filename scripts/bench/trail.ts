import { pino } from 'pino';
import { DEFAULT_LIMITS } from '../../gateway/config';
import { type Graph, openGraph } from '../../gateway/graph';
import { createServer } from '../../gateway/server';
import { type Cost, costsOf, inWords, line, timesInWords } from './measure';
import { type BenchPayment, fillWithPayments } from './money-world';

const ROUNDS = 11;
const MOST_TIMES = 10;
const MOST_GROWTH = 1.5;
const DONOR = 'XX-DONOR';
/** The donor pays so many bodies, each so often; they pay others, and these the last. */
const FIRST = 1000;
const PAYMENTS = 10;
const SECOND = 5000;
/** Flows of the donor and of those after it. */
const ON_THE_WAY = FIRST * PAYMENTS * 2 + SECOND * 2;

/** The donor's payments and those after it, and as many of others as make up the number. */
function* payments(flows: number): Generator<BenchPayment> {
  for (let index = 0; index < FIRST * PAYMENTS; index += 1)
    yield { from: DONOR, to: `XX-1-${index % FIRST}`, amount: 1000 + ((index * 37) % 5000) };
  for (let index = 0; index < FIRST * PAYMENTS; index += 1)
    yield {
      from: `XX-1-${index % FIRST}`,
      to: `XX-2-${(index * 7) % SECOND}`,
      amount: 100 + ((index * 31) % 900),
    };
  for (let index = 0; index < SECOND * 2; index += 1)
    yield {
      from: `XX-2-${index % SECOND}`,
      to: `XX-3-${(index * 13) % SECOND}`,
      amount: 10 + ((index * 17) % 90),
    };
  // Others pay the same bodies too, so that incomes mix; most pay others.
  for (let index = 0; index < flows - ON_THE_WAY; index += 1)
    yield {
      from: `XX-OTHER-${index % 500}`,
      to: index % 50 === 0 ? `XX-1-${index % FIRST}` : `XX-ELSE-${(index * 11) % (flows / 10)}`,
      amount: 1 + (index % 1000),
    };
}

/** Makes the databases of a world with so many flows, in a place as `openGraph` takes it. */
export const loadTrailWorld = async (place: string, flows: number): Promise<void> => {
  const graph = await openGraph(place);
  await fillWithPayments(graph, [...payments(flows)]);
  await graph.close();
};

const asking = (fields: string) =>
  `{ moneyTrail(from: "${DONOR}", currency: "USD") { total pageInfo { endCursor } nodes { amount share attributed end ${fields}
    steps { amount paid basis flowCount receiver { id } } } } }`;

const STANDING = (flows: string) =>
  `+${flows}.kind in ('DISBURSEMENT', 'INCOMING_FUNDS') and ${flows}.tier <= 0 and ${flows}.withdrawn_at is null
    and (${flows}.absorbed & 1) = 0 and ${flows}.superseded_from > 0`;
/** The body that a key means, where everybody may see it. */
const BODY = (key: string) =>
  `(select body_keys.id from body_keys where body_keys.key = ${key} and version_from <= 1 and version_until > 1
    and exists (select 1 from bodies where bodies.id = body_keys.id and tier_from <= 0 and tier_until > 0
      and bodies.version_from <= 1 and bodies.version_until > 1))`;

/**
 * What somebody would write by hand for the first fifty rows, attributed in proportion as the trail is: all
 * ways with the largest of them, or those along the largest payments first, as the trail does it.
 */
const byHand = ({ funding: { db } }: Graph, stopsEarly: boolean): Promise<unknown> =>
  db.raw(`
    with recursive trail(body, amount, hops, path) as (
      select ${BODY('paid.receiver_key')}, paid.amount, 0, ',' || paid.receiver_key || ','
      from (
        select receiver_key, cast(sum(units) as real) as amount from flows
        where provider_key = '${DONOR}' and ${STANDING('flows')} group by receiver_key) as paid
      union all
      select ${BODY('flows.receiver_key')},
        trail.amount * flows.units / (
          select sum(income.units) from flows income
          where income.receiver_key = trail.body and ${STANDING('income')}),
        trail.hops + 1, trail.path || flows.receiver_key || ','
      from trail join flows on flows.provider_key = trail.body
      where ${STANDING('flows')}
        and trail.hops < 6 and instr(trail.path, ',' || flows.receiver_key || ',') = 0
      ${stopsEarly ? 'order by 3 desc, 2 desc limit 51' : ''}
    )
    select * from trail ${stopsEarly ? '' : 'order by amount desc limit 51'}`);

/** What one size of the world cost. */
export interface TrailFigures {
  flows: number;
  first: Cost;
  next: Cost;
  routed: Cost;
  queries: number;
  byHand: Cost;
  byHandEarly: Cost;
}

/** Asks for the donor's trail in a place, and by hand. */
export const askTrail = async (place: string): Promise<TrailFigures> => {
  let queries = 0;
  const graph = await openGraph(place, () => (queries += 1));
  const server = await createServer({
    config: { http: { port: 0, host: '127.0.0.1' }, limits: DEFAULT_LIMITS },
    subgraphs: graph.subgraphs,
    viewerFor: () => graph.viewerOf(0),
    log: pino({ level: 'silent' }),
  });
  const ask = async (query: string) => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query },
    });
    const { data, errors } = answer.json<{ data: Record<string, unknown>; errors?: unknown[] }>();
    if (errors) throw new Error(JSON.stringify(errors[0]));
    return data;
  };
  const { moneyTrail } = (await ask(asking(''))) as {
    moneyTrail: { pageInfo: { endCursor: string } };
  };
  const next = asking('').replace(
    'currency:',
    `after: "${moneyTrail.pageInfo.endCursor}", currency:`,
  );
  let ofFirst = 0;
  const costs = await costsOf(
    {
      first: async () => {
        queries = 0;
        await ask(asking(''));
        ofFirst = queries;
      },
      next: () => ask(next),
      routed: () => ask(asking('route hops hostHops recipientReports')),
      byHand: () => byHand(graph, false),
      byHandEarly: () => byHand(graph, true),
    },
    ROUNDS,
  );
  const { flows } = (await ask('{ flows { totalCount } }')) as { flows: { totalCount: number } };
  await server.close();
  await graph.close();
  return { flows: flows.totalCount, queries: ofFirst, ...costs };
};

/** The report over two sizes, the second with many more flows of others. */
export const reportTrail = (few: TrailFigures, many: TrailFigures): string =>
  [
    `trail: the first 50 ways of a donor with ${FIRST * PAYMENTS} payments on SQLite; processors' time, median of ${ROUNDS}\n`,
    ...[few, many].flatMap((figures) => [
      line(
        `${figures.flows.toLocaleString('en')} flows`,
        `${inWords(figures.first)}, ${figures.queries} queries`,
      ),
      line('  the page after it', inWords(figures.next)),
      line('  with routes, which judge all bodies between', inWords(figures.routed)),
      line('  a recursive query by hand', inWords(figures.byHand)),
      line('  one that stops after 50 rows', inWords(figures.byHandEarly)),
      ...(['byHand', 'byHandEarly'] as const).map((name) =>
        line(
          `  times the ${name === 'byHand' ? 'query by hand' : 'one that stops'}`,
          timesInWords(figures.first, figures[name]),
          {
            holds: figures.first.cpu / figures[name].cpu <= MOST_TIMES,
            words: `${MOST_TIMES} times`,
          },
        ),
      ),
    ]),
    line(
      `${(many.flows / few.flows).toFixed(1)} times the data, times the time`,
      timesInWords(many.first, few.first),
      { holds: many.first.cpu / few.first.cpu <= MOST_GROWTH, words: `${MOST_GROWTH} times` },
    ),
  ].join('');
