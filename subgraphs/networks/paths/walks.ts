import { compareTexts } from '../../shared/ids';

/** A directed graph: of each body, those that a step leads to. Steps may go round in circles. */
export type Links = ReadonlyMap<string, readonly string[]>;

/** How many steps from a body to each that is reached in at most so many, going round one body if asked. */
export const distancesFrom = (
  links: Links,
  start: string,
  most: number,
  without?: string,
): Map<string, number> => {
  const distances = new Map([[start, 0]]);
  let frontier = [start];
  for (let steps = 1; steps <= most && frontier.length > 0; steps += 1) {
    const next: string[] = [];
    for (const body of frontier)
      for (const other of links.get(body) ?? []) {
        if (other === without || distances.has(other)) continue;
        distances.set(other, steps);
        next.push(other);
      }
    frontier = next;
  }
  return distances;
};

const nearest = (distances: ReadonlyMap<string, number>, targets: ReadonlySet<string>) => {
  const found = [...targets].flatMap((target) => distances.get(target) ?? []);
  return found.length === 0 ? null : Math.min(...found);
};

/**
 * The shortest ways from a body to any of some others, in the order of their bodies' ids.
 * @param first how many to list at most; how many there are, in case of thousands, is never worked out.
 */
export const shortestPaths = (
  links: Links,
  start: string,
  targets: ReadonlySet<string>,
  most: number,
  first: number,
): string[][] => {
  const distances = distancesFrom(links, start, most);
  const length = nearest(distances, targets);
  if (length === null) return [];
  const stepsOf = (body: string) =>
    (links.get(body) ?? []).filter(
      (other) => distances.get(other) === (distances.get(body) ?? 0) + 1,
    );
  /** Whether a target lies at the full length behind a body; each body is looked at once. */
  const known = new Map<string, boolean>();
  const leads = (body: string): boolean => {
    const before = known.get(body);
    if (before !== undefined) return before;
    const answer = distances.get(body) === length ? targets.has(body) : stepsOf(body).some(leads);
    known.set(body, answer);
    return answer;
  };
  const paths: string[][] = [];
  const walk = (path: string[]): void => {
    const [body = start] = path.slice(-1);
    if (path.length > length) paths.push(path);
    else
      for (const next of stepsOf(body).filter(leads).sort(compareTexts))
        if (paths.length < first) walk([...path, next]);
  };
  if (first > 0) walk([start]);
  return paths;
};

/** The bodies without any one of which no target is within so many steps any more, the nearest first. */
export const brokersBetween = (
  links: Links,
  start: string,
  targets: ReadonlySet<string>,
  most: number,
): string[] => {
  const [path = []] = shortestPaths(links, start, targets, most, 1);
  // Whoever is on every way is on this one.
  return path
    .slice(1, -1)
    .filter((body) => nearest(distancesFrom(links, start, most, body), targets) === null);
};

/** The bodies that are reached, each after all that a walk found behind it first. */
const postorder = (links: Links, root: string): string[] => {
  const order: string[] = [];
  const seen = new Set([root]);
  const stack = [{ body: root, next: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const other = links.get(top.body)?.[top.next];
    top.next += 1;
    if (other === undefined) {
      order.push(top.body);
      stack.pop();
    } else if (!seen.has(other)) {
      seen.add(other);
      stack.push({ body: other, next: 0 });
    }
  }
  return order;
};

/**
 * The last body that every way from a root to a body goes through, of each body that is reached: its
 * immediate dominator. By the iteration of K. Cooper, T. Harvey and K. Kennedy, A Simple, Fast Dominance
 * Algorithm (2001).
 * @returns each body after all that it dominates; the root, last, is its own.
 */
export const dominatorsOf = (links: Links, root: string): Map<string, string> => {
  const order = postorder(links, root);
  const places = new Map(order.map((body, place) => [body, place]));
  const placeOf = (body: string) => places.get(body) ?? -1;
  const before = new Map<string, string[]>(order.map((body) => [body, []]));
  for (const body of order)
    for (const other of links.get(body) ?? []) before.get(other)?.push(body);
  const dominators = new Map([[root, root]]);
  const common = (a: string, b: string): string => {
    let [x, y] = [a, b];
    while (x !== y) {
      while (placeOf(x) < placeOf(y)) x = dominators.get(x) ?? root;
      while (placeOf(y) < placeOf(x)) y = dominators.get(y) ?? root;
    }
    return x;
  };
  const inwards = [...order].reverse().slice(1);
  for (let changed = true; changed;) {
    changed = false;
    for (const body of inwards) {
      const [first = root, ...rest] = (before.get(body) ?? []).filter((one) => dominators.has(one));
      const dominator = rest.reduce(common, first);
      if (dominators.get(body) === dominator) continue;
      dominators.set(body, dominator);
      changed = true;
    }
  }
  return new Map(order.map((body) => [body, dominators.get(body) ?? root]));
};
