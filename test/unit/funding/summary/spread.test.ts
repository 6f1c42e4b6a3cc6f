import fc from 'fast-check';
import { CountingBasis } from '../../../../subgraphs/funding/summary/basis';
import { balancesOf, count, type Lot } from '../../../../subgraphs/funding/summary/counting';
import { netted, spread, TooFar } from '../../../../subgraphs/funding/summary/spread';

const lot = (
  provider: string | null,
  receiver: string | null,
  amount: number,
  origin: Lot['origin'] = null,
): Lot => ({ provider, receiver, origin, amount: BigInt(amount), flows: 1 });
const ALL = { source: true, first: true, between: true };

const waysOf = (lots: readonly Lot[], told = ALL) => {
  const pairs = netted(lots);
  return spread(pairs, balancesOf(pairs), told);
};
const shown = (lots: readonly Lot[]) =>
  waysOf(lots)
    .map(({ source, between, last, amount }) =>
      [source, ...between, last]
        .map((id) => id ?? '?')
        .join('→')
        .concat(` ${amount}`),
    )
    .sort();

it('follows a chain to where money stays', () => {
  expect(shown([lot('D', 'N', 100), lot('N', 'A', 60), lot('A', 'B', 20)])).toEqual([
    'D→A→N→B 20',
    'D→N 40',
    'D→N→A 40',
  ]);
});

it('attributes mixed money in proportion', () => {
  // N has 100 of D and 50 of its own, and gives A 90 and B 60.
  const ways = [lot('D', 'N', 100), lot('N', 'A', 90), lot('N', 'B', 60)];
  expect(shown(ways)).toEqual(['D→N→A 60', 'D→N→B 40', 'N→A 30', 'N→B 20']);
  expect(waysOf(ways).every(({ attributed }) => attributed)).toBe(true);
});

it('ends in cycles, with what is still going round unknown', () => {
  const ways = waysOf([lot('D', 'A', 100), lot('A', 'B', 900), lot('B', 'A', 880)]);
  expect(ways.reduce((sum, { amount }) => sum + amount, 0n)).toBe(100n);
  expect(ways.some(({ last, between }) => last === null && between.includes(null))).toBe(true);
});

it('keeps unknown ends unknown', () => {
  expect(shown([lot(null, 'A', 10), lot('A', null, 4)])).toEqual(['?→A 6', '?→A→? 4']);
});

it('gives up rather than go on for long', () => {
  const many = Array.from({ length: 40 }, (_, a) =>
    Array.from({ length: 40 }, (_, b) => lot(`A${a}`, `A${b}`, 1e15 + ((a * 7 + b) % 5))),
  ).flat();
  expect(() => waysOf([lot('D', 'A1', 1e15), ...many])).toThrow(TooFar);
});

it('adds up to what is new and to what stays, whatever is told apart', () => {
  const bodies = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 12 }).map((n) => `B${n}`) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
  const world = fc
    .array(
      fc.record({
        provider: bodies,
        receiver: bodies,
        origin: fc.constantFrom<Lot['origin']>(null, null, 'INSIDE', 'OUTSIDE'),
        amount: fc.oneof(
          { weight: 9, arbitrary: fc.bigInt({ min: 1n, max: 10n ** 12n }) },
          { weight: 1, arbitrary: fc.bigInt({ min: -(10n ** 9n), max: -1n }) },
        ),
        flows: fc.constant(1),
      }),
      { maxLength: 25 },
    )
    .map((lots) =>
      lots.filter(({ provider, receiver }) => provider === null || provider !== receiver),
    );
  const none = { source: false, first: false, between: false };
  fc.assert(
    fc.property(world, fc.constantFrom(ALL, none, { ...none, first: true }), (lots, told) => {
      const add = (some: readonly { amount: bigint }[]) =>
        some.reduce((sum, { amount }) => sum + amount, 0n);
      const totalOf = (basis: CountingBasis) => {
        const { counted, ofNoFlow } = count(basis, lots, balancesOf(lots), true);
        return counted.reduce((sum, amount) => sum + amount, ofNoFlow);
      };
      let ways;
      try {
        ways = waysOf(lots, told);
      } catch (error) {
        if (error instanceof TooFar) return;
        throw error;
      }
      expect(add(ways)).toBe(totalOf(CountingBasis.FINAL));
      expect(add(ways.filter(({ unseen }) => !unseen))).toBe(totalOf(CountingBasis.SOURCE));
    }),
    { numRuns: 400 },
  );
});
