import type { Knex } from 'knex';
import { type BodyProfile, profilesOf } from '../../shared/body-profiles';
import { type FactRow, factsBySide } from '../../shared/facts';
import type { Viewer } from '../../shared/viewer';

/** What networks publishes and this subgraph follows, and what is known of bodies. */
export const createTiesStore = (db: Knex, viewer: Viewer) => ({
  memberships: (side: 'subject_key' | 'other_key', keys: readonly string[]): Promise<FactRow[]> =>
    factsBySide(db, viewer, 'membership', side, keys),

  /** Convenings held towards processes, each with the activities that paid for it. */
  convenings: (processes: readonly string[]): Promise<FactRow[]> =>
    factsBySide(db, viewer, 'convening-process', 'other_key', processes),

  profiles: (ids: readonly string[]): Promise<BodyProfile[]> => profilesOf(db, viewer, ids),
});
export type TiesStore = ReturnType<typeof createTiesStore>;
