import type { Knex } from 'knex';
import { chunksOf, FOREVER } from '../../shared/db';
import { INCOMING_KINDS } from '../flow/flow-kind';
import { rateKey, monthOf, type ReportRow } from '../matching/report-row';

const PAIRS_AT_ONCE = 400;
const AT_ONCE = 400;

/** The kinds that the receiving side reports, as SQL lists them. */
export const INCOMING = INCOMING_KINDS.map((kind) => `'${kind}'`).join(', ');

/** Two bodies with reports of transfers from one to the other. */
export interface Pair {
  provider: string;
  receiver: string;
  reports: number;
}

/** All reports between the bodies of some pairs, whoever may see them. */
export const readReports = async (trx: Knex, pairs: readonly Pair[]): Promise<ReportRow[]> => {
  const rows: ReportRow[] = [];
  for (const some of chunksOf(pairs, PAIRS_AT_ONCE)) {
    rows.push(
      ...((await trx('flows as f')
        .join(
          trx.raw('body_keys p on p.key = f.match_provider_key and p.version_until = ?', [FOREVER]),
        )
        .join(
          trx.raw('body_keys r on r.key = f.match_receiver_key and r.version_until = ?', [FOREVER]),
        )
        .leftJoin(
          trx.raw('body_keys sp on sp.key = f.provider_key and sp.version_until = ?', [FOREVER]),
        )
        .leftJoin(
          trx.raw('body_keys sr on sr.key = f.receiver_key and sr.version_until = ?', [FOREVER]),
        )
        .whereIn(
          ['p.id', 'r.id'],
          some.map(({ provider, receiver }) => [provider, receiver]),
        )
        .select(
          { provider: 'p.id', receiver: 'r.id', shown_provider: 'sp.id', shown_receiver: 'sr.id' },
          ...[
            'id source_id standard tier withdrawn_at superseded_from absorbed kind date value_date',
            'units nanos currency activity_key',
          ].flatMap((names) => names.split(' ').map((name) => `f.${name}`)),
          {
            other_key: trx.raw(
              `case when f.kind in (${INCOMING}) then f.provider_activity_key else f.receiver_activity_key end`,
            ),
          },
        )
        .select(
          trx.raw(
            `case when exists (select 1 from activities a
               where a.key = case when f.kind in (${INCOMING}) then f.provider_activity_key else f.receiver_activity_key end
               and a.tier = 0 and a.withdrawn_at is null and a.superseded_from > 0) then 1 else 0 end as other_known`,
          ),
        )) as ReportRow[]),
    );
  }
  return rows;
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
