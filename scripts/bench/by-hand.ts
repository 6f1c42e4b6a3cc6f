/**
 * What somebody who knows the tables would write by hand to add up money by two dimensions: the rows that
 * the public sees, each transfer once, converted at the rate of its month, split by its percentages.
 */

/** Dimensions that the bench counts by: what to select, and what to join for it. */
const COLUMNS: Record<string, { select: string; join?: string; share?: string }> = {
  YEAR: { select: 'substr(flows.date, 1, 4)' },
  QUARTER: { select: "substr(flows.date, 1, 4) || '-Q' || ((substr(flows.date, 6, 2) + 2) / 3)" },
  PURPOSE: { select: 'flows.purpose' },
  AID_TYPE: { select: "flows.aid_types ->> '$[0].code'" },
  PROVIDER: { select: 'provider.id' },
  RECEIVER: { select: 'receiver.id' },
  RECEIVER_OUTCOME: {
    select:
      "case when receiver.id is not null then coalesce(outcome.outcome, 'INSUFFICIENT_EVIDENCE') end",
    join: 'left join outcomes as outcome on outcome.body_id = receiver.id and outcome.tier_from <= 0 and outcome.tier_until > 0',
  },
  COUNTRY: {
    select: 'country.code',
    join: "left join flow_shares as country on country.parent_id = flows.id and country.dimension = 'COUNTRY'",
    share: ' * coalesce(country.percentage, 100) / 100',
  },
  SECTOR: {
    select: 'sector.code',
    join: "left join flow_shares as sector on sector.parent_id = flows.id and sector.dimension = 'SECTOR' and sector.vocabulary = '1'",
    share: ' * coalesce(sector.percentage, 100) / 100',
  },
};

/** The rows that count: seen by everybody, each transfer once. */
export const STANDING = `flows.kind in ('DISBURSEMENT', 'INCOMING_FUNDS') and flows.tier <= 0
  and flows.withdrawn_at is null and (flows.absorbed & 1) = 0 and flows.superseded_from > 0`;
export const RATES = `join rates as own on own.currency = flows.currency and own.month = substr(coalesce(flows.value_date, flows.date), 1, 7)
  join rates as target on target.currency = 'USD' and target.month = own.month`;
export const DOLLARS = '(flows.units + flows.nanos / 1e9) * own.sdr_per_unit / target.sdr_per_unit';

/** The body that a key means, where everybody may see it. */
const bodyOn = (side: string) =>
  `left join body_keys as ${side} on ${side}.key = flows.${side}_key and ${side}.version_from <= 1 and ${side}.version_until > 1
    and exists (select 1 from bodies where bodies.id = ${side}.id and bodies.tier_from <= 0 and bodies.tier_until > 0
      and bodies.version_from <= 1 and bodies.version_until > 1)`;

/** Both bodies of a flow. */
export const BODIES_BY_HAND = ['provider', 'receiver'].map(bodyOn).join(' ');

/** What of a flow's dollars counts on a basis: all, or what the body on one side gave of its own or kept. */
const PART: Record<string, string> = {
  GROSS_THROUGHPUT: '',
  FIRST_RECIPIENT: '',
  SOURCE:
    ' * case when got.dollars is null then 1 else max(gave.dollars - got.dollars, 0) / gave.dollars end',
  FINAL:
    ' * case when gave.dollars is null then 1 else max(got.dollars - gave.dollars, 0) / got.dollars end',
};

const totals = (name: string, side: string) =>
  `${name} as materialized (select ${side}.id, sum(${DOLLARS}) as dollars from flows ${bodyOn(side)} ${RATES}
    where ${STANDING} and flows.provider_key <> flows.receiver_key group by 1)`;

/** The query by hand for two dimensions on a basis: the first hundred rows, how many there are and their total. */
export const byHand = (basis: string, dimensions: readonly string[]): string => {
  const columns = dimensions.map((dimension) => COLUMNS[dimension] ?? { select: 'null' });
  const isNetted = basis === 'SOURCE' || basis === 'FINAL';
  const netted = basis === 'SOURCE' ? 'provider' : 'receiver';
  const sides = ['provider', 'receiver'].filter(
    (side) =>
      columns.some(({ select }) => select.includes(`${side}.`)) || (isNetted && side === netted),
  );
  return [
    isNetted ? `with ${totals('got', 'receiver')}, ${totals('gave', 'provider')}` : '',
    `select *, count(*) over () as row_count, sum(dollars) over () as total from (select ${columns.map(({ select }, place) => `${select} as value_${place}`).join(', ')}, sum(${DOLLARS}${columns.map(({ share }) => share ?? '').join('')}${PART[basis]}) as dollars, count(*) as flows`,
    `from flows ${sides.map(bodyOn).join(' ')} ${RATES} ${columns.map(({ join }) => join ?? '').join(' ')}`,
    isNetted
      ? `left join got on got.id = ${netted}.id left join gave on gave.id = ${netted}.id`
      : '',
    `where ${STANDING}`,
    basis === 'FIRST_RECIPIENT'
      ? `and flows.provider_key not in (select flows.receiver_key from flows where ${STANDING} and flows.provider_key <> flows.receiver_key)`
      : '',
    basis === 'GROSS_THROUGHPUT' ? '' : 'and flows.provider_key <> flows.receiver_key',
    'group by 1, 2) order by dollars desc limit 100',
  ].join(' ');
};
