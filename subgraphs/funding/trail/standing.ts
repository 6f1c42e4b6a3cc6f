import { touches } from '../../shared/dates';
import type { Modality } from '../classification/classify';
import type { Period } from '../classification/facts';
import type { FactRow, FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';

/** How deep networks are followed upwards into those that they belong to; cycles end by themselves. */
const DEEPEST = 12;

/** What bodies are on a day: those of which there is nothing to say are not in it. */
export type OutcomesOf = (
  ids: readonly string[],
  asOf: string,
) => Promise<ReadonlyMap<string, Modality>>;

const inPeriod = (row: FactRow, period: Period) =>
  touches({ from: row.from_date, to: row.to_date }, period);

/** How bodies stand to each other in a period, as routes need it, in queries that do not grow with their number. */
export const createStanding = (facts: FactsStore) => {
  /** Facts with some bodies on the other side, as pairs of bodies that the viewer sees. */
  const pairs = async (kind: string, others: readonly string[], period: Period) => {
    const keys = await facts.keysOf(others);
    const idOf = new Map(keys.map(({ key, id }) => [key, id]));
    const rows = (
      await facts.bySide(
        kind,
        'other_key',
        keys.map(({ key }) => key),
      )
    ).filter((row) => inPeriod(row, period));
    const subjects = await facts.idsOf([...new Set(rows.map(({ subject_key }) => subject_key))]);
    return rows.flatMap((row) => {
      const subject = subjects.get(row.subject_key);
      const other = idOf.get(row.other_key ?? '');
      return present(subject) && present(other) ? [{ subject, other }] : [];
    });
  };

  return {
    /** For each of some bodies, the networks that it belongs to, directly or through a network in them. */
    networksOf: async (
      bodies: readonly string[],
      period: Period,
    ): Promise<Map<string, Set<string>>> => {
      const above = new Map<string, Set<string>>();
      const asked = new Set(bodies);
      let next = [...asked];
      for (let depth = 0; depth < DEEPEST && next.length > 0; depth += 1) {
        for (const { subject, other } of await pairs('membership', next, period))
          above.set(other, (above.get(other) ?? new Set()).add(subject));
        next = [...new Set(next.flatMap((body) => [...(above.get(body) ?? [])]))].filter(
          (network) => !asked.has(network),
        );
        for (const network of next) asked.add(network);
      }
      return new Map(
        bodies.map((body) => {
          const reached = new Set<string>();
          const open = [body];
          for (let id = open.pop(); id !== undefined; id = open.pop())
            for (const network of above.get(id) ?? [])
              if (network !== body && !reached.has(network)) {
                reached.add(network);
                open.push(network);
              }
          return [body, reached];
        }),
      );
    },

    /** Of each of some bodies, whom it hosts. */
    hostedBy: async (
      hosts: readonly string[],
      period: Period,
    ): Promise<Map<string, Set<string>>> => {
      const found = new Map<string, Set<string>>();
      for (const { subject, other } of await pairs('host', hosts, period))
        found.set(other, (found.get(other) ?? new Set()).add(subject));
      return found;
    },
  };
};
export type Standing = ReturnType<typeof createStanding>;
