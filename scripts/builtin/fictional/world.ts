import type { NewRate } from '../../../subgraphs/funding';
import type { SourceRecord } from '../../import/statements/record';
import type { Input } from '../../import/inputs';
import { type Cast, createCast } from './cast';
import { fictionalFtsFile } from './fts';
import { fictionalGrantFile } from './grants';
import { CURRENCY, fictionalActivityFile, fictionalOrganisationFile } from './iati';
import { createMoney } from './money';
import { createRandom } from './random';
import { fictionalStatements } from './statements';

/** When the made-up world was made up; its sources say so. */
export const MADE = '2026-06-30T00:00:00.000Z';
export const FICTIONAL_LICENCE = 'CC0 1.0';

/** The sources of the made-up world, each marked as fictional. */
export const FICTIONAL_SOURCES = {
  statements: 'peacegraph-fictional',
  activities: 'peacegraph-fictional-iati',
  organisations: 'peacegraph-fictional-iati-organisations',
  grants: 'peacegraph-fictional-360giving',
  fts: 'peacegraph-fictional-fts',
} as const;

const sourceOf = ({ neighbourhoods }: Cast): SourceRecord => ({
  kind: 'source',
  id: FICTIONAL_SOURCES.statements,
  title: 'FICTIONAL: a made-up world of networks, to try things out',
  ...(neighbourhoods[0] ? { publisher: neighbourhoods[0].weave.id } : {}),
  publisherName: neighbourhoods[0]?.weave.name ?? 'Peacegraph',
  licence: FICTIONAL_LICENCE,
  url: 'https://fictional.example/',
  attribution: 'Peacegraph; nothing in it is real',
  retrievedAt: MADE,
  fictional: true,
});

const inputOf = (name: string, parts: () => Iterable<string>): Input => ({
  name,
  size: null,
  open: async () =>
    (async function* () {
      for (const part of parts()) yield Buffer.from(part);
    })(),
});

/**
 * A made-up world that follows from its seed alone: organisations and networks with members and
 * seats, an intermediary, a body that only calls itself a network, a hosted coalition, grants of all
 * routes, convenings, an action plan. As large as asked for.
 * @param neighbourhoods each of 55 bodies, beside six donors common to all.
 * @param payments into how many parts each of a neighbourhood's 50-odd grants is paid.
 */
export const createFictionalWorld = ({
  seed = 1325,
  neighbourhoods = 1,
  payments = 4,
}: { seed?: number; neighbourhoods?: number; payments?: number } = {}) => {
  const cast = createCast(createRandom(seed), neighbourhoods);
  return {
    statements: inputOf('fictional.jsonl', function* () {
      for (const record of fictionalStatements(sourceOf(cast), cast, createRandom(seed + 1)))
        yield `${JSON.stringify(record)}\n`;
    }),
    activities: inputOf('fictional-activities.xml', () =>
      fictionalActivityFile(createMoney(cast, createRandom(seed + 2), payments)),
    ),
    organisations: inputOf('fictional-organisations.xml', () => fictionalOrganisationFile(cast)),
    grants: inputOf('fictional-grants.json', () =>
      fictionalGrantFile(cast, createRandom(seed + 3)),
    ),
    fts: inputOf('fictional-fts.json', () => fictionalFtsFile(cast, createRandom(seed + 4))),
  };
};

const MONTHS = 12;
/** What one unit of the made-up money is worth in SDR in each month of 2021 to 2024; later months have no rate. */
export const fictionalRates = (): NewRate[] =>
  [2021, 2022, 2023, 2024].flatMap((year) =>
    Array.from({ length: MONTHS }, (_, month) => ({
      month: `${year}-${String(month + 1).padStart(2, '0')}`,
      currency: CURRENCY,
      sdrPerUnit: '0.5',
    })),
  );
