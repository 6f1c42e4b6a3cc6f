import type { Knex } from 'knex';
import type { Share, ShareDimension } from './share';

interface ShareRow {
  parent_id: string;
  dimension: string;
  vocabulary: string;
  code: string;
  percentage: string | null;
  estimated: number;
  inherited: number;
}

/** A share with the row it is of. */
export type ShareOf = Share & { parentId: string };

/** The splits of activities or flows that the caller has already found visible. */
export const createShareStore = (db: Knex, table: 'activity_shares' | 'flow_shares') => ({
  byParentIds: async (ids: readonly string[]): Promise<ShareOf[]> =>
    (
      (await db(table)
        .whereIn('parent_id', ids)
        .orderByRaw(
          'parent_id, dimension, vocabulary, code, percentage nulls first, estimated, inherited',
        )) as ShareRow[]
    ).map((row) => ({
      parentId: row.parent_id,
      dimension: row.dimension as ShareDimension,
      vocabulary: row.vocabulary,
      code: row.code,
      percentage: row.percentage,
      estimated: row.estimated === 1,
      inherited: row.inherited === 1,
    })),
});
export type ShareStore = ReturnType<typeof createShareStore>;
