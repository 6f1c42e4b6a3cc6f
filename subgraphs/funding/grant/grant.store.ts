import type { Knex } from 'knex';
import type { Grant, GrantCode, GrantCodeList } from './grant';
import type { RegrantType } from './regrant-type';

interface GrantRow {
  parent_id: string;
  regrant_type: string | null;
  applied_for: string | null;
  currency: string;
  to_individual: number;
  open_call: number | null;
  location_scope: string | null;
  data_source: string | null;
}

/** A code with the activity and the list it is of. */
export type GrantCodeOf = GrantCode & { parentId: string; list: GrantCodeList };

/** What is said of grants, of activities that the caller has already found visible. */
export const createGrantStore = (db: Knex) => ({
  byActivityIds: async (ids: readonly string[]): Promise<Grant[]> =>
    ((await db('grants').whereIn('parent_id', ids)) as GrantRow[]).map((row) => ({
      id: row.parent_id,
      regrantType: row.regrant_type as RegrantType | null,
      toIndividual: row.to_individual === 1,
      fromOpenCall: row.open_call === null ? null : row.open_call === 1,
      locationScope: row.location_scope,
      dataSource: row.data_source,
      appliedFor: row.applied_for,
      currency: row.currency,
    })),

  codesByActivityIds: async (ids: readonly string[]): Promise<GrantCodeOf[]> =>
    (
      (await db('grant_codes')
        .whereIn('parent_id', ids)
        .orderBy(['parent_id', 'position'])) as (GrantCode & {
        parent_id: string;
        list: string;
      })[]
    ).map(({ parent_id: parentId, list, vocabulary, code, title, url }) => ({
      parentId,
      list: list as GrantCodeList,
      vocabulary,
      code,
      title,
      url,
    })),
});
export type GrantStore = ReturnType<typeof createGrantStore>;
