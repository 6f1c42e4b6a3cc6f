import type { Knex } from 'knex';
import { readTexts } from '../../shared/provenance';
import type { Country, Region } from './country';

interface CountryRow {
  code: string;
  iso3: string | null;
  m49: string | null;
  name: string;
  name_fr: string | null;
  regions: string;
}

const toCountry = (row: CountryRow): Country => ({
  id: row.code,
  name: row.name,
  nameFr: row.name_fr,
  iso3: row.iso3,
  m49: row.m49,
  regionCodes: readTexts(row.regions),
});

/** Countries and regions are public reference data: every viewer sees all of them. */
export const createCountryStore = (db: Knex) => ({
  all: async (): Promise<Country[]> =>
    ((await db('countries').orderBy('code')) as CountryRow[]).map(toCountry),
  byCodes: async (codes: readonly string[]): Promise<Country[]> =>
    ((await db('countries').whereIn('code', codes)) as CountryRow[]).map(toCountry),
  regionsByCodes: async (codes: readonly string[]): Promise<Region[]> =>
    (await db('regions')
      .select({ id: 'code', name: 'name', nameFr: 'name_fr' })
      .whereIn('code', codes)) as Region[],
});
export type CountryStore = ReturnType<typeof createCountryStore>;
