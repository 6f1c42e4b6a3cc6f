import type { Knex } from 'knex';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { Source } from './source';

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
  };
};
export type SourceStore = ReturnType<typeof createSourceStore>;
