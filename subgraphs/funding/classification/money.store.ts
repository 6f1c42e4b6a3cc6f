import { Big } from 'big.js';
import type { Knex } from 'knex';
import { chunksOf, type Value } from '../../shared/db';
import type { Viewer } from '../../shared/viewer';
import { createFlowList } from '../flow/flow-list.store';
import { FlowKind } from '../flow/flow-kind';
import { RegrantType } from '../grant/regrant-type';
import { HostingBasis } from '../hosting/basis';
import { createHeldMoneyStore, type HeldPlace } from '../hosting/money.store';
import { isHeld, isOfItsParties } from '../hosting/party.store';
import { createRateStore } from '../rate/rate.store';
import type { MoneyFacts, Period } from './facts';

type Side = 'provider' | 'receiver';
type Kind = MoneyFacts['kind'];

const KINDS: Record<Kind, readonly FlowKind[]> = {
  TRANSFER: [FlowKind.DISBURSEMENT, FlowKind.INCOMING_FUNDS],
  COMMITMENT: [FlowKind.COMMITMENT, FlowKind.INCOMING_COMMITMENT],
};
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

/** The same of flows with hosts in them, by how the body has to do with them; see hosting/money.store.ts. */
export type HeldRow = MoneyRow & HeldPlace & { via_key: string | null };

const AT_ONCE = 400;
const MONTH = 'substr(coalesce(flows.value_date, flows.date), 1, 7)';
const holes = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
/** The kind of money of a flow that is of either. */
const STAGE = `case when flows.kind in (${KINDS.TRANSFER.map((kind) => `'${kind}'`).join(', ')}) then 'TRANSFER' else 'COMMITMENT' end`;

/** The money of bodies in a period, for one viewer, as far as classification looks at it. */
export const createMoneyStore = (db: Knex, viewer: Viewer) => {
  const list = createFlowList(db, viewer);
  const rates = createRateStore(db);
  const held = createHeldMoneyStore(db, viewer);
  const inPeriod = (query: Knex.QueryBuilder, { from, to }: Period) =>
    query.where('flows.date', '>=', from).where('flows.date', '<', to);

  const fixed = (column: string) =>
    db.raw(
      `sum(case when flows.regrant_type in (${holes(FIXED)}) then flows.${column} else 0 end) as fixed_${column}`,
      [...FIXED],
    );
  /** Flows of a kind in a period as they are added up, by what is yet to be said of their sides. */
  const summed = (query: Knex.QueryBuilder) =>
    query
      .select('flows.currency', db.raw(`${MONTH} as month`), fixed('units'), fixed('nanos'))
      .sum({ units: 'flows.units', nanos: 'flows.nanos' })
      .count({ flows: '*' })
      .min({ first_id: 'flows.id' })
      .max({ last_id: 'flows.id' });

  return {
    /**
     * Flows that bodies gave and got, under any of some keys; what two sides report is one flow. Without
     * those that a host gave or got for somebody else, for which {@link heldRows} are.
     */
    rows: async (keys: readonly string[], period: Period): Promise<MoneyRow[]> => {
      const found: MoneyRow[] = [];
      for (const some of chunksOf(keys, AT_ONCE))
        for (const [side, other] of [
          ['provider', 'receiver'],
          ['receiver', 'provider'],
        ] as const)
          for (const kind of ['TRANSFER', 'COMMITMENT'] as const) {
            const query = summed(
              inPeriod(
                list.list({ kinds: [...KINDS[kind]] }).whereIn(`flows.${side}_key`, some),
                period,
              ).whereRaw(isOfItsParties(viewer)),
            )
              .select({ own_key: `flows.${side}_key`, other_key: `flows.${other}_key` })
              .groupByRaw(`flows.${side}_key, flows.${other}_key, flows.currency, ${MONTH}`);
            const rows = (await query) as Omit<MoneyRow, 'kind' | 'side'>[];
            found.push(...rows.map((row) => ({ ...row, kind, side, flows: Number(row.flows) })));
          }
      return found;
    },

    /** Flows with hosts in them, by how bodies under some keys have to do with them. */
    heldRows: async (keys: readonly string[], period: Period): Promise<HeldRow[]> => {
      if (!(await held.any())) return [];
      const rows = await held.places<Omit<HeldRow, keyof HeldPlace>>(keys, ({ own, other, via }) =>
        summed(inPeriod(list.list({ kinds: [...KINDS.TRANSFER, ...KINDS.COMMITMENT] }), period))
          .select(
            db.raw(`${own} as own_key, ${other} as other_key, ${via} as via_key`),
            db.raw(`${STAGE} as kind`),
          )
          .groupByRaw(`${own}, ${other}, ${via}, ${STAGE}, flows.currency, ${MONTH}`),
      );
      return rows.map((row) => ({ ...row, flows: Number(row.flows) }));
    },

    /** Of some keys, those for which a host reports what it pays for them, by kind of money. */
    heldPayers: async (
      keys: readonly string[],
      period: Period,
    ): Promise<Record<Kind, Set<string>>> => {
      const payers: Record<Kind, Set<string>> = { TRANSFER: new Set(), COMMITMENT: new Set() };
      if (!(await held.any())) return payers;
      for (const some of chunksOf(keys, AT_ONCE)) {
        const rows = (await inPeriod(
          list
            .list({ kinds: [...PAYING.TRANSFER, ...PAYING.COMMITMENT], includeAbsorbed: true })
            .whereIn('flows.provider_for_key', some)
            .whereRaw(isHeld('provider', viewer))
            // What was handed over says nothing of what the body then paid.
            .whereNot('flows.provider_for_basis', HostingBasis.HANDED_OVER)
            .whereRaw('flows.reporter_key = flows.provider_key'),
          period,
        ).distinct('flows.provider_for_key', 'flows.kind')) as {
          provider_for_key: string;
          kind: FlowKind;
        }[];
        for (const { provider_for_key, kind } of rows)
          payers[PAYING.COMMITMENT.includes(kind) ? 'COMMITMENT' : 'TRANSFER'].add(
            provider_for_key,
          );
      }
      return payers;
    },

    /** Of some keys, those under which somebody reports what it pays, by kind of money. */
    payers: async (keys: readonly string[], period: Period): Promise<Record<Kind, Set<string>>> => {
      const payers: Record<Kind, Set<string>> = { TRANSFER: new Set(), COMMITMENT: new Set() };
      for (const some of chunksOf(keys, AT_ONCE))
        for (const kind of ['TRANSFER', 'COMMITMENT'] as const) {
          const rows = (await inPeriod(
            list
              .list({ kinds: [...PAYING[kind]], includeAbsorbed: true })
              .whereIn('flows.provider_key', some)
              .whereRaw('flows.reporter_key = flows.provider_key'),
            period,
          ).distinct('flows.provider_key')) as { provider_key: string }[];
          for (const { provider_key } of rows) payers[kind].add(provider_key);
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
          ...((await db('activity_parties')
            .join('activities', 'activities.id', 'activity_parties.parent_id')
            .whereIn('activity_parties.body_key', some)
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
    rates: async (
      rows: readonly Pick<MoneyRow, 'currency' | 'month'>[],
    ): Promise<Map<string, Big>> => {
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
