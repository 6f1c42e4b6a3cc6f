import { compareTexts } from '../../shared/ids';
import { proportionOf } from '../../shared/proportion';
import type { Profile } from '../profile/profile.store';
import type { Broker, NetworkBridges } from './bridges';
import { distancesFrom, dominatorsOf, type Links } from './walks';

type Counts = Map<string, number>;
const add = (to: Counts, from: Counts): void => {
  for (const [code, count] of from) to.set(code, (to.get(code) ?? 0) + count);
};
const one = (code: string | null | undefined): Counts => new Map(code ? [[code, 1]] : []);

/** Works out how bodies are bound to a network, from who belongs to whom below it. */
export const bind = (
  down: Links,
  root: string,
  profiles: ReadonlyMap<string, Profile>,
): NetworkBridges => {
  const distances = distancesFrom(down, root, Infinity);
  distances.delete(root);
  const lengths = new Map<number, number>();
  const regions: Counts = new Map();
  const countries: Counts = new Map();
  for (const [body, length] of distances) {
    lengths.set(length, (lengths.get(length) ?? 0) + 1);
    const profile = profiles.get(body);
    for (const code of profile?.regions ?? []) add(regions, one(code));
    add(countries, one(profile?.country));
  }

  const brokers: Broker[] = [];
  /** Of each body: how many depend on it, itself included, and in which countries. */
  const depending = new Map<string, { bodies: number; countries: Counts }>();
  const of = (body: string) => {
    const known = depending.get(body) ?? {
      bodies: 1,
      countries: one(profiles.get(body)?.country),
    };
    depending.set(body, known);
    return known;
  };
  // Each body comes after all that depend on it, so that it is complete when it is passed on.
  for (const [body, dominator] of dominatorsOf(down, root)) {
    if (body === root) continue;
    const below = of(body);
    if (below.bodies > 1)
      brokers.push({
        bodyId: body,
        cutsOff: below.bodies - 1,
        countryCodes: [...below.countries]
          .filter(([code, count]) => countries.get(code) === count)
          .map(([code]) => code)
          .sort(compareTexts),
      });
    if (dominator !== root) {
      const above = of(dominator);
      above.bodies += below.bodies;
      add(above.countries, below.countries);
    }
    depending.delete(body);
  }
  return {
    bodies: distances.size,
    lengths: [...lengths].sort(([a], [b]) => a - b).map(([length, bodies]) => ({ length, bodies })),
    brokerCount: brokers.length,
    regionsKnown: proportionOf(
      [...distances.keys()].filter((body) => (profiles.get(body)?.regions.length ?? 0) > 0).length,
      distances.size,
    ),
    allBrokers: brokers.sort((a, b) => b.cutsOff - a.cutsOff || compareTexts(a.bodyId, b.bodyId)),
    ownRegions: profiles.get(root)?.regions ?? [],
    allRegions: [...regions]
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([regionCode, bodies]) => ({ regionCode, bodies })),
  };
};
