import { openGraph } from '../../gateway/graph';
import { BODIES_BY_HAND, DOLLARS, RATES, STANDING } from './by-hand';
import { type Cost, costsOf, inWords, line, peakMemory, timesInWords } from './measure';
import { askMoney } from './summary';

const ROUNDS = 3;
const MOST_TIMES_SQL = 3;
const MOST_GROWTH = 11;

/** What somebody would write by hand: renewals, concentration, duration and shares, by what receivers are. */
const BY_HAND = `
  with paid as materialized (
    select receiver.id as receiver, provider.id as provider, flows.date, flows.purpose, flows.flexibility,
      activities.duration_months as months, ${DOLLARS} as dollars
    from flows ${BODIES_BY_HAND} ${RATES}
      left join activities on activities.id = flows.activity_record and activities.tier <= 0 and activities.withdrawn_at is null
    where ${STANDING}),
  pairs as materialized (
    select receiver, provider, sum(dollars) as dollars, min(date) as first from paid
    where receiver is not null and provider is not null and provider <> receiver group by 1, 2),
  renewals as (
    select pairs.receiver, pairs.provider, max(paid.date >= date(pairs.first, '+6 months') and paid.date <= date(pairs.first, '+24 months')) as renewed
    from pairs join paid on paid.receiver = pairs.receiver and paid.provider = pairs.provider group by 1, 2),
  receivers as materialized (
    select receiver, count(*) as flows, sum(dollars) as dollars, sum(dollars * (purpose = 'CORE')) as core,
      sum(dollars * (flexibility = 'UNEARMARKED')) as free, avg(months) as months, sum(months >= 36) as long
    from paid group by 1),
  evenness as (
    select receiver, sum(dollars * dollars) / (sum(dollars) * sum(dollars)) as hhi from pairs group by 1),
  renewing as (select receiver, avg(renewed) as renewed from renewals group by 1)
  select coalesce(outcomes.outcome, 'INSUFFICIENT_EVIDENCE') as outcome, count(*) as bodies, sum(flows) as flows,
    sum(dollars) as dollars, sum(core), sum(free), avg(months), sum(long), avg(hhi), avg(renewed)
  from receivers left join evenness using (receiver) left join renewing using (receiver)
    left join outcomes on outcomes.body_id = receivers.receiver and outcomes.tier_from <= 0 and outcomes.tier_until > 0
  group by 1`;

/** What terms cost beside SQL by hand. */
export interface TermsFigures {
  flows: number;
  terms: Cost;
  byHand: Cost;
  memory: number;
}

/** Measures terms over a world of `loadMoney`. */
export const measureTerms = async (place: string, flows: number): Promise<TermsFigures> => {
  const graph = await openGraph(place);
  const counted = { own: 0, byHand: 0 };
  const addUp = (rows: readonly { flows: number }[]) =>
    rows.reduce((sum, row) => sum + row.flows, 0);
  const costs = await costsOf(
    {
      byHand: async () => {
        counted.byHand = addUp((await graph.funding.db.raw(BY_HAND)) as { flows: number }[]);
      },
      terms: async () => {
        const { fundingTerms } = (await askMoney(
          graph,
          '{ fundingTerms(money: DISBURSED, currency: "USD") { rows { outcome flows } } }',
        )) as { fundingTerms: { rows: { flows: number }[] } };
        counted.own = addUp(fundingTerms.rows);
      },
    },
    ROUNDS,
  );
  await graph.close();
  if (counted.own !== counted.byHand)
    throw new Error(`Terms of ${counted.own} flows are not those of ${counted.byHand}.`);
  return { flows, ...costs, memory: peakMemory() };
};

/** The report over two sizes of a world, the second ten times the first. */
export const reportTerms = (few: TermsFigures, many: TermsFigures): string =>
  [
    `terms: of all bodies' funding, beside SQL by hand that works out most of it; processors' time, median of ${ROUNDS}\n`,
    ...[few, many].flatMap(({ flows, terms, byHand, memory }) => [
      line(`${flows.toLocaleString('en')} flows, by hand`, inWords(byHand)),
      line('  terms', inWords(terms)),
      line('  times by hand', timesInWords(terms, byHand), {
        holds: terms.cpu / byHand.cpu <= MOST_TIMES_SQL,
        words: `${MOST_TIMES_SQL} times`,
      }),
      line('  memory', `${memory.toFixed(0)} MB`),
    ]),
    line(
      `${(many.flows / few.flows).toFixed(0)} times the flows, times the time`,
      timesInWords(many.terms, few.terms),
      { holds: many.terms.cpu / few.terms.cpu <= MOST_GROWTH, words: `${MOST_GROWTH} times` },
    ),
  ].join('');
