/** A stream of numbers that follows from its seed alone. */
export interface Random {
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** One of them. */
  pick<T>(from: readonly T[]): T;
  /** This many of them, in their order; all of them if there are not more. */
  some<T>(from: readonly T[], count: number): T[];
}

/** Mulberry32 (Tommy Ettinger, 2017, public domain): 32 bits of state, enough for a made-up world. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    between,
    pick: <T>(from: readonly T[]): T => {
      const found = from[between(0, from.length - 1)];
      if (found === undefined) throw new RangeError('There is nothing to pick from.');
      return found;
    },
    some: <T>(from: readonly T[], count: number): T[] => {
      const left = from.map((value, index) => ({ value, index }));
      const taken = Array.from({ length: Math.min(count, left.length) }, () =>
        left.splice(between(0, left.length - 1), 1),
      ).flat();
      return taken.sort((a, b) => a.index - b.index).map(({ value }) => value);
    },
  };
};
