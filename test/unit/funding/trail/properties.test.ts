import fc from 'fast-check';
import type { Ended } from '../../../../subgraphs/funding/trail/follow';
import { boundsOf, endsIn, inShort, pageIn, type Transfer } from './world';

const BODIES = ['D', 'E', 'A', 'B', 'C', 'F', 'G'];
const body = fc.constantFrom(...BODIES);

/** Small worlds with cycles, mixed income, activities, corrections, unknown receivers, transfers to oneself. */
const worlds = fc.array(
  fc
    .record({
      from: body,
      to: fc.option(body, { freq: 8 }),
      amount: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 1, max: 1000 }) },
        fc.integer({ min: -300, max: 0 }),
      ),
      out: fc.option(fc.constantFrom('1', '2')),
      into: fc.option(fc.constantFrom('1', '2')),
    })
    .map(({ from, to, amount, out, into }): Transfer => ({
      from,
      to,
      amount,
      ...(out === null ? {} : { out: `${from}-${out}` }),
      ...(into === null || to === null ? {} : { into: `${to}-${into}` }),
    })),
  { maxLength: 25 },
);
const bounds = fc.integer({ min: 0, max: 8 }).map((maxHops) => boundsOf({ maxHops }));
const sum = (amounts: readonly bigint[]) => amounts.reduce((all, amount) => all + amount, 0n);
const amountsOf = (ends: readonly Ended[]) => ends.map(({ amount }) => amount);

describe('whatever the world', () => {
  it('all ends of a trail add up to what the donor paid', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, bounds, async (world, within) => {
        const { ends, total } = await pageIn(world, 1_000_000, undefined, within);
        expect(sum(amountsOf(ends))).toBe(total);
        expect(total).toBe(
          sum(
            world
              .filter(({ from, to }) => from === 'D' && to !== 'D')
              .map(({ amount }) => BigInt(amount)),
          ),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('what arrives at a body from a donor is what it keeps and what it passes on', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const ends = await endsIn(world);
        const ways = new Map<string, { arrived: bigint; ended: bigint }>();
        for (const end of ends)
          end.way.forEach((step, place) => {
            const name = end.way
              .slice(0, place + 1)
              .map(({ to }) => to ?? '?')
              .join(' > ');
            const known = ways.get(name) ?? { arrived: step.amount, ended: 0n };
            expect(known.arrived).toBe(step.amount);
            ways.set(name, { ...known, ended: known.ended + end.amount });
          });
        for (const { arrived, ended } of ways.values()) expect(ended).toBe(arrived);
      }),
    );
  });

  it('no more of a payment is a donor’s than was paid', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        for (const { way } of await endsIn(world))
          for (const { amount, paid } of way) expect(amount <= paid).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('no body is twice on a way, but for the one that closes a circle', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        for (const { way, end } of await endsIn(world)) {
          const bodies = ['D', ...way.map(({ to }) => to)];
          expect(bodies.length - new Set(bodies).size).toBe(end === 'CYCLE' ? 1 : 0);
        }
      }),
    );
  });

  it('pages of any size are the whole, in order, without gap or repetition', async () => {
    await fc.assert(
      fc.asyncProperty(
        worlds,
        bounds,
        fc.integer({ min: 1, max: 7 }),
        async (world, within, size) => {
          const all = (await endsIn(world, within)).map(inShort);
          const paged: string[] = [];
          for (let after: Ended | undefined, more = true; more;) {
            const page = await pageIn(world, size, after, within);
            expect(page.ends.length === size || !page.hasNext).toBe(true);
            paged.push(...page.ends.map(inShort));
            after = page.ends.at(-1);
            more = page.hasNext;
          }
          expect(paged).toEqual(all);
        },
      ),
    );
  });

  it('the order of the records changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        worlds.chain((world) =>
          fc.tuple(
            fc.constant(world),
            fc.shuffledSubarray(world, { minLength: world.length, maxLength: world.length }),
          ),
        ),
        async ([world, shuffled]) => {
          expect((await endsIn(shuffled)).map(inShort)).toEqual((await endsIn(world)).map(inShort));
        },
      ),
    );
  });
});
