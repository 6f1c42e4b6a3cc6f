import fc from 'fast-check';
import {
  brokersBetween,
  distancesFrom,
  dominatorsOf,
  type Links,
  shortestPaths,
} from '../../../subgraphs/networks/paths/walks';

const linksOf = (text: string): Links => {
  const links = new Map<string, string[]>();
  for (const [from = '', to = ''] of text.split(' ').map((link) => link.split('>')))
    links.set(from, [...(links.get(from) ?? []), to]);
  return links;
};

describe('by hand', () => {
  // A local body in two national networks, both in one region, which is in the world twice over.
  const links = linksOf(
    'local>n1 local>n2 n1>region n2>region region>world region>other other>world world>region',
  );

  it('finds the shortest ways, and who is on all of them', () => {
    const to = new Set(['world']);
    expect(shortestPaths(links, 'local', to, 6, 5)).toEqual([
      ['local', 'n1', 'region', 'world'],
      ['local', 'n2', 'region', 'world'],
    ]);
    expect(shortestPaths(links, 'local', to, 6, 1)).toHaveLength(1);
    expect(shortestPaths(links, 'local', to, 2, 5)).toEqual([]);
    expect(shortestPaths(links, 'world', to, 6, 5)).toEqual([['world']]);
    expect(brokersBetween(links, 'local', to, 6)).toEqual(['region']);
    expect(brokersBetween(links, 'n1', new Set(['region']), 6)).toEqual([]);
  });

  it('counts a way round a broker only as far as it is short enough', () => {
    const detour = linksOf('a>b b>z a>c c>d d>z');
    expect(brokersBetween(detour, 'a', new Set(['z']), 3)).toEqual([]);
    expect(brokersBetween(detour, 'a', new Set(['z']), 2)).toEqual(['b']);
  });

  it('names the last body that every way goes through', () => {
    expect([...dominatorsOf(links, 'local')].sort()).toEqual([
      ['local', 'local'],
      ['n1', 'local'],
      ['n2', 'local'],
      ['other', 'region'],
      ['region', 'local'],
      ['world', 'region'],
    ]);
  });
});

describe('on random graphs, with circles', () => {
  const BODIES = 9;
  const name = (n: number) => `b${n}`;
  const graphs = fc
    .array(fc.tuple(fc.nat(BODIES - 1), fc.nat(BODIES - 1)), { maxLength: 25 })
    .map((pairs): Links => {
      const links = new Map<string, string[]>();
      for (const [from, to] of pairs)
        links.set(name(from), [...(links.get(name(from)) ?? []), name(to)]);
      return links;
    });

  /** Every way without a body twice, by trying. */
  const allPaths = (links: Links, path: string[], to: string, most: number): string[][] => {
    const last = path.at(-1) ?? '';
    if (last === to) return [path];
    if (path.length > most) return [];
    return [...new Set(links.get(last) ?? [])]
      .filter((next) => !path.includes(next))
      .flatMap((next) => allPaths(links, [...path, next], to, most));
  };

  it('agrees with trying every way', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 6 }), (links, most) => {
        const [start, to] = [name(0), name(1)];
        const all = allPaths(links, [start], to, most);
        const length = Math.min(...all.map((path) => path.length));
        const shortest = all.filter((path) => path.length === length);
        const found = shortestPaths(links, start, new Set([to]), most, 1000);
        expect([...new Set(found.map((path) => path.join()))].sort()).toEqual(
          shortest.map((path) => path.join()).sort(),
        );
        const inAll = [...new Set(all.flat())].filter(
          (body) => body !== start && body !== to && all.every((path) => path.includes(body)),
        );
        expect(brokersBetween(links, start, new Set([to]), most).sort()).toEqual(inAll.sort());
      }),
    );
  });

  it('cuts off with a body exactly those whom it dominates', () => {
    fc.assert(
      fc.property(graphs, (links) => {
        const root = name(0);
        const dominators = dominatorsOf(links, root);
        const reached = distancesFrom(links, root, Infinity);
        expect([...dominators.keys()].sort()).toEqual([...reached.keys()].sort());
        const isBelow = (body: string, above: string): boolean =>
          body === above || (body !== root && isBelow(dominators.get(body) ?? root, above));
        for (const lost of [...reached.keys()].filter((body) => body !== root)) {
          const left = distancesFrom(links, root, Infinity, lost);
          for (const body of reached.keys()) expect(!left.has(body)).toBe(isBelow(body, lost));
        }
        const places = [...dominators.keys()];
        for (const [body, dominator] of dominators)
          if (body !== root)
            expect(places.indexOf(dominator)).toBeGreaterThan(places.indexOf(body));
      }),
    );
  });
});
