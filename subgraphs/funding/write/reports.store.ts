import type { Knex } from 'knex';
import { chunksOf, FOREVER, insertMany } from '../../shared/db';
import { INCOMING_KINDS } from '../flow/flow-kind';
import { rateKey, monthOf, type ReportRow } from '../matching/report-row';

const AT_ONCE = 400;

const COLUMNS = [
  'id',
  'source_id',
  'standard',
  'tier',
  'withdrawn_at',
  'superseded_from',
  'absorbed',
  'kind',
  'date',
  'value_date',
  'units',
  'nanos',
  'currency',
  'activity_key',
];

/** The kinds that the receiving side reports, as SQL lists them. */
export const INCOMING = INCOMING_KINDS.map((kind) => `'${kind}'`).join(', ');

/** Two bodies with reports of transfers from one to the other. */
export interface Pair {
  provider: string;
  receiver: string;
  reports: number;
}

/**
 * The flows of pairs of bodies that a table names, as SQL after `from`: each pair by its keys, in that
 * order. Without the order SQLite goes through all flows of a provider for each of its receivers, and
 * without the plus through all keys that are current, which are most.
 */
export const flowsOfPairs = (pairs: string): string =>
  `${pairs} t cross join body_keys p cross join body_keys r cross join flows f`;
export const OF_PAIRS = `p.id = t.provider and +p.version_until = ${FOREVER}
  and r.id = t.receiver and +r.version_until = ${FOREVER}
  and f.match_provider_key = p.key and f.match_receiver_key = r.key`;

/** All reports between the bodies of some pairs, whoever may see them. */
export const readReports = async (trx: Knex, pairs: readonly Pair[]): Promise<ReportRow[]> => {
  await trx.raw(
    'create temp table if not exists pairs_at_once (provider varchar(255), receiver varchar(255))',
  );
  await trx('pairs_at_once').delete();
  await insertMany(
    trx,
    'pairs_at_once',
    pairs.map(({ provider, receiver }) => ({ provider, receiver })),
  );
  const shown = (alias: string, side: string) =>
    trx.raw(
      `body_keys ${alias} on ${alias}.key = f.${side}_key and +${alias}.version_until = ${FOREVER}`,
    );
  const other = `case when f.kind in (${INCOMING}) then f.provider_activity_key else f.receiver_activity_key end`;
  return (await trx
    .from(trx.raw(flowsOfPairs('pairs_at_once')))
    .leftJoin(shown('sp', 'provider'))
    .leftJoin(shown('sr', 'receiver'))
    .whereRaw(OF_PAIRS)
    .select(
      { provider: 'p.id', receiver: 'r.id', shown_provider: 'sp.id', shown_receiver: 'sr.id' },
      ...COLUMNS.map((name) => `f.${name}`),
      trx.raw(`${other} as other_key`),
      trx.raw(
        `case when exists (select 1 from activities a where a.key = ${other}
           and a.tier = 0 and a.withdrawn_at is null and a.superseded_from > 0) then 1 else 0 end as other_known`,
      ),
    )) as ReportRow[];
};

/** SDR per unit of the currencies and months of some reports, where more than one currency meets. */
export const readRates = async (
  trx: Knex,
  rows: readonly ReportRow[],
): Promise<Map<string, number>> => {
  const wanted = new Map(rows.map((row) => [rateKey(row), [row.currency, monthOf(row)] as const]));
  const rates = new Map<string, number>();
  if (new Set(rows.map(({ currency }) => currency)).size < 2) return rates;
  for (const some of chunksOf([...wanted.values()], AT_ONCE)) {
    const found = (await trx('rates').whereIn(
      ['currency', 'month'],
      some.map(([currency, month]) => [currency, month]),
    )) as { currency: string; month: string; sdr_per_unit: string }[];
    for (const row of found) rates.set(`${row.currency} ${row.month}`, Number(row.sdr_per_unit));
  }
  return rates;
};
