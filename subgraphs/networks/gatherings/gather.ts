import { compareTexts } from '../../shared/ids';
import { Constituency, OrganisationKind } from '../../shared/vocabulary';
import type { Profile } from '../profile/profile.store';
import { evennessOf } from '../variety/evenness';
import { Counterpart, type CountryPair, type Gatherings, type GatheringYear } from './gatherings';

/** A convening, and whom of those who came or called the viewer sees, the network itself left out. */
export interface Gathering {
  from: string | null;
  organised: boolean;
  others: readonly Profile[];
}

const COUNTERPARTS: Partial<Record<string, Counterpart>> = {
  [OrganisationKind.GOVERNMENT]: Counterpart.STATE,
  [OrganisationKind.LOCAL_GOVERNMENT]: Counterpart.STATE,
  [OrganisationKind.OTHER_PUBLIC_SECTOR]: Counterpart.STATE,
  [OrganisationKind.MULTILATERAL]: Counterpart.MULTILATERAL,
  [OrganisationKind.FOUNDATION]: Counterpart.FOUNDATION,
};

const counterpartOf = ({ kind, constituencies }: Profile): Counterpart | null =>
  COUNTERPARTS[kind] ?? (constituencies.includes(Constituency.STATES) ? Counterpart.STATE : null);

const DAY = 86_400_000;
const daysBetween = (from: string, to: string): number | null =>
  from.length < 10 ? null : Math.round((Date.parse(to) - Date.parse(from.slice(0, 10))) / DAY);

const pairsOf = (gatherings: readonly Gathering[]): CountryPair[] => {
  const pairs = new Map<string, CountryPair>();
  for (const { others } of gatherings) {
    const countries = others.map(({ country }) => country).filter((code) => code !== null);
    const codes = [...new Set(countries)].sort(compareTexts);
    for (const [index, first] of codes.entries())
      for (const second of codes.slice(index + 1)) {
        const pair = pairs.get(`${first} ${second}`) ?? { codes: [first, second], convenings: 0 };
        pair.convenings += 1;
        pairs.set(`${first} ${second}`, pair);
      }
  }
  return [...pairs.values()].sort(
    (a, b) => b.convenings - a.convenings || compareTexts(a.codes.join(' '), b.codes.join(' ')),
  );
};

/** Sums up convenings as of a day. */
export const gather = (gatherings: readonly Gathering[], day: string): Gatherings => {
  const dates = gatherings.flatMap(({ from }) => from ?? []).sort(compareTexts);
  const last = dates.at(-1) ?? null;
  const isWithCounterpart = ({ others }: Gathering) =>
    others.some((body) => counterpartOf(body) !== null);
  const byYear = new Map<number, GatheringYear>();
  const [first] = dates;
  if (first !== undefined)
    for (let year = Number(first.slice(0, 4)); year <= Number(day.slice(0, 4)); year += 1)
      byYear.set(year, { year, convenings: 0, withCounterparts: 0 });
  for (const gathering of gatherings) {
    const year = byYear.get(Number(gathering.from?.slice(0, 4)));
    if (!year) continue;
    year.convenings += 1;
    if (isWithCounterpart(gathering)) year.withCounterparts += 1;
  }
  const bodies = new Map(gatherings.flatMap(({ others }) => others).map((body) => [body.id, body]));
  const allPairs = pairsOf(gatherings);
  return {
    convenings: gatherings.length,
    organised: gatherings.filter(({ organised }) => organised).length,
    undated: gatherings.length - dates.length,
    byYear: [...byYear.values()],
    last,
    daysSinceLast: last === null ? null : daysBetween(last, day),
    bodies: bodies.size,
    constituencies: evennessOf([...bodies.values()].map(({ constituencies }) => constituencies)),
    countryPairs: allPairs.length,
    counterparts: Object.values(Counterpart).map((kind) => ({
      kind,
      convenings: gatherings.filter(({ others }) =>
        others.some((body) => counterpartOf(body) === kind),
      ).length,
      bodies: [...bodies.values()].filter((body) => counterpartOf(body) === kind).length,
    })),
    allPairs,
  };
};
