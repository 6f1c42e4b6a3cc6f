import type { Knex } from 'knex';
import { chunksOf } from '../../shared/db';
import type { Viewer } from '../../shared/viewer';
import { MONTH } from '../flow/columns';
import { createFlowList } from '../flow/flow-list.store';
import { FlowKind } from '../flow/flow-kind';
import { ofOwners, ownerKey } from '../hosting/party.store';
import type { MoneyFacts, Period } from './facts';

const AT_ONCE = 400;
const PAID: Record<MoneyFacts['kind'], FlowKind> = {
  TRANSFER: FlowKind.DISBURSEMENT,
  COMMITMENT: FlowKind.COMMITMENT,
};
/** OECD DAC’s types of aid that others than the donor spend as the donor says: B03 and B04 with their parts, C01. */
const DIRECTED = ['B03', 'B04', 'C01'];

/** A payment from one body to another, by keys of both. */
export interface GrantRow {
  from_key: string;
  to_key: string | null;
  id: string;
}

/** What a body got for aid that is directed by the donor, out of one activity of the donor's. */
export interface DirectedRow {
  own_key: string;
  other_key: string | null;
  /** Who got it in law. */
  receiver_key: string | null;
  activity_record: string;
  aid_types: string;
  kind: FlowKind;
  currency: string;
  month: string;
  units: string;
  nanos: string;
}

/** What is looked up of bodies only where somebody asks for the indicators that decide nothing. */
export const createDetailStore = (db: Knex, viewer: Viewer) => {
  const list = createFlowList(db, viewer);
  const paidIn = ({ from, to }: Period) =>
    list
      .list({ kinds: Object.values(PAID) })
      .where('flows.date', '>=', from)
      .where('flows.date', '<', to);

  return {
    /** To whom bodies under some keys paid in a period, or are bound to: one flow for each two keys. */
    grants: async (keys: readonly string[], period: Period): Promise<GrantRow[]> => {
      const found: GrantRow[] = [];
      for (const some of chunksOf(keys, AT_ONCE)) {
        const flows = () =>
          paidIn(period).select('flows.id', {
            from_key: db.raw(ownerKey('provider', viewer)),
            to_key: db.raw(ownerKey('receiver', viewer)),
          });
        found.push(
          ...((await db
            .from(ofOwners(db, flows, 'provider', viewer, some).as('paid'))
            .select('from_key', 'to_key')
            .min({ id: 'id' })
            .groupBy('from_key', 'to_key')) as GrantRow[]),
        );
      }
      return found;
    },

    /** What bodies under some keys got for directed aid in a period, as the givers report it. */
    directed: async (keys: readonly string[], period: Period): Promise<DirectedRow[]> => {
      const columns = [
        'own_key',
        'other_key',
        'receiver_key',
        'activity_record',
        'aid_types',
        'kind',
        'currency',
        'month',
      ];
      const found: DirectedRow[] = [];
      for (const some of chunksOf(keys, AT_ONCE)) {
        const flows = () =>
          paidIn(period)
            .whereNotNull('flows.activity_record')
            .where((any) => {
              for (const code of DIRECTED) void any.orWhereLike('flows.aid_types', `%"${code}%`);
            })
            .select(
              'flows.receiver_key',
              'flows.activity_record',
              'flows.aid_types',
              'flows.kind',
              'flows.currency',
              'flows.units',
              'flows.nanos',
              {
                own_key: db.raw(ownerKey('receiver', viewer)),
                other_key: db.raw(ownerKey('provider', viewer)),
                month: db.raw(MONTH),
              },
            );
        found.push(
          ...((await db
            .from(ofOwners(db, flows, 'receiver', viewer, some).as('got'))
            .select(columns)
            .select({
              // As text: a number of SQLite's driver ends at 2^53.
              units: db.raw('cast(sum(units) as text)'),
              nanos: db.raw('cast(sum(nanos) as text)'),
            })
            .groupBy(columns)) as DirectedRow[]),
        );
      }
      return found;
    },

    /** Of some activities, who implements them and who is paid out of them, by keys. */
    workers: async (
      activities: readonly string[],
    ): Promise<{ record: string; key: string; does: 'IMPLEMENTS' | 'IS_PAID' }[]> => {
      const found: { record: string; key: string; does: 'IMPLEMENTS' | 'IS_PAID' }[] = [];
      for (const some of chunksOf(activities, AT_ONCE)) {
        const implementing = db('activity_parties')
          .join('activities', 'activities.id', 'activity_parties.parent_id')
          .whereIn('activity_parties.parent_id', some)
          .where('activity_parties.role', 'IMPLEMENTING')
          .where('activities.tier', '<=', viewer.tier)
          .whereNull('activities.withdrawn_at')
          .whereNotNull('activity_parties.body_key')
          .select({
            record: 'activity_parties.parent_id',
            key: 'activity_parties.body_key',
            does: db.raw("'IMPLEMENTS'"),
          });
        const paid = list
          .list({ includeAbsorbed: true })
          .whereIn('flows.activity_record', some)
          .whereNotNull('flows.receiver_key')
          .select({
            record: 'flows.activity_record',
            key: 'flows.receiver_key',
            does: db.raw("'IS_PAID'"),
          });
        found.push(...((await db.queryBuilder().union([implementing, paid])) as typeof found));
      }
      return found;
    },
  };
};
export type DetailStore = ReturnType<typeof createDetailStore>;

/** The kind of money of a flow that a giver reports. */
export const kindOf = (kind: FlowKind): MoneyFacts['kind'] =>
  kind === PAID.COMMITMENT ? 'COMMITMENT' : 'TRANSFER';
