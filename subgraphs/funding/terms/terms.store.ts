import type { Knex } from 'knex';
import type { Value } from '../../shared/db';
import type { Viewer } from '../../shared/viewer';
import { MONTH } from '../flow/columns';
import { createFlowList } from '../flow/flow-list.store';
import type { FlowFilter } from '../flow/flow.args';
import { THIRD_PARTY_STANDARD } from '../flow/reporting';
import { ofOwners, ownerKey } from '../hosting/party.store';
import { createLotSql } from '../summary/lots-sql.store';

/** FTS's own amounts are in this currency. */
const DOLLARS = 'USD';

/** Which flows. */
export interface TermsQuestion {
  filter: FlowFilter;
  onlyFts: boolean;
  /** The currency asked for. */
  currency: string;
}

/** A flow with what its terms are read from. */
export interface TermsRow {
  receiver_key: string | null;
  id: string;
  date: string;
  provider_key: string | null;
  currency: string;
  month: string;
  units: string;
  nanos: string;
  purpose: string;
  flexibility: string;
  origin?: 'OUTSIDE' | 'INSIDE' | 'SHARED' | null;
  duration_months: string | null;
  planned_start: string | null;
  planned_end: string | null;
  actual_start: string | null;
  actual_end: string | null;
}

/** The flows under one key of a receiver; null: nobody says who received them. */
export interface ReceiverKey {
  key: string | null;
  flows: number;
  /** The date of the newest of them; empty: none is dated. */
  newest: string;
}

/** Reads flows receiver by receiver, for one viewer. */
export const createTermsStore = (db: Knex, viewer: Viewer) => {
  const { list } = createFlowList(db, viewer);
  const sql = createLotSql(db, viewer);

  const base = ({ filter, onlyFts }: TermsQuestion) => {
    const query = list(filter, { ofOwners: true, asTheyLie: true }).whereNotIn(
      'flows.id',
      sql.inPartAndWhole(),
    );
    if (onlyFts) void query.where('flows.standard', THIRD_PARTY_STANDARD);
    return query;
  };

  /** The flows asked for, not yet those of some receivers. */
  const flows = (question: TermsQuestion) => {
    const { filter, currency } = question;
    const query = base(question);
    // An amount that the source itself gives in the currency asked for is taken as it is.
    const own = (column: string, otherwise: string) =>
      currency === DOLLARS
        ? `case when flows.usd_units is not null then ${column} else ${otherwise} end`
        : otherwise;
    void query
      // A flow may be seen whose activity may not.
      .leftJoin('activities', (join) => {
        void join
          .on('activities.id', 'flows.activity_record')
          .onVal('activities.tier', '<=', viewer.tier)
          .onNull('activities.withdrawn_at');
      })
      .select('flows.purpose', 'flows.flexibility', {
        id: 'flows.id',
        date: 'flows.date',
        receiver_key: db.raw(ownerKey('receiver', viewer)),
        provider_key: db.raw(ownerKey('provider', viewer)),
      })
      .select(
        'activities.duration_months',
        'activities.planned_start',
        'activities.planned_end',
        'activities.actual_start',
        'activities.actual_end',
      )
      .select(
        db.raw(`${MONTH} as month`),
        db.raw(`${own(`'${DOLLARS}'`, 'flows.currency')} as currency`),
        db.raw(`cast(${own('flows.usd_units', 'flows.units')} as text) as units`),
        db.raw(`cast(${own('flows.usd_nanos', 'flows.nanos')} as text) as nanos`),
      );
    const origin = sql.originOf(filter);
    if (origin) void query.select(db.raw('? as origin', [origin]));
    return query;
  };

  /** The flows under some keys, or of unknown receivers, found by the receivers' indexes. */
  const flowsUnder = (
    keys: readonly string[] | null,
    each: () => Knex.QueryBuilder,
  ): Knex.QueryBuilder =>
    keys === null
      ? each().whereNull('flows.receiver_key')
      : ofOwners(db, each, 'receiver', viewer, keys);

  return {
    /** Under which keys of receivers there are flows. */
    receivers: async (question: TermsQuestion): Promise<ReceiverKey[]> => {
      const rows = (await base(question)
        .select({ key: db.raw(ownerKey('receiver', viewer)) })
        .groupByRaw(ownerKey('receiver', viewer))
        .count({ flows: '*' })
        .max({ newest: 'flows.date' })) as (Omit<ReceiverKey, 'flows'> & {
        flows: number | string;
      })[];
      return rows.map((row) => ({ ...row, flows: Number(row.flows) }));
    },

    /** All flows under some keys, in any order. */
    under: async (question: TermsQuestion, keys: readonly string[]): Promise<TermsRow[]> =>
      (await flowsUnder(keys, () => flows(question))) as TermsRow[],

    /**
     * The flows under some keys so many at a time, from the oldest on.
     * @param keys null: those of unknown receivers.
     */
    inOrder: async function* (
      question: TermsQuestion,
      keys: readonly string[] | null,
      atOnce: number,
    ): AsyncGenerator<TermsRow[]> {
      for (let after: Value[] | undefined; ;) {
        const place = after;
        const rows = (await flowsUnder(keys, () =>
          place
            ? flows(question).whereRaw('(flows.date, flows.id) > (?, ?)', place)
            : flows(question),
        )
          .orderBy(['date', 'id'])
          .limit(atOnce)) as TermsRow[];
        if (rows.length > 0) yield rows;
        const last = rows.at(-1);
        if (!last || rows.length < atOnce) return;
        after = [last.date, last.id];
      }
    },
  };
};
export type TermsStore = ReturnType<typeof createTermsStore>;
