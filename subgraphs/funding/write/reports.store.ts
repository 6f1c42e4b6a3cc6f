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

const current = (alias: string, on: string) =>
  // Without the plus SQLite goes through all keys that are current, which are most.
  `left join body_keys ${alias} on ${on} and +${alias}.version_until = ${FOREVER}`;

/** The bodies between which reports are that name some keys; a key that no body has stands for itself. */
export const PAIRS_OF_KEYS = `select distinct coalesce(p.id, k.provider_key) as provider,
    coalesce(r.id, k.receiver_key) as receiver
  from (select distinct provider_key, receiver_key from touched_keys) k
  ${current('p', 'p.key = k.provider_key')} ${current('r', 'r.key = k.receiver_key')}`;

/**
 * The flows of the pairs of bodies that a table names, as SQL after `from`, by {@link OF_PAIRS}: each
 * pair by its keys, in that order. Without the order SQLite goes through all flows of a provider for
 * each of its receivers.
 */
export const flowsOfPairs = (pairs: string): string =>
  `(select w.provider, w.receiver, coalesce(pk.key, w.provider) as provider_key,
     coalesce(rk.key, w.receiver) as receiver_key
   from ${pairs} w ${current('pk', 'pk.id = w.provider')} ${current('rk', 'rk.id = w.receiver')}) t
   cross join flows f`;
export const OF_PAIRS =
  'f.match_provider_key = t.provider_key and f.match_receiver_key = t.receiver_key';

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
      {
        provider: 't.provider',
        receiver: 't.receiver',
        shown_provider: 'sp.id',
        shown_receiver: 'sr.id',
      },
      ...['provider', 'receiver'].map((side) =>
        trx.raw(
          `(select min(b.tier_from) from bodies b where b.id = t.${side}
             and +b.version_until = ${FOREVER}) as ${side}_from`,
        ),
      ),
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
