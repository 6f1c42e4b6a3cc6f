import { Big } from 'big.js';
import type { Knex } from 'knex';
import { chunksOf, manyRows, type Value, whereAmong } from '../../shared/db';
import type { Viewer } from '../../shared/viewer';
import { MONTH, type Side } from '../flow/columns';
import { createFlowList } from '../flow/flow-list.store';
import { FlowKind } from '../flow/flow-kind';
import { RegrantType } from '../grant/regrant-type';
import { HostingBasis } from '../hosting/basis';
import { createHeldMoneyStore, type HeldPlace } from '../hosting/money.store';
import { isHeld, isOfItsParties } from '../hosting/party.store';
import { createRateStore } from '../rate/rate.store';
import { divide, type Factor } from '../summary/fixed';
import type { MoneyFacts, Period } from './facts';

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
const ALL_PAYING = Object.values(PAYING).flat();
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
  /** Sums travel as text: a number, in JSON or of SQLite's driver, ends at 2^53. */
  units: string;
  nanos: string;
  fixed_units: string;
  fixed_nanos: string;
  flows: number;
  /** 1: the providing body reports some of it itself. */
  reported: number;
  /** The first and the last of the flows by id; null where nobody asked. */
  first_id: string | null;
  last_id: string | null;
}

/** The same of flows with hosts in them, by how the body has to do with them; see hosting/money.store.ts. */
export type HeldRow = MoneyRow & HeldPlace & { via_key: string | null };

type SideRow = Omit<MoneyRow, 'side'>;
const ROW_COLUMNS: readonly (keyof SideRow)[] = [
  'kind',
  'own_key',
  'other_key',
  'currency',
  'month',
  'units',
  'nanos',
  'fixed_units',
  'fixed_nanos',
  'flows',
  'reported',
];
const ID_COLUMNS = ['first_id', 'last_id'] as const;

const AT_ONCE = 5000;
const holes = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
/** The kind of money of a flow that is of either. */
const STAGE = `case when flows.kind in (${KINDS.TRANSFER.map((kind) => `'${kind}'`).join(', ')}) then 'TRANSFER' else 'COMMITMENT' end`;

const rowOf = (side: Side, row: SideRow): MoneyRow => ({
  kind: row.kind,
  side,
  own_key: row.own_key,
  other_key: row.other_key,
  currency: row.currency,
  month: row.month,
  units: row.units,
  nanos: row.nanos,
  fixed_units: row.fixed_units,
  fixed_nanos: row.fixed_nanos,
  flows: Number(row.flows),
  reported: row.reported,
  first_id: row.first_id ?? null,
  last_id: row.last_id ?? null,
});

/** The money of bodies in a period, for one viewer, as far as classification looks at it. */
export const createMoneyStore = (db: Knex, viewer: Viewer) => {
  const list = createFlowList(db, viewer);
  const rates = createRateStore(db);
  const held = createHeldMoneyStore(db, viewer);
  const inPeriod = (query: Knex.QueryBuilder, { from, to }: Period) =>
    query.where('flows.date', '>=', from).where('flows.date', '<', to);
  /** Few kinds hold most of the flows: without statistics, SQLite would read by them and not by body. */
  const ofKinds = (query: Knex.QueryBuilder, kinds: readonly FlowKind[]) =>
    query.whereRaw(`coalesce(flows.kind, '') in (${holes(kinds)})`, [...kinds]);
  const kind = db.raw(`${STAGE} as kind`);
  const reported = db.raw(
    `max(case when flows.reporter_key = flows.provider_key and flows.kind in (${holes(ALL_PAYING)}) then 1 else 0 end) as reported`,
    [...ALL_PAYING],
  );
  const fixed = (column: string) =>
    db.raw(
      `cast(sum(case when flows.regrant_type in (${holes(FIXED)}) then flows.${column} else 0 end) as text) as fixed_${column}`,
      [...FIXED],
    );
  /** Flows of a period as they are added up, by what is yet to be said of their sides. */
  const summed = (period: Period, ids: boolean) => {
    const query = inPeriod(ofKinds(list.list({}), ALL_KINDS), period)
      .select('flows.currency', db.raw(`${MONTH} as month`), kind, reported)
      .select(fixed('units'), fixed('nanos'))
      .select(db.raw('cast(sum(flows.units) as text) as units'))
      .select(db.raw('cast(sum(flows.nanos) as text) as nanos'))
      .count({ flows: '*' });
    return ids ? query.min({ first_id: 'flows.id' }).max({ last_id: 'flows.id' }) : query;
  };

  return {
    /**
     * Flows that bodies gave and got, under any of some keys; what two sides report is one flow. Without
     * those that a host gave or got for somebody else, for which {@link heldRows} are.
     * @param ids whether to say which flows: the first and the last.
     */
    rows: async (
      keys: readonly string[],
      period: Period,
      { ids }: { ids: boolean },
    ): Promise<MoneyRow[]> => {
      const columns = ids ? [...ROW_COLUMNS, ...ID_COLUMNS] : ROW_COLUMNS;
      const found: MoneyRow[] = [];
      for (const some of chunksOf(keys, AT_ONCE))
        for (const [side, other] of [
          ['provider', 'receiver'],
          ['receiver', 'provider'],
        ] as const) {
          const query = whereAmong(db, summed(period, ids), `flows.${side}_key`, some)
            .whereRaw(isOfItsParties(viewer))
            .select({ own_key: `flows.${side}_key`, other_key: `flows.${other}_key` })
            .groupByRaw(
              `flows.${side}_key, flows.${other}_key, flows.currency, ${MONTH}, ${STAGE}`,
            );
          for (const row of await manyRows<SideRow>(db, query, columns))
            found.push(rowOf(side, row));
        }
      return found;
    },

    /** Flows with hosts in them, by how bodies under some keys have to do with them. */
    heldRows: async (keys: readonly string[], period: Period): Promise<HeldRow[]> => {
      if (!(await held.any())) return [];
      const rows = await held.places<Omit<HeldRow, keyof HeldPlace>>(keys, ({ own, other, via }) =>
        summed(period, true)
          .select(db.raw(`${own} as own_key, ${other} as other_key, ${via} as via_key`))
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
        const query = inPeriod(ofKinds(list.list({ includeAbsorbed: true }), ALL_PAYING), period)
          .whereRaw(isHeld('provider', viewer))
          // What was handed over says nothing of what the body then paid.
          .whereNot('flows.provider_for_basis', HostingBasis.HANDED_OVER)
          .whereRaw('flows.reporter_key = flows.provider_key');
        const rows = (await whereAmong(db, query, 'flows.provider_for_key', some).distinct(
          'flows.provider_for_key',
          'flows.kind',
        )) as { provider_for_key: string; kind: FlowKind }[];
        for (const { provider_for_key, kind } of rows)
          payers[PAYING.COMMITMENT.includes(kind) ? 'COMMITMENT' : 'TRANSFER'].add(
            provider_for_key,
          );
      }
      return payers;
    },

    /**
     * Of some keys, those under which somebody reports what it pays of a kind of money. Without a join, by
     * which PostgreSQL, which takes such flows to be rare, would compare all with all.
     */
    payers: async (kind: Kind, keys: readonly string[], period: Period): Promise<string[]> => {
      const payers: string[] = [];
      for (const some of chunksOf(keys, AT_ONCE)) {
        const query = inPeriod(
          ofKinds(list.list({ includeAbsorbed: true }), PAYING[kind]),
          period,
        ).whereRaw('flows.reporter_key = flows.provider_key');
        const rows = (await whereAmong(db, query, 'flows.provider_key', some).distinct(
          'flows.provider_key',
        )) as { provider_key: string }[];
        for (const { provider_key } of rows) payers.push(provider_key);
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

const DECIMALS = 9;
const BILLION = 10n ** BigInt(DECIMALS);
const factors = new WeakMap<Big, Factor>();

/** A decimal as a fraction of whole numbers, exactly, of which the lower is at least a billion. */
const factorOf = (rate: Big): Factor => {
  const known = factors.get(rate);
  if (known) return known;
  const places = Math.max(DECIMALS, rate.c.length - 1 - rate.e);
  const factor = {
    over: BigInt(rate.times(`1e${places}`).toFixed()),
    under: 10n ** BigInt(places),
  };
  factors.set(rate, factor);
  return factor;
};

const isNothing = (value: Value): boolean => Number(value ?? 0) === 0;

/** Two columns of an amount in billionths of an SDR, rounded half to even. */
export const inSdr = (units: Value, nanos: Value, rate: Big): bigint => {
  const whole = isNothing(nanos);
  if (whole && isNothing(units)) return 0n;
  const { over, under } = factorOf(rate);
  // Most amounts have no more than two decimals, and no rate more than nine.
  if (under === BILLION && whole) return BigInt(units ?? 0) * over;
  return divide((BigInt(units ?? 0) * BILLION + BigInt(nanos ?? 0)) * over, under);
};
