import { parse as parseCsv } from 'csv-parse/sync';
import type { NewRate } from '../../../subgraphs/funding';
import type { NewCountry, NewRegion, NewRegister } from '../../../subgraphs/organisations';
import { LONGEST_INDEXED } from '../../../subgraphs/shared/ids';
import { BrokenFile } from '../broken-file';

const readList = (json: string, file: string): Record<string, unknown>[] => {
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch (error) {
    throw new BrokenFile(file, 'its text', `it is not JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(list)) throw new BrokenFile(file, 'its top', 'it is not a list.');
  return list as Record<string, unknown>[];
};

/**
 * A code of a list, as lists are looked up by it.
 * @throws BrokenFile if it is so long that it can be none.
 */
export const codeIn = (code: string, file: string, place: string): string => {
  if (code.length > LONGEST_INDEXED)
    throw new BrokenFile(
      file,
      place,
      `its code has ${code.length} characters; at most ${LONGEST_INDEXED} can be.`,
    );
  return code;
};

const textIn = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/**
 * Reads the register lists of org-id.guide, as one JSON list.
 * @throws BrokenFile if it is none, or a list without a code.
 */
export const parseRegisters = (json: string, file: string): NewRegister[] =>
  readList(json, file).map((list, index) => {
    const code = textIn(list.code);
    if (code === null) throw new BrokenFile(file, `entry ${index + 1}`, 'it has no code.');
    return {
      code: codeIn(code, file, `entry ${index + 1}`),
      name: textIn((list.name as Record<string, unknown> | undefined)?.en) ?? code,
      url: textIn(list.url),
      deprecated: list.deprecated === true,
      formerPrefixes: ((list.formerPrefixes ?? []) as unknown[]).filter(
        (prefix) => typeof prefix === 'string',
      ),
    };
  });

/**
 * Reads the IMF's monthly averages: `{ year, month, currency_id, value }`, SDR per unit.
 * @throws BrokenFile if a row is not of this shape, or two rows of one month disagree.
 */
export const parseRates = (json: string, file: string): NewRate[] => {
  const rates = new Map<string, NewRate>();
  readList(json, file).forEach(({ year, month, currency_id: currency, value }, index) => {
    const good =
      typeof year === 'number' &&
      typeof month === 'number' &&
      typeof currency === 'string' &&
      typeof value === 'number' &&
      value > 0;
    if (!good)
      throw new BrokenFile(
        file,
        `entry ${index + 1}`,
        'it lacks a year, month, currency or positive value.',
      );
    const rate = {
      month: `${year}-${String(month).padStart(2, '0')}`,
      currency: codeIn(currency, file, `entry ${index + 1}`),
      sdrPerUnit: String(value),
    };
    const key = `${rate.currency} ${rate.month}`;
    const before = rates.get(key);
    if (before && before.sdrPerUnit !== rate.sdrPerUnit) {
      throw new BrokenFile(
        file,
        `entry ${index + 1}`,
        `it disagrees with an earlier rate of ${key}.`,
      );
    }
    rates.set(key, rate);
  });
  return [...rates.values()];
};

const M49_LENGTH = 3;
const code49 = (text: string | undefined): string | null =>
  text ? text.padStart(M49_LENGTH, '0') : null;

/** IATI's own code for Kosovo, which ISO 3166-1 and M49 do not have; its regions are its neighbours'. */
const KOSOVO: NewCountry = {
  code: 'XK',
  iso3: null,
  m49: null,
  name: 'Kosovo',
  nameFr: 'Kosovo',
  regions: ['150', '039'],
};

/**
 * Reads the table of ISO 3166-1 codes with their M49 regions (one row per country), and adds Kosovo.
 * @throws BrokenFile if it is not CSV, or lacks the columns.
 */
export const parseCountries = (
  csv: string,
  file: string,
): { countries: NewCountry[]; regions: NewRegion[] } => {
  let rows: Record<string, string>[];
  try {
    rows = parseCsv(csv, { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    throw new BrokenFile(file, 'its text', `it is not CSV: ${(error as Error).message}`);
  }
  if (rows[0]?.['ISO3166-1-Alpha-2'] === undefined)
    throw new BrokenFile(file, 'line 1', 'it has no column ISO3166-1-Alpha-2.');
  const regions = new Map<string, NewRegion>();
  const countries = rows.flatMap((row, index): NewCountry[] => {
    const code = row['ISO3166-1-Alpha-2'];
    if (!code) return [];
    const levels = ['Region', 'Sub-region', 'Intermediate Region'].flatMap((level) => {
      const region = code49(row[`${level} Code`]);
      return region === null
        ? []
        : [
            {
              code: codeIn(region, file, `row ${index + 1}`),
              name: row[`${level} Name`] ?? region,
            },
          ];
    });
    levels.forEach((level, index) => {
      regions.set(level.code, { ...level, nameFr: null, parent: levels[index - 1]?.code ?? null });
    });
    return [
      {
        code: codeIn(code, file, `row ${index + 1}`),
        iso3: row['ISO3166-1-Alpha-3'] || null,
        m49: code49(row.M49),
        name:
          row['CLDR display name'] || row['UNTERM English Short'] || row.official_name_en || code,
        nameFr: row.official_name_fr || null,
        regions: levels.map((level) => level.code),
      },
    ];
  });
  const known = countries.some(({ code }) => code === KOSOVO.code);
  return { countries: known ? countries : [...countries, KOSOVO], regions: [...regions.values()] };
};
