import type { Knex } from 'knex';
import { keysSeenBy } from '../../shared/bodies';
import type { Viewer } from '../../shared/viewer';
import { COUNTED_KINDS } from '../flow/counted-money';
import { MONTH } from '../flow/columns';
import { createFlowList } from '../flow/flow-list.store';
import { isOwner } from '../hosting/party.store';
import { createLotSql } from '../summary/lots-sql.store';

/** What is committed to a body for later, of one currency and month. */
export interface LaterIncome {
  id: string;
  currency: string;
  month: string;
  units: string;
  nanos: string;
  flows: number | string;
}

export const createRunwayStore = (db: Knex, viewer: Viewer) => {
  const { list } = createFlowList(db, viewer);
  const { inPartAndWhole } = createLotSql(db, viewer);
  return {
    /** Commitments to some bodies that are dated after a day. */
    committedAfter: async (ids: readonly string[], day: string): Promise<LaterIncome[]> => {
      const receivers = keysSeenBy(db, db('body_keys as named'), viewer, 'named')
        .whereIn('named.id', ids)
        .select('named.key', 'named.id')
        .as('receivers');
      return (await list({ kinds: [...COUNTED_KINDS.COMMITTED] })
        .join(receivers, db.raw(isOwner('receiver', viewer, 'receivers.key')) as never)
        .where('flows.date', '>', day)
        .whereNotIn('flows.id', inPartAndWhole())
        .select('receivers.id', 'flows.currency')
        .select(
          db.raw(`${MONTH} as month`),
          db.raw('cast(sum(flows.units) as text) as units'),
          db.raw('cast(sum(flows.nanos) as text) as nanos'),
          db.raw('count(*) as flows'),
        )
        .groupByRaw('1, 2, 3')
        .orderByRaw('1, 2, 3')) as LaterIncome[];
    },
  };
};
export type RunwayStore = ReturnType<typeof createRunwayStore>;
