import type { Json, JsonObject } from '../json';

/**
 * The titles of the standard's columns, and of their parts, that differ from the names of its JSON;
 * both written without case, spaces and signs. All others are the same then: `Amount Awarded` and
 * `amountAwarded`.
 */
const TITLES: Record<string, string> = {
  identifier: 'id',
  fundingorg: 'fundingOrganization',
  recipientorg: 'recipientOrganization',
  recipientind: 'recipientIndividual',
  forregranttype: 'regrantType',
  fromanopencall: 'fromOpenCall',
  durationmonths: 'duration',
  lastmodified: 'dateModified',
  webaddress: 'url',
};

/** The names that the mapper reads; any other column is of no concern. */
const NAMES = [
  ...['id', 'title', 'description', 'currency', 'url', 'name', 'code', 'vocabulary'],
  ...['amountAppliedFor', 'amountAwarded', 'amountDisbursed', 'awardDate', 'dateModified'],
  ...['plannedDates', 'actualDates', 'startDate', 'endDate', 'duration', 'dataSource'],
  ...['fundingOrganization', 'recipientOrganization', 'recipientIndividual', 'alternateName'],
  ...['grantProgramme', 'fundingType', 'classifications', 'regrantType', 'fromOpenCall'],
  ...['beneficiaryLocation', 'countryCode', 'locationScope', 'relatedActivity'],
  ...['commitmentTransaction', 'disbursementTransaction', 'transactionDate', 'value', 'valueDate'],
  ...['provider', 'recipient'],
];
const LISTS = new Set([
  ...['plannedDates', 'actualDates', 'fundingOrganization', 'recipientOrganization'],
  ...['grantProgramme', 'fundingType', 'classifications', 'beneficiaryLocation'],
  ...['commitmentTransaction', 'disbursementTransaction'],
]);
const LIST_OF_TEXTS = 'relatedActivity';

const fold = (words: string): string => words.toLowerCase().replace(/[^a-z0-9]/g, '');
const FOLDED = new Map([
  ...NAMES.map((name) => [fold(name), name] as const),
  ...Object.entries(TITLES),
]);

/** Where a column's values belong in the JSON of a grant: `['fundingOrganization', 0, 'id']`. */
type Place = (string | number)[];

/** The place of a column, by title or name: `Funding Org:0:Identifier`, `fundingOrganization/0/id`. */
const placeOf = (column: string): Place | null => {
  const place: Place = [];
  for (const part of column.split(/[:/]/)) {
    const index = /^\s*\d{1,2}\s*$/.test(part) ? Number(part) : null;
    const name = FOLDED.get(fold(part));
    if (index === null && name === undefined) return null;
    // Titles may leave out the place in a list of one.
    if (index === null && LISTS.has(String(place.at(-1)))) place.push(0);
    place.push(index ?? name ?? '');
  }
  return place;
};

const put = (grant: JsonObject, place: Place, value: Json): void => {
  let holder: JsonObject | Json[] = grant;
  for (const [at, step] of place.entries()) {
    const next = place[at + 1];
    const inside: Json = next === undefined ? value : typeof next === 'number' ? [] : {};
    const held: JsonObject = holder as JsonObject;
    if (next === undefined) held[step] = value;
    else holder = (held[step] ??= inside) as JsonObject | Json[];
  }
};

/** Makes of rows with the standard's columns the grants that its JSON has. */
export const createFlatReader = (header: readonly string[]) => {
  const places = header.map(placeOf);
  return {
    /** The names at the top of a grant that there are columns for. */
    names: new Set(places.map((place) => place?.[0])),
    grant: (cells: readonly string[]): JsonObject => {
      const grant: JsonObject = {};
      for (const [index, place] of places.entries()) {
        const cell = cells[index]?.trim() ?? '';
        if (!place || cell === '') continue;
        if (place.length === 1 && place[0] === LIST_OF_TEXTS)
          grant[LIST_OF_TEXTS] = cell.split(';').map((id) => id.trim());
        else put(grant, place, cell);
      }
      return grant;
    },
  };
};
