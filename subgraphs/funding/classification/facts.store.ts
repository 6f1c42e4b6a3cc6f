import type { Knex } from 'knex';
import { bodiesAt, keysSeenBy } from '../../shared/bodies';
import { type BodyProfile, profilesOf } from '../../shared/body-profiles';
import { chunksOf, whereAmong } from '../../shared/db';
import { factsBySide, type FactRow } from '../../shared/facts';
import type { Viewer } from '../../shared/viewer';
import { isHeld } from '../hosting/party.store';

const AT_ONCE = 5000;

export type { FactRow };

/** Facts that a body is judged by, of those that are about it. */
const JUDGED = ['membership', 'governing-body', 'member-count'];

interface Keyed {
  key: string;
  id: string;
}

/** The facts of others, as this subgraph keeps them, for one viewer. */
export const createFactsStore = (db: Knex, viewer: Viewer) => ({
  /** Facts of some kinds under the keys of one side. */
  bySide: (
    kinds: string | readonly string[],
    side: 'subject_key' | 'other_key',
    keys: readonly string[],
  ): Promise<FactRow[]> => factsBySide(db, viewer, kinds, side, keys),

  /** All facts of a kind, for kinds of which there are few. */
  ofKind: async (kind: string): Promise<FactRow[]> =>
    (await db('facts')
      .where({ kind })
      .where('tier', '<=', viewer.tier)
      .orderBy(['record', 'position'])) as FactRow[],

  /**
   * Some bodies after an id, in the order of ids, and those of them of which something is on record that a
   * rule looks at. Null: there are no more. All of them together are read in time linear in the records.
   */
  withFacts: async (
    after: string,
    most: number,
  ): Promise<{ ids: string[]; last: string } | null> => {
    const rows = (await keysSeenBy(db, db('body_keys').where('id', '>', after), viewer)
      .distinct('id')
      .orderBy('id')
      .limit(most)) as { id: string }[];
    const last = rows.at(-1);
    if (!last) return null;
    const idOf = new Map<string, string>();
    for (const some of chunksOf(rows, AT_ONCE)) {
      const keys = whereAmong(
        db,
        db('body_keys'),
        'id',
        some.map(({ id }) => id),
      );
      for (const { key, id } of (await keysSeenBy(db, keys, viewer).select('key', 'id')) as Keyed[])
        idOf.set(key, id);
    }
    const found = new Set<string>();
    for (const some of chunksOf([...idOf.keys()], AT_ONCE))
      for (const [column, flows] of [
        ['subject_key', null],
        ['provider_key', () => db('flows')],
        ['receiver_key', () => db('flows')],
        ['provider_for_key', () => db('flows').whereRaw(isHeld('provider', viewer))],
        ['receiver_for_key', () => db('flows').whereRaw(isHeld('receiver', viewer))],
      ] as const) {
        const named = flows?.() ?? db('facts').whereIn('kind', JUDGED);
        const keys = await whereAmong(db, named, column, some)
          .where('tier', '<=', viewer.tier)
          .distinct({ key: column });
        for (const { key } of keys as { key: string }[]) found.add(idOf.get(key) ?? '');
      }
    return { ids: rows.map(({ id }) => id).filter((id) => found.has(id)), last: last.id };
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
