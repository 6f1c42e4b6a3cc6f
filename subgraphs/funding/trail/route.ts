import { registerEnumType } from 'type-graphql';
import { Modality } from '../classification/classify';

/** How money got from its source to a recipient. */
export enum Route {
  DIRECT = 'DIRECT',
  THROUGH_NETWORK = 'THROUGH_NETWORK',
  THROUGH_INTERMEDIARY = 'THROUGH_INTERMEDIARY',
  MIXED = 'MIXED',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(Route, {
  name: 'Route',
  description:
    'How money got from its source to a recipient, by what the bodies between are in the period. A host that holds money for a coalition is not counted as a body between.',
  valuesConfig: {
    DIRECT: { description: 'No body between.' },
    THROUGH_NETWORK: {
      description:
        'Through a network, or a hybrid, of which the recipient is a member or a member’s member; through no intermediary.',
    },
    THROUGH_INTERMEDIARY: {
      description: 'Through an intermediary, or through a network that the recipient is not in.',
    },
    MIXED: {
      description: 'Through a network that the recipient is in, and through an intermediary too.',
    },
    UNKNOWN: {
      description:
        'The source or the recipient is unknown, or what a body between is and it matters; also where the bodies between are known to be neither networks nor intermediaries.',
    },
  },
});

/** A body on the way of money. */
export interface Station {
  /** Null: nobody says who it is. */
  id: string | null;
  /** Whether it held the money as the host of the one after it. */
  host: boolean;
}

/** The way of money to a recipient. */
export interface Way {
  route: Route;
  /** How many bodies held the money between source and recipient, hosts left out. */
  hops: number;
  /** How many held it as hosts. */
  hostHops: number;
}

/** What a body between adds to a route: a network of the recipient's, an intermediary, or neither. */
type Part = 'NETWORK' | 'INTERMEDIARY' | 'NEITHER';

const partsOf = (outcome: Modality, hasRecipient: boolean): readonly Part[] => {
  const network = hasRecipient ? 'NETWORK' : 'INTERMEDIARY';
  switch (outcome) {
    case Modality.NETWORK:
    case Modality.HYBRID:
      return [network];
    case Modality.INTERMEDIARY:
      return ['INTERMEDIARY'];
    case Modality.NEITHER:
      return ['NEITHER'];
    case Modality.INSUFFICIENT_EVIDENCE:
      return hasRecipient ? ['NETWORK', 'INTERMEDIARY', 'NEITHER'] : ['INTERMEDIARY', 'NEITHER'];
  }
};

const routeThrough = (parts: ReadonlySet<Part>): Route => {
  if (parts.has('NETWORK')) return parts.has('INTERMEDIARY') ? Route.MIXED : Route.THROUGH_NETWORK;
  return parts.has('INTERMEDIARY') ? Route.THROUGH_INTERMEDIARY : Route.UNKNOWN;
};

/** The routes of every choice of what each body between may be. */
const routesOf = (choices: readonly (readonly Part[])[]): Set<Route> => {
  let sets = new Map<string, ReadonlySet<Part>>([['', new Set()]]);
  for (const choice of choices) {
    const next = new Map<string, ReadonlySet<Part>>();
    for (const set of sets.values())
      for (const part of choice) {
        const more = new Set(set).add(part);
        next.set([...more].sort().join(' '), more);
      }
    sets = next;
  }
  return new Set([...sets.values()].map(routeThrough));
};

/**
 * The route of money along a path. What is unknown of a body between makes the route unknown only if
 * it could change it, as in the rule of classification.
 * @param path from the source to the recipient, both included.
 * @param outcomes what each body between is in the period; one that is not there is not known.
 * @param isMember whether a body belongs to a network in the period, directly or through a member of it
 * that is a network, as indicator I5 counts members.
 */
export const routeOf = (
  path: readonly Station[],
  outcomes: ReadonlyMap<string, Modality>,
  isMember: (network: string, body: string) => boolean,
): Way => {
  const [source, recipient] = [path[0], path.at(-1)];
  const inner = path.slice(1, -1);
  const between = inner.filter(({ host }) => !host);
  const way = { hops: between.length, hostHops: inner.length - between.length };
  if (path.length < 2 || source?.id == null || recipient?.id == null)
    return { route: Route.UNKNOWN, ...way };
  if (between.length === 0) return { route: Route.DIRECT, ...way };
  const to = recipient.id;
  const [only, second] = routesOf(
    between.map(({ id }) =>
      id === null
        ? partsOf(Modality.INSUFFICIENT_EVIDENCE, true)
        : partsOf(outcomes.get(id) ?? Modality.INSUFFICIENT_EVIDENCE, isMember(id, to)),
    ),
  );
  return { route: only === undefined || second !== undefined ? Route.UNKNOWN : only, ...way };
};
