import type { Knex } from 'knex';
import { keysAt } from '../../shared/bodies';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { UnPlace } from '../../shared/vocabulary';
import type { UnAccess, UnAccessForm } from './access';

type AccessRow = Stamp & {
  body_id: string;
  place: string;
  form: string;
  from_date: string | null;
  to_date: string | null;
};

/** An access, with the body that has it. */
export type AccessOf = UnAccess & { bodyId: string };

export const createAccessStore = (db: Knex, viewer: Viewer) => ({
  /** The accesses of bodies that stand, of all times. */
  byOrganisationIds: async (ids: readonly string[]): Promise<AccessOf[]> => {
    const rows = db('un_accesses')
      .join('body_keys', 'body_keys.key', 'un_accesses.key')
      .select('un_accesses.*', { body_id: 'body_keys.id' })
      .whereIn('body_keys.id', ids)
      .whereNull('withdrawn_at')
      .orderByRaw('from_date nulls first, un_accesses.id');
    return ((await visibleTo(keysAt(rows, viewer), viewer, 'tier')) as AccessRow[]).map((row) => ({
      bodyId: row.body_id,
      id: row.id,
      place: row.place as UnPlace,
      form: row.form as UnAccessForm,
      from: row.from_date,
      to: row.to_date,
      stamp: row,
    }));
  },
});
export type AccessStore = ReturnType<typeof createAccessStore>;
