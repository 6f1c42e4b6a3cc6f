import { foldText } from '../../../subgraphs/shared/ids';

/** A country as the reference data has it. */
interface Country {
  code: string;
  iso3: string | null;
  name: string;
}

/**
 * FTS names countries as ISO 3166-1 does, the reference data as CLDR does. Those whose names differ by
 * more than small words (IATI codelist Country), and two that FTS shortens.
 */
const OTHER_NAMES: readonly (readonly [code: string, name: string])[] = [
  ['BA', 'Bosnia and Herzegovina'],
  ['BN', 'Brunei Darussalam'],
  ['BO', 'Bolivia, Plurinational State of'],
  ['CD', 'Congo, the Democratic Republic of the'],
  ['CG', 'Congo'],
  ['CV', 'Cabo Verde'],
  ['FM', 'Micronesia, Federated States of'],
  ['GB', 'United Kingdom'],
  ['GB', 'United Kingdom of Great Britain and Northern Ireland'],
  ['IR', 'Iran, Islamic Republic of'],
  ['KN', 'Saint Kitts and Nevis'],
  ['KP', 'Korea, Democratic People’s Republic of'],
  ['KR', 'Korea, Republic of'],
  ['LA', 'Lao People’s Democratic Republic'],
  ['LC', 'Saint Lucia'],
  ['MD', 'Moldova, Republic of'],
  ['PS', 'Palestine, State of'],
  ['PS', 'Occupied Palestinian territory'],
  ['RU', 'Russian Federation'],
  ['SY', 'Syrian Arab Republic'],
  ['TZ', 'Tanzania, United Republic of'],
  ['US', 'United States'],
  ['US', 'United States of America'],
  ['VA', 'Holy See'],
  ['VC', 'Saint Vincent and the Grenadines'],
  ['VE', 'Venezuela, Bolivarian Republic of'],
  ['VN', 'Viet Nam'],
];

const SMALL_WORDS = new Set(['the', 'of', 'and', 's']);

/** The words of a name that tell it from others, in no order: `Korea (the Republic of)` is `Korea, Republic of`. */
const wordsOf = (name: string): string =>
  foldText(name)
    .split(' ')
    .filter((word) => !SMALL_WORDS.has(word))
    .sort()
    .join(' ');

/** Finds the ISO 3166-1 alpha-2 code of a place that FTS gives by its name, or HDX by its alpha-3 code. */
export const createPlaces = (countries: readonly Country[]) => {
  const known = new Set(countries.map(({ code }) => code));
  const byName = new Map([
    ...OTHER_NAMES.filter(([code]) => known.has(code)).map(
      ([code, name]) => [wordsOf(name), code] as const,
    ),
    ...countries.map(({ code, name }) => [wordsOf(name), code] as const),
  ]);
  const byCode = new Map(countries.map(({ code, iso3 }) => [iso3 ?? code, code]));
  return (name: string | null): string | null =>
    name === null ? null : (byCode.get(name) ?? byName.get(wordsOf(name)) ?? null);
};
export type Places = ReturnType<typeof createPlaces>;
