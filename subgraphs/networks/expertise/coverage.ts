import { shannonEvenness } from '../../shared/concentration';
import { proportionOf } from '../../shared/proportion';
import { type Item, itemsOf } from '../membership/covering.store';
import type { Member } from '../profile/profile.loader';
import type { Profile } from '../profile/profile.store';
import { pillarsOf } from '../nexus/pillars';
import type { ExpertiseArgs } from './expertise.args';
import type { ExpertiseKind } from './expertise';
import { type ExpertiseCoverage, type ExpertiseDiversity, type ExpertiseItem } from './expertise';

/** The five regions of UN M49 that are continents. */
const CONTINENTS = ['002', '009', '019', '142', '150'];

/** The widest region of a body; of regions that M49 does not have, the first by code. */
const regionOf = ({ regions }: Profile): string | null =>
  CONTINENTS.find((code) => regions.includes(code)) ?? regions[0] ?? null;

const diversityOf = (members: readonly Member[]): ExpertiseDiversity => {
  const pairs = new Map<string, number>();
  const regions = new Set<string>();
  const constituencies = new Set<string>();
  let known = 0;
  for (const { profile } of members) {
    const region = regionOf(profile);
    if (region !== null) regions.add(region);
    for (const constituency of profile.constituencies) constituencies.add(constituency);
    if (region === null || profile.constituencies.length === 0) continue;
    known += 1;
    for (const constituency of profile.constituencies) {
      const pair = `${constituency} ${region}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
  }
  return {
    members: members.length,
    constituencies: constituencies.size,
    regions: regions.size,
    combinations: pairs.size,
    evenness: shannonEvenness([...pairs.values()]),
    known: proportionOf(known, members.length),
  };
};

/** What of an item's kind is on record of a body. */
const valuesOf = (
  { kind }: Item,
  { themes, constituencies, languages, country }: Profile,
): string[] => {
  switch (kind) {
    case 'THEME':
      return themes;
    case 'CONSTITUENCY':
      return constituencies;
    case 'LANGUAGE':
      return languages;
    case 'COUNTRY':
      return country === null ? [] : [country];
    case 'PILLAR':
      return [...pillarsOf(themes)];
  }
};

/** How far the members of a network cover what is asked for. */
export const coverageOf = (
  networkId: string,
  members: readonly Member[],
  { themes, countries, constituencies, languages }: ExpertiseArgs,
): ExpertiseCoverage => {
  const items = itemsOf({ themes, countries, constituencies, languages }).map(
    (item): ExpertiseItem => {
      const found = members.filter(({ profile }) => valuesOf(item, profile).includes(item.code));
      return {
        kind: item.kind as ExpertiseKind,
        code: item.code,
        covered: found.length > 0,
        unknown: members.filter(({ profile }) => valuesOf(item, profile).length === 0).length,
        networkId,
        found,
      };
    },
  );
  const covering = new Set(items.flatMap(({ found }) => found));
  return {
    networkId,
    covered: proportionOf(items.filter(({ covered }) => covered).length, items.length),
    items,
    diversity: diversityOf(members.filter((member) => covering.has(member))),
  };
};
