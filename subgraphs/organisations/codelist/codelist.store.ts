import type { Knex } from 'knex';
import { type Codelist, CodeStatus, type CodelistItem } from './codelist';

/** An item with the list it belongs to. */
export type ListedItem = CodelistItem & { codelist: string };

const LIST = { name: 'name', title: 'title', url: 'url', sourceId: 'source_id' };

interface ItemRow {
  codelist: string;
  code: string;
  name: string;
  name_fr: string | null;
  description: string | null;
  category: string | null;
  status: string;
}

const toItem = ({ name_fr, status, ...row }: ItemRow): ListedItem => ({
  ...row,
  nameFr: name_fr,
  status: status === 'withdrawn' ? CodeStatus.WITHDRAWN : CodeStatus.ACTIVE,
});

/** Codelists are public reference data: every viewer sees all of them. */
export const createCodelistStore = (db: Knex) => ({
  all: async (): Promise<Codelist[]> =>
    (await db('codelists').select(LIST).orderBy('name')) as Codelist[],

  byNames: async (names: readonly string[]): Promise<Codelist[]> =>
    (await db('codelists').select(LIST).whereIn('name', names)) as Codelist[],

  itemsByNames: async (names: readonly string[]): Promise<ListedItem[]> =>
    (
      (await db('codelist_items')
        .whereIn('codelist', names)
        .orderBy(['codelist', 'position'])) as ItemRow[]
    ).map(toItem),

  /** Items by `[codelist, code]`. */
  itemsByCodes: async (codes: readonly [string, string][]): Promise<ListedItem[]> =>
    (
      (await db('codelist_items').whereIn(
        ['codelist', 'code'],
        codes.map(([list, code]) => [list, code]),
      )) as ItemRow[]
    ).map(toItem),
});
export type CodelistStore = ReturnType<typeof createCodelistStore>;
