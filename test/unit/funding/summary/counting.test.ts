import fc from 'fast-check';
import { CountingBasis } from '../../../../subgraphs/funding/summary/basis';
import {
  balancesOf,
  count,
  type Lot,
  unseenEntry,
} from '../../../../subgraphs/funding/summary/counting';

const { SOURCE, FIRST_RECIPIENT, FINAL, GROSS_THROUGHPUT } = CountingBasis;

const lot = (
  provider: string | null,
  receiver: string | null,
  amount: number,
  origin: Lot['origin'] = null,
): Lot => ({ provider, receiver, origin, amount: BigInt(amount), flows: 1 });

const add = (amounts: readonly bigint[]) => amounts.reduce((sum, each) => sum + each, 0n);
const totalOf = (basis: CountingBasis, lots: readonly Lot[]) => {
  const { counted, ofNoFlow } = count(basis, lots, balancesOf(lots), true);
  return add(counted) + ofNoFlow;
};
const totals = (lots: readonly Lot[]) =>
  [SOURCE, FIRST_RECIPIENT, FINAL, GROSS_THROUGHPUT].map((basis) => Number(totalOf(basis, lots)));

describe('the four bases', () => {
  it('count a chain of three once, but as throughput', () => {
    const chain = [lot('D', 'N', 100), lot('N', 'A', 60), lot('A', 'B', 20)];
    expect(totals(chain)).toEqual([100, 100, 100, 180]);
  });

  it('count a body’s own money as new, at its part of what it gave', () => {
    // N had 100 and gave 150: a third of each of its flows is its own.
    const mixed = [lot('D', 'N', 100), lot('N', 'A', 90), lot('N', 'B', 60)];
    const { counted } = count(SOURCE, mixed, balancesOf(mixed), true);
    expect(counted).toEqual([100n, 30n, 20n]);
    expect(totals(mixed)).toEqual([150, 100, 150, 250]);
  });

  it('end in cycles: what comes back is income', () => {
    const cycle = [lot('D', 'A', 100), lot('A', 'B', 50), lot('B', 'A', 50)];
    expect(totals(cycle)).toEqual([100, 100, 100, 200]);
  });

  it('net nothing of unknown bodies', () => {
    const unknown = [lot(null, 'A', 10), lot('A', null, 10), lot(null, null, 5)];
    expect(totals(unknown)).toEqual([15, 15, 15, 25]);
  });

  it('add corrections with their sign', () => {
    expect(totals([lot('D', 'A', 100), lot('D', 'A', -30)])).toEqual([70, 70, 70, 70]);
  });

  it('count what a body paid back of its own, though no flow bears it', () => {
    // A pays 40 back to D, of which 30 are A’s own, and gives B 5 more.
    const back = [lot('D', 'A', 10), lot('D', 'A', -40), lot('A', 'B', 5)];
    const { counted, ofNoFlow } = count(SOURCE, back, balancesOf(back), true);
    expect([counted, ofNoFlow]).toEqual([[10n, -40n, 5n], 30n]);
    expect(totals(back)).toEqual([5, -30, 5, -25]);
  });

  it('believe a record that says where its money comes from', () => {
    const stated = [
      lot('D', 'F', 100, 'OUTSIDE'),
      lot('F', 'A', 70, 'INSIDE'),
      // A pooled fund pays out what came in before the scope: not new, and no record shows its way in.
      lot('G', 'A', 30, 'INSIDE'),
    ];
    expect(totals(stated)).toEqual([100, 100, 130, 200]);
    expect(unseenEntry(balancesOf(stated))).toBe(30n);
  });

  it('give flows that are only some of a scope what they bear among all', () => {
    const all = [lot('D', 'N', 100), lot('N', 'A', 90), lot('N', 'B', 60)];
    const some = all.slice(2);
    expect(count(SOURCE, some, balancesOf(all), false)).toEqual({ counted: [20n], ofNoFlow: 0n });
  });
});

describe('conservation', () => {
  const bodies = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => `B${n}`) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
  const amounts = fc.oneof(
    { weight: 9, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 15n }) },
    { weight: 1, arbitrary: fc.bigInt({ min: -(10n ** 14n), max: -1n }) },
  );
  const lots = (most: number, origins: readonly Lot['origin'][]) =>
    fc.array(
      fc.record({
        provider: bodies,
        receiver: bodies,
        origin: fc.constantFrom(...origins),
        amount: amounts,
        flows: fc.constant(1),
      }),
      { maxLength: most, size: 'max' },
    );

  it('holds on any world: SOURCE is FINAL, to the last digit', () => {
    fc.assert(
      fc.property(lots(300, [null]), (world) => {
        expect(totalOf(SOURCE, world)).toBe(totalOf(FINAL, world));
      }),
      { numRuns: 300 },
    );
  });

  it('holds on worlds of ten thousand flows', () => {
    fc.assert(
      fc.property(lots(10_000, [null]), (world) => {
        expect(totalOf(SOURCE, world)).toBe(totalOf(FINAL, world));
      }),
      { numRuns: 10 },
    );
  });

  it('holds where records say where their money comes from, but for what they do not show', () => {
    fc.assert(
      fc.property(lots(200, [null, 'INSIDE', 'OUTSIDE']), (world) => {
        const entry = unseenEntry(balancesOf(world));
        expect(totalOf(SOURCE, world) + entry).toBe(totalOf(FINAL, world));
      }),
      { numRuns: 300 },
    );
  });

  it('holds at any cut between those who only give and those who only keep', () => {
    // Chains are complete: whoever stands between passes on all that it gets.
    const chains = fc.array(
      fc.record({
        amount: fc.bigInt({ min: 1n, max: 10n ** 12n }),
        way: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }),
        from: fc.integer({ min: 0, max: 3 }),
        to: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(
        chains,
        fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
        (all, inner) => {
          const world = all.flatMap(({ amount, way, from, to }) => {
            const stops = [`D${from}`, ...way.map((n) => `M${n}`), `R${to}`];
            return stops.slice(1).map((receiver, index): Lot => ({
              provider: stops[index] ?? null,
              receiver,
              origin: null,
              amount,
              flows: 1,
            }));
          });
          const near = (id: string | null) =>
            id?.startsWith('D') === true || (id?.startsWith('M') && inner[Number(id.slice(1))]);
          const across = add(
            world.map(({ provider, receiver, amount }) =>
              near(provider) === near(receiver) ? 0n : near(provider) ? amount : -amount,
            ),
          );
          const given = add(all.map(({ amount }) => amount));
          expect([totalOf(SOURCE, world), totalOf(FINAL, world), across]).toEqual([
            given,
            given,
            given,
          ]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not mind the order of flows', () => {
    fc.assert(
      fc.property(
        lots(60, [null, 'INSIDE', 'OUTSIDE']).chain((world) =>
          fc.tuple(fc.constant(world), fc.shuffledSubarray(world, { minLength: world.length })),
        ),
        ([world, other]) => {
          expect(totals(other)).toEqual(totals(world));
        },
      ),
    );
  });
});
