import type { Knex } from 'knex';
import { bodiesAt, keysSeenBy } from '../../shared/bodies';
import { type BodyProfile, profilesOf } from '../../shared/body-profiles';
import { chunksOf, whereAmong } from '../../shared/db';
import { factsBySide, type FactRow } from '../../shared/facts';
import type { Viewer } from '../../shared/viewer';

const AT_ONCE = 5000;

export type { FactRow };

/** The facts of others, as this subgraph keeps them, for one viewer. */
export const createFactsStore = (db: Knex, viewer: Viewer) => ({
  /** Facts of some kinds under the keys of one side. */
  bySide: (
    kinds: string | readonly string[],
    side: 'subject_key' | 'other_key',
    keys: readonly string[],
  ): Promise<FactRow[]> => factsBySide(db, viewer, kinds, side, keys),

  /** Bodies of which something is on record that a rule looks at, after an id, in the order of ids. */
  withFacts: async (after: string, most: number): Promise<string[]> => {
    const keys = db('facts')
      .select({ key: 'subject_key' })
      .whereIn('kind', ['membership', 'governing-body', 'member-count'])
      .where('tier', '<=', viewer.tier)
      .union(db('flows').select('provider_key').where('tier', '<=', viewer.tier))
      .union(db('flows').select('receiver_key').where('tier', '<=', viewer.tier));
    const rows = (await keysSeenBy(
      db,
      db('body_keys').whereIn('key', keys).where('id', '>', after),
      viewer,
    )
      .distinct('id')
      .orderBy('id')
      .limit(most)) as { id: string }[];
    return rows.map(({ id }) => id);
  },

  /** All keys of some bodies, with the body of each. */
  keysOf: async (ids: readonly string[]): Promise<{ key: string; id: string }[]> => {
    const found: { key: string; id: string }[] = [];
    for (const some of chunksOf(ids, AT_ONCE))
      found.push(
        ...((await keysSeenBy(db, whereAmong(db, db('body_keys'), 'id', some), viewer).select(
          'key',
          'id',
        )) as { key: string; id: string }[]),
      );
    return found;
  },

  /** The bodies that some keys mean, where the viewer may see them. */
  idsOf: async (keys: readonly string[]): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (const some of chunksOf(keys, AT_ONCE)) {
      const rows = (await keysSeenBy(
        db,
        whereAmong(db, db('body_keys'), 'key', some),
        viewer,
      ).select('key', 'id')) as { key: string; id: string }[];
      for (const { key, id } of rows) found.set(key, id);
    }
    return found;
  },

  /** What some bodies are called. */
  names: async (ids: readonly string[]): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (const some of chunksOf(ids, AT_ONCE)) {
      const rows = (await bodiesAt(
        whereAmong(db, db('bodies').select('id', 'name'), 'id', some),
        viewer,
      )) as { id: string; name: string }[];
      for (const { id, name } of rows) found.set(id, name);
    }
    return found;
  },

  /** What kind of bodies they are, where they have their seat and for whom they speak. */
  bodies: (ids: readonly string[]): Promise<BodyProfile[]> => profilesOf(db, viewer, ids),
});
export type FactsStore = ReturnType<typeof createFactsStore>;
