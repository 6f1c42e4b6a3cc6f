import type { Knex } from 'knex';
import { bodiesAt, keysSeenBy } from '../../shared/bodies';
import { tag } from '../../shared/bodies-tables';
import { chunksOf } from '../../shared/db';
import type { Fact } from '../../shared/facts';
import type { Viewer } from '../../shared/viewer';
import { groupBy } from './grouping';

const AT_ONCE = 400;
const CONSTITUENCY = tag('constituency', '');

export type FactRow = Fact & { record: string };

/** What is known of a body itself. */
export interface BodyRow {
  id: string;
  kind: string;
  legal_form: string;
  country: string | null;
  constituencies: string[];
}

/** The facts of others, as this subgraph keeps them, for one viewer. */
export const createFactsStore = (db: Knex, viewer: Viewer) => ({
  /** Facts of some kinds under the keys of one side. */
  bySide: async (
    kind: string,
    side: 'subject_key' | 'other_key',
    keys: readonly string[],
  ): Promise<FactRow[]> => {
    const found: FactRow[] = [];
    for (const some of chunksOf(keys, AT_ONCE))
      found.push(
        ...((await db('facts')
          .where({ kind })
          .whereIn(side, some)
          .where('tier', '<=', viewer.tier)
          .orderBy(['record', 'position'])) as FactRow[]),
      );
    return found;
  },

  /** All keys of some bodies, with the body of each. */
  keysOf: async (ids: readonly string[]): Promise<{ key: string; id: string }[]> => {
    const found: { key: string; id: string }[] = [];
    for (const some of chunksOf(ids, AT_ONCE))
      found.push(
        ...((await keysSeenBy(db, db('body_keys').whereIn('id', some), viewer).select(
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
      const rows = (await keysSeenBy(db, db('body_keys').whereIn('key', some), viewer).select(
        'key',
        'id',
      )) as { key: string; id: string }[];
      for (const { key, id } of rows) found.set(key, id);
    }
    return found;
  },

  /** What some bodies are called. */
  names: async (ids: readonly string[]): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (const some of chunksOf(ids, AT_ONCE)) {
      const rows = (await bodiesAt(
        db('bodies').select('id', 'name').whereIn('id', some),
        viewer,
      )) as { id: string; name: string }[];
      for (const { id, name } of rows) found.set(id, name);
    }
    return found;
  },

  /** What kind of bodies they are, where they have their seat, and for whom they speak. */
  bodies: async (ids: readonly string[]): Promise<BodyRow[]> => {
    const found: BodyRow[] = [];
    for (const some of chunksOf(ids, AT_ONCE)) {
      const rows = (await bodiesAt(
        db('bodies').select('row_id', 'id', 'kind', 'legal_form', 'country').whereIn('id', some),
        viewer,
      )) as (Omit<BodyRow, 'constituencies'> & { row_id: number })[];
      const tags = (await db('body_tags').whereIn(
        'row_id',
        rows.map(({ row_id }) => row_id),
      )) as { row_id: number; tag: string }[];
      const tagsOf = groupBy(tags, ({ row_id }) => String(row_id));
      for (const { row_id, ...row } of rows)
        found.push({
          ...row,
          constituencies: (tagsOf.get(String(row_id)) ?? [])
            .filter(({ tag }) => tag.startsWith(CONSTITUENCY))
            .map(({ tag }) => tag.slice(CONSTITUENCY.length))
            .sort(),
        });
    }
    return found;
  },
});
export type FactsStore = ReturnType<typeof createFactsStore>;
