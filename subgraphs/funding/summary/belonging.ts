import { inForce } from '../../shared/dates';
import type { FactsStore } from '../classification/facts.store';
import { groupBy, present } from '../classification/grouping';
import { DEFAULT_RULE } from '../classification/rule';

/** As deep as classification follows networks into their members. */
const DEEPEST = 12;

/** To which bodies some bodies belong on a day, directly, by the default rule's reading of roles. */
const directly = async (
  facts: FactsStore,
  ids: readonly string[],
  day: string,
): Promise<Map<string, string[]>> => {
  const roles = new Set(DEFAULT_RULE.memberRoles);
  const keys = await facts.keysOf(ids);
  const idOf = new Map(keys.map(({ key, id }) => [key, id]));
  const rows = (await facts.bySide('membership', 'other_key', [...idOf.keys()])).filter(
    ({ from_date: from, to_date: to, data }) =>
      inForce({ from, to }, day) && roles.has((JSON.parse(data) as { role: string }).role),
  );
  const networks = await facts.idsOf([...new Set(rows.map(({ subject_key: key }) => key))]);
  const ties = rows.flatMap(({ subject_key: network, other_key: member }) => {
    const tie = [idOf.get(member ?? ''), networks.get(network)] as const;
    return tie.every(present) ? [{ member: tie[0] ?? '', network: tie[1] ?? '' }] : [];
  });
  return new Map(
    [...groupBy(ties, ({ member }) => member)].map(([member, some]) => [
      member,
      [...new Set(some.map(({ network }) => network))],
    ]),
  );
};

/** To which bodies some bodies belong on a day, directly and through member networks. */
export interface Belonging {
  directly: ReadonlyMap<string, readonly string[]>;
  /** Whether a body belongs to a network, directly or through a member of it. */
  isMember: (network: string, body: string) => boolean;
}

/** Reads to which bodies some bodies belong; a query for each level of networks of networks. */
export const belongingOf = async (
  facts: FactsStore,
  ids: readonly string[],
  day: string,
): Promise<Belonging> => {
  const above = new Map<string, readonly string[]>();
  let level = [...new Set(ids)];
  for (let depth = 0; level.length > 0 && depth < DEEPEST; depth += 1) {
    const found = await directly(facts, level, day);
    for (const id of level) above.set(id, found.get(id) ?? []);
    level = [...new Set([...found.values()].flat())].filter((id) => !above.has(id));
  }
  const ancestors = new Map<string, ReadonlySet<string>>();
  const ancestorsOf = (id: string): ReadonlySet<string> => {
    const known = ancestors.get(id);
    if (known) return known;
    const found = new Set<string>();
    const open = [...(above.get(id) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      if (!found.has(next)) {
        found.add(next);
        open.push(...(above.get(next) ?? []));
      }
    ancestors.set(id, found);
    return found;
  };
  return { directly: above, isMember: (network, body) => ancestorsOf(body).has(network) };
};
