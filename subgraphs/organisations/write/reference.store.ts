import type { Knex } from 'knex';
import { insertMany, inWrite } from '../../shared/db';
import type { EditionCounts } from '../../shared/records';
import type { Register } from '../identity/registers';
import { refreshBodies } from './read-model.store';

export interface NewCodelist {
  name: string;
  title: string | null;
  url: string | null;
  category: string | null;
  items: {
    code: string;
    name: string;
    nameFr: string | null;
    description: string | null;
    category: string | null;
    status: 'active' | 'withdrawn';
  }[];
}

export type NewRegister = Register & { name: string; url: string | null };

export interface NewCountry {
  code: string;
  iso3: string | null;
  m49: string | null;
  name: string;
  nameFr: string | null;
  /** The M49 regions it lies in, the widest first. */
  regions: string[];
}

export interface NewRegion {
  code: string;
  name: string;
  nameFr: string | null;
  parent: string | null;
}

type Row = Record<string, string | number | null>;

/** Replaces a table's rows by new ones; answers what that changed. */
const replaceRows = async (
  trx: Knex,
  table: string,
  keys: readonly string[],
  before: Row[],
  rows: Row[],
): Promise<EditionCounts> => {
  const keyOf = (row: Row) => JSON.stringify(keys.map((key) => row[key]));
  const textOf = (row: Row) =>
    JSON.stringify(
      Object.keys(row)
        .sort()
        .map((name) => [name, row[name]]),
    );
  const known = new Map(before.map((row) => [keyOf(row), textOf(row)]));
  const counts = { created: 0, updated: 0, unchanged: 0, withdrawn: 0 };
  for (const row of rows) {
    const was = known.get(keyOf(row));
    if (was === undefined) counts.created += 1;
    else if (was === textOf(row)) counts.unchanged += 1;
    else counts.updated += 1;
    known.delete(keyOf(row));
  }
  counts.withdrawn = known.size;
  await insertMany(trx, table, rows);
  return counts;
};

/** Writes of reference data: small lists, each replaced whole. */
export const createReferenceWrite = (db: Knex) => ({
  putCodelist: (list: NewCodelist, sourceId: string): Promise<EditionCounts> =>
    inWrite(db, async (trx) => {
      const before = (await trx('codelist_items').where('codelist', list.name)) as Row[];
      await trx('codelists').where('name', list.name).delete();
      await trx('codelist_items').where('codelist', list.name).delete();
      await trx('codelists').insert({
        name: list.name,
        title: list.title,
        url: list.url,
        category_codelist: list.category,
        source_id: sourceId,
      });
      const rows = list.items.map((item, position) => ({
        codelist: list.name,
        code: item.code,
        position,
        name: item.name,
        name_fr: item.nameFr,
        description: item.description,
        category: item.category,
        status: item.status,
      }));
      return replaceRows(trx, 'codelist_items', ['codelist', 'code'], before, rows);
    }),

  /** Replaces the register list; bodies known by a former prefix are then joined anew. */
  putRegisters: (registers: readonly NewRegister[], sourceId: string): Promise<EditionCounts> =>
    inWrite(db, async (trx) => {
      const before = (await trx('registers')) as Row[];
      await trx('registers').delete();
      const rows = registers.map((register) => ({
        code: register.code,
        name: register.name,
        url: register.url,
        deprecated: register.deprecated ? 1 : 0,
        former_prefixes: JSON.stringify(register.formerPrefixes),
        source_id: sourceId,
      }));
      const counts = await replaceRows(trx, 'registers', ['code'], before, rows);
      await refreshBodies(trx, new Set());
      return counts;
    }),

  /** Replaces a source's countries and regions; every body is then described anew, since regions follow from countries. */
  putCountries: (
    countries: readonly NewCountry[],
    regions: readonly NewRegion[],
    sourceId: string,
  ): Promise<EditionCounts> =>
    inWrite(db, async (trx) => {
      const before = (await trx('countries').where({ source_id: sourceId })) as Row[];
      await trx('countries').where({ source_id: sourceId }).delete();
      await trx('regions').where({ source_id: sourceId }).delete();
      const rows = countries.map((country) => ({
        code: country.code,
        iso3: country.iso3,
        m49: country.m49,
        name: country.name,
        name_fr: country.nameFr,
        regions: JSON.stringify(country.regions),
        source_id: sourceId,
      }));
      const counts = await replaceRows(trx, 'countries', ['code'], before, rows);
      await insertMany(
        trx,
        'regions',
        regions.map((region) => ({
          code: region.code,
          name: region.name,
          name_fr: region.nameFr,
          parent: region.parent,
          source_id: sourceId,
        })),
      );
      if (counts.created + counts.updated + counts.withdrawn > 0) await refreshBodies(trx, 'all');
      return counts;
    }),

  /** The countries as they are known, for importers of data that names them otherwise. */
  countries: async (): Promise<Pick<NewCountry, 'code' | 'iso3' | 'name'>[]> =>
    (await db('countries').select('code', 'iso3', 'name').orderBy('code')) as Pick<
      NewCountry,
      'code' | 'iso3' | 'name'
    >[],

  /** The codes of a codelist, for importers that check against one. */
  codes: async (codelist: string): Promise<string[]> =>
    ((await db('codelist_items').select('code').where({ codelist })) as { code: string }[]).map(
      ({ code }) => code,
    ),
});
