import type { Knex } from 'knex';
import { keysAt } from '../../shared/bodies';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { HostArrangement, HostForm } from './host';

type HostRow = Stamp & {
  body_id: string;
  host_key: string;
  hosted_key: string;
  form: string;
  fee_percent: string | null;
  from_date: string | null;
  to_date: string | null;
};

/** An arrangement, with the body whose list it stands in. */
export type HostOf = HostArrangement & { bodyId: string };

const toHost = (row: HostRow): HostOf => ({
  bodyId: row.body_id,
  id: row.id,
  form: row.form as HostForm,
  feePercent: row.fee_percent,
  from: row.from_date,
  to: row.to_date,
  hostKey: row.host_key,
  hostedKey: row.hosted_key,
  stamp: row,
});

export const createHostStore = (db: Knex, viewer: Viewer) => ({
  /** Arrangements that stand, by the bodies on one side of them. */
  bySide: async (side: 'host_key' | 'hosted_key', ids: readonly string[]): Promise<HostOf[]> => {
    const rows = db('host_arrangements')
      .join('body_keys', 'body_keys.key', `host_arrangements.${side}`)
      .select('host_arrangements.*', { body_id: 'body_keys.id' })
      .whereIn('body_keys.id', ids)
      .whereNull('withdrawn_at')
      .orderByRaw('from_date nulls first, host_arrangements.id');
    return ((await visibleTo(keysAt(rows, viewer), viewer, 'tier')) as HostRow[]).map(toHost);
  },
});
export type HostStore = ReturnType<typeof createHostStore>;
