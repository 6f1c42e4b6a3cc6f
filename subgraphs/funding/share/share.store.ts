import type { Knex } from 'knex';
import { whereIn } from '../../shared/filters';
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

/** What lists can be narrowed by of the splits. */
interface SharesFilter {
  countries?: string[];
  regions?: string[];
  sectors?: string[];
}

/** Keeps the rows of a list that have a share in these countries, these regions and these sectors. */
export const whereShares = (
  db: Knex,
  query: Knex.QueryBuilder,
  [table, shares]: readonly ['activities', 'activity_shares'] | readonly ['flows', 'flow_shares'],
  filter: SharesFilter | undefined,
): void => {
  const narrow = (dimension: string, codes: string[] | undefined, name: string) => {
    if (!codes) return;
    const parents = db(shares).select('parent_id').where({ dimension });
    whereIn(parents, 'code', codes, name);
    void query.whereIn(`${table}.id`, parents);
  };
  narrow(
    'COUNTRY',
    filter?.countries?.map((code) => code.toUpperCase()),
    'countries',
  );
  narrow('REGION', filter?.regions, 'regions');
  narrow('SECTOR', filter?.sectors, 'sectors');
};
