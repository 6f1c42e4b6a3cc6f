import { Big } from 'big.js';
import type { Knex } from 'knex';
import { chunksOf, type Value, whereAmong } from '../../shared/db';
import type { Viewer } from '../../shared/viewer';
import { createFlowList } from '../flow/flow-list.store';
import { FlowKind } from '../flow/flow-kind';
import { RegrantType } from '../grant/regrant-type';
import { createRateStore } from '../rate/rate.store';
import type { MoneyFacts, Period } from './facts';

type Side = 'provider' | 'receiver';
type Kind = MoneyFacts['kind'];

const KINDS: Record<Kind, readonly FlowKind[]> = {
  TRANSFER: [FlowKind.DISBURSEMENT, FlowKind.INCOMING_FUNDS],
  COMMITMENT: [FlowKind.COMMITMENT, FlowKind.INCOMING_COMMITMENT],
};
const ALL_KINDS = Object.values(KINDS).flat();
/** What a body reports that shows that it reports what it pays. */
const PAYING: Record<Kind, readonly FlowKind[]> = {
  TRANSFER: [FlowKind.DISBURSEMENT, FlowKind.EXPENDITURE],
  COMMITMENT: [FlowKind.COMMITMENT],
};
/** Regrants whose end recipients the donor fixes or approves. */
const FIXED = [
  RegrantType.COMMON_REGRANT,
  RegrantType.TRANSFER_TO_INTERMEDIARY,
  RegrantType.FISCAL_SPONSOR,
];

/** Flows between two bodies in one month and currency, added up. */
export interface MoneyRow {
  kind: Kind;
  side: Side;
  own_key: string;
  other_key: string | null;
  currency: string;
  month: string;
  units: string | number;
  nanos: string | number;
  fixed_units: string | number;
  fixed_nanos: string | number;
  flows: number;
  first_id: string;
  last_id: string;
}

const AT_ONCE = 5000;
const MONTH = 'substr(coalesce(flows.value_date, flows.date), 1, 7)';
const holes = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** The money of bodies in a period, for one viewer, as far as classification looks at it. */
export const createMoneyStore = (db: Knex, viewer: Viewer) => {
  const list = createFlowList(db, viewer);
  const rates = createRateStore(db);
  const inPeriod = (query: Knex.QueryBuilder, { from, to }: Period) =>
    query.where('flows.date', '>=', from).where('flows.date', '<', to);
  /** Few kinds hold most of the flows: without statistics, SQLite would read by them and not by body. */
  const ofKinds = (query: Knex.QueryBuilder, kinds: readonly FlowKind[]) =>
    query.whereRaw(`coalesce(flows.kind, '') in (${holes(kinds)})`, [...kinds]);
  /** The kind of money that flows are, of those of {@link ofKinds}. */
  const kindOf = (kinds: Record<Kind, readonly FlowKind[]>) =>
    db.raw(
      `case when flows.kind in (${holes(kinds.COMMITMENT)}) then 'COMMITMENT' else 'TRANSFER' end as kind`,
      [...kinds.COMMITMENT],
    );
  const fixed = (column: string) =>
    db.raw(
      `sum(case when flows.regrant_type in (${holes(FIXED)}) then flows.${column} else 0 end) as fixed_${column}`,
      [...FIXED],
    );

  return {
    /** Flows that bodies gave and got, under any of some keys; what two sides report is one flow. */
    rows: async (keys: readonly string[], period: Period): Promise<MoneyRow[]> => {
      const found: MoneyRow[] = [];
      for (const some of chunksOf(keys, AT_ONCE))
        for (const [side, other] of [
          ['provider', 'receiver'],
          ['receiver', 'provider'],
        ] as const) {
          const query = whereAmong(
            db,
            inPeriod(ofKinds(list.list({}), ALL_KINDS), period),
            `flows.${side}_key`,
            some,
          )
            .select({
              own_key: `flows.${side}_key`,
              other_key: `flows.${other}_key`,
              currency: 'flows.currency',
            })
            .select(kindOf(KINDS), db.raw(`${MONTH} as month`), fixed('units'), fixed('nanos'))
            .sum({ units: 'flows.units', nanos: 'flows.nanos' })
            .count({ flows: '*' })
            .min({ first_id: 'flows.id' })
            .max({ last_id: 'flows.id' })
            .groupByRaw(`flows.${side}_key, 4, flows.${other}_key, flows.currency, ${MONTH}`);
          const rows = (await query) as Omit<MoneyRow, 'side'>[];
          for (const row of rows) found.push({ ...row, side, flows: Number(row.flows) });
        }
      return found;
    },

    /** Of some keys, those under which somebody reports what it pays, by kind of money. */
    payers: async (keys: readonly string[], period: Period): Promise<Record<Kind, Set<string>>> => {
      const payers: Record<Kind, Set<string>> = { TRANSFER: new Set(), COMMITMENT: new Set() };
      for (const some of chunksOf(keys, AT_ONCE))
        for (const kind of ['TRANSFER', 'COMMITMENT'] as const) {
          const own = inPeriod(ofKinds(list.list({ includeAbsorbed: true }), PAYING[kind]), period)
            .select('flows.id')
            .whereRaw('flows.provider_key = paying.key')
            .whereRaw('flows.reporter_key = flows.provider_key');
          const rows = (await whereAmong(db, db('body_keys as paying'), 'paying.key', some)
            .whereExists(own)
            .distinct('paying.key')) as { key: string }[];
          for (const { key } of rows) payers[kind].add(key);
        }
      return payers;
    },

    /** Of some keys, the CRS channels under which activities list them. */
    channels: async (
      keys: readonly string[],
    ): Promise<{ body_key: string; channel: string; parent_id: string }[]> => {
      const found: { body_key: string; channel: string; parent_id: string }[] = [];
      for (const some of chunksOf(keys, AT_ONCE))
        found.push(
          ...((await whereAmong(
            db,
            db('activity_parties').join(
              'activities',
              'activities.id',
              'activity_parties.parent_id',
            ),
            'activity_parties.body_key',
            some,
          )
            .whereNotNull('activity_parties.channel')
            .whereNull('activities.withdrawn_at')
            .where('activities.tier', '<=', viewer.tier)
            .select('body_key', 'channel')
            .min({ parent_id: 'activity_parties.parent_id' })
            .groupBy('body_key', 'channel')
            .orderBy(['body_key', 'channel'])) as {
            body_key: string;
            channel: string;
            parent_id: string;
          }[]),
        );
      return found;
    },

    /** SDR per unit of each currency and month, by `USD 2019-06`. */
    rates: async (rows: readonly MoneyRow[]): Promise<Map<string, Big>> => {
      const wanted = new Map(
        rows.map(({ currency, month }) => [`${currency} ${month}`, { currency, month }]),
      );
      const found = new Map<string, Big>();
      for (const [name, { currency }] of wanted)
        if (currency === 'XDR') found.set(name, new Big(1));
      for (const some of chunksOf([...wanted.values()], AT_ONCE))
        for (const rate of await rates.byKeys(some))
          found.set(`${rate.currency} ${rate.month}`, new Big(rate.sdrPerUnit));
      return found;
    },
  };
};
export type MoneyStore = ReturnType<typeof createMoneyStore>;

const BILLION = new Big('1e9');

/** Two columns of an amount in billionths of an SDR, rounded half to even. */
export const inSdr = (units: Value, nanos: Value, rate: Big): bigint =>
  BigInt(
    new Big(units ?? 0)
      .times(BILLION)
      .plus(nanos ?? 0)
      .times(rate)
      .round(0, Big.roundHalfEven)
      .toFixed(),
  );
