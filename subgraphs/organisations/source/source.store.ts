import type { Knex } from 'knex';
import { type Proportion, proportionOf } from '../../shared/proportion';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { WrittenIdentifier } from '../organisation/record';
import type { Source } from './source';

const ROWS_AT_ONCE = 2000;

interface SourceRow {
  id: string;
  title: string;
  publisher_key: string | null;
  publisher_name: string | null;
  licence: string;
  attribution: string | null;
  url: string | null;
  fictional: number;
  retrieved_at: string;
  updated_at: string;
}

const toSource = (row: SourceRow): Source => ({
  id: row.id,
  title: row.title,
  publisherKey: row.publisher_key,
  publisherName: row.publisher_name,
  licence: row.licence,
  attribution: row.attribution,
  url: row.url !== null && URL.canParse(row.url) ? row.url : null,
  fictional: row.fictional === 1,
  retrievedAt: row.retrieved_at,
  updatedAt: row.updated_at,
});

export const createSourceStore = (db: Knex, viewer: Viewer) => {
  const visible = () => visibleTo(db('sources'), viewer, 'tier');
  return {
    all: async (): Promise<Source[]> =>
      ((await visible().orderBy('id')) as SourceRow[]).map(toSource),
    byIds: async (ids: readonly string[]): Promise<Source[]> =>
      ((await visible().whereIn('id', ids)) as SourceRow[]).map(toSource),
    /** How many records about bodies each source has, of those that stand and are visible. */
    recordsByIds: async (ids: readonly string[]): Promise<{ id: string; n: number }[]> =>
      (await visibleTo(db('organisation_records'), viewer, 'tier')
        .select({ id: 'source_id' })
        .count({ n: '*' })
        .whereIn('source_id', ids)
        .whereNull('withdrawn_at')
        .groupBy('source_id')) as { id: string; n: number }[],

    /**
     * Of the records about bodies of some sources, how many give an identifier for which a test
     * holds: linear in those records, some at a time.
     */
    identifiedByIds: async (
      ids: readonly string[],
      holds: (identifier: string) => boolean,
    ): Promise<Map<string, Proportion>> => {
      const found = new Map(ids.map((id) => [id, { count: 0, of: 0 }]));
      for (let last = ''; ;) {
        const rows = (await visibleTo(db('organisation_records'), viewer, 'tier')
          .select('id', 'source_id', 'identifiers')
          .whereIn('source_id', ids)
          .whereNull('withdrawn_at')
          .where('id', '>', last)
          .orderBy('id')
          .limit(ROWS_AT_ONCE)) as { id: string; source_id: string; identifiers: string }[];
        for (const row of rows) {
          const counts = found.get(row.source_id);
          if (!counts) continue;
          const written = JSON.parse(row.identifiers) as WrittenIdentifier[];
          counts.of += 1;
          if (written.some(({ key }) => holds(key))) counts.count += 1;
        }
        last = rows.at(-1)?.id ?? '';
        if (rows.length < ROWS_AT_ONCE) break;
      }
      return new Map([...found].map(([id, { count, of }]) => [id, proportionOf(count, of)]));
    },
  };
};
export type SourceStore = ReturnType<typeof createSourceStore>;
