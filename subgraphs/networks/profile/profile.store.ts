import type { Knex } from 'knex';
import { bodiesAt } from '../../shared/bodies';
import { chunksOf } from '../../shared/db';
import { compareTexts } from '../../shared/ids';
import type { Viewer } from '../../shared/viewer';

/** What figures over members need to know of each; an empty list or null: nobody says. */
export interface Profile {
  id: string;
  kind: string;
  country: string | null;
  themes: string[];
  constituencies: string[];
  /** BCP 47, without what follows the first hyphen. */
  languages: string[];
  /** UN M49, of every level, that of its country. */
  regions: string[];
}

interface ProfileRow {
  id: string;
  kind: string;
  country: string | null;
  tag: string | null;
}

const AT_ONCE = 400;
const LISTS = {
  theme: 'themes',
  constituency: 'constituencies',
  language: 'languages',
  region: 'regions',
} as const;

export const createProfileStore = (db: Knex, viewer: Viewer) => ({
  byIds: async (ids: readonly string[]): Promise<Profile[]> => {
    const profiles = new Map<string, Profile>();
    for (const some of chunksOf(ids, AT_ONCE)) {
      const rows = (await bodiesAt(
        db('bodies')
          .leftJoin('body_tags', 'body_tags.row_id', 'bodies.row_id')
          .select('bodies.id', 'bodies.kind', 'bodies.country', 'body_tags.tag')
          .whereIn('bodies.id', some),
        viewer,
      )) as ProfileRow[];
      for (const { id, kind, country, tag } of rows) {
        const profile = profiles.get(id) ?? {
          id,
          kind,
          country,
          themes: [],
          constituencies: [],
          languages: [],
          regions: [],
        };
        profiles.set(id, profile);
        if (tag === null) continue;
        const end = tag.indexOf(':');
        profile[LISTS[tag.slice(0, end) as keyof typeof LISTS]].push(tag.slice(end + 1));
      }
    }
    for (const profile of profiles.values())
      for (const list of Object.values(LISTS)) profile[list].sort(compareTexts);
    return [...profiles.values()];
  },

  /** Every region in which a body is on record. */
  regions: async (): Promise<string[]> => {
    const rows = (await bodiesAt(
      db('body_tags')
        .join('bodies', 'bodies.row_id', 'body_tags.row_id')
        .distinct('body_tags.tag')
        .where('bodies.listed', 1)
        .whereBetween('body_tags.tag', ['region:', 'region;'])
        .orderBy('body_tags.tag'),
      viewer,
    )) as { tag: string }[];
    return rows.map(({ tag }) => tag.slice('region:'.length));
  },
});
export type ProfileStore = ReturnType<typeof createProfileStore>;
