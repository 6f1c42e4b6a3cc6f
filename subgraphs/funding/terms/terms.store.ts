import type { Knex } from 'knex';
import { keysSeenBy } from '../../shared/bodies';
import type { Value } from '../../shared/db';
import type { Viewer } from '../../shared/viewer';
import { createFlowList } from '../flow/flow-list.store';
import type { FlowFilter } from '../flow/flow.args';
import { THIRD_PARTY_STANDARD } from '../flow/reporting';
import { ownerKey } from '../hosting/party.store';
import { createLotSql } from '../summary/lots-sql.store';

const AT_ONCE = 20_000;
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
  /** The body; empty: unknown, or one whom the viewer may not see. */
  receiver: string;
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

/** Reads flows receiver by receiver, for one viewer. */
export const createTermsStore = (db: Knex, viewer: Viewer) => {
  const { list } = createFlowList(db, viewer);
  const sql = createLotSql(db, viewer);

  const base = ({ filter, onlyFts }: TermsQuestion) => {
    const query = list(filter, { ofOwners: true }).whereNotIn('flows.id', sql.inPartAndWhole());
    if (onlyFts) void query.where('flows.standard', THIRD_PARTY_STANDARD);
    return query;
  };

  const batch = async (
    question: TermsQuestion,
    after: TermsRow | undefined,
  ): Promise<TermsRow[]> => {
    const { filter, currency } = question;
    // An amount that the source itself gives in the currency asked for is taken as it is.
    const own = (column: string, otherwise: string) =>
      currency === DOLLARS
        ? `case when flows.usd_units is not null then ${column} else ${otherwise} end`
        : otherwise;
    const receivers = keysSeenBy(db, db('body_keys as named'), viewer, 'named')
      .select('named.key', 'named.id')
      .as('receivers');
    const query = base(question)
      .leftJoin(receivers, db.raw(`receivers.key = ${ownerKey('receiver', viewer)}`) as never)
      // A flow may be seen whose activity may not.
      .leftJoin('activities', (join) => {
        void join
          .on('activities.id', 'flows.activity_record')
          .onVal('activities.tier', '<=', viewer.tier)
          .onNull('activities.withdrawn_at');
      })
      .select('flows.id', 'flows.date', 'flows.purpose', 'flows.flexibility', {
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
        db.raw("coalesce(receivers.id, '') as receiver"),
        db.raw('substr(coalesce(flows.value_date, flows.date), 1, 7) as month'),
        db.raw(`${own(`'${DOLLARS}'`, 'flows.currency')} as currency`),
        db.raw(`cast(${own('flows.usd_units', 'flows.units')} as text) as units`),
        db.raw(`cast(${own('flows.usd_nanos', 'flows.nanos')} as text) as nanos`),
      )
      .orderByRaw("coalesce(receivers.id, ''), flows.date, flows.id")
      .limit(AT_ONCE);
    const origin = sql.originOf(filter);
    if (origin) void query.select(db.raw('? as origin', [origin]));
    if (after) {
      const place: Value[] = [after.receiver, after.date, after.id];
      void query.whereRaw("(coalesce(receivers.id, ''), flows.date, flows.id) > (?, ?, ?)", place);
    }
    return (await query) as TermsRow[];
  };

  return {
    /** How many flows there are, and the date of the newest; null: none is dated. */
    extent: async (question: TermsQuestion): Promise<{ flows: number; newest: string | null }> => {
      const row = (await base(question)
        .count({ flows: '*' })
        .max({ newest: 'flows.date' })
        .first()) as { flows: number | string; newest: string | null } | undefined;
      return { flows: Number(row?.flows ?? 0), newest: row?.newest ?? null };
    },

    /** All flows in batches: by receiver, a receiver's from the oldest on. */
    batches: async function* (question: TermsQuestion): AsyncGenerator<TermsRow[]> {
      for (let after: TermsRow | undefined; ;) {
        const rows = await batch(question, after);
        if (rows.length > 0) yield rows;
        if (rows.length < AT_ONCE) return;
        after = rows.at(-1);
      }
    },
  };
};
export type TermsStore = ReturnType<typeof createTermsStore>;
