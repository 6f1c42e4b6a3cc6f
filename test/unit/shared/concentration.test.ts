import fc from 'fast-check';
import { gini, hhi, shannonEvenness, topShare } from '../../../subgraphs/shared/concentration';

const MEASURES = {
  gini,
  hhi,
  'top share': (values: readonly number[]) => topShare(values, 1),
  evenness: shannonEvenness,
};

describe('by hand', () => {
  it('works out Gini: 2 × (1·1 + 2·2 + 3·3) ÷ (3 × 6) − 4/3 = 28/18 − 24/18', () => {
    expect(gini([3, 1, 2])).toBeCloseTo(4 / 18, 12);
    expect(gini([5, 5, 5, 5])).toBe(0);
    expect(gini([0, 0, 0, 8])).toBe(3 / 4);
    expect(gini([7])).toBe(0);
  });

  it('works out Herfindahl and Hirschman: (1/2)² + (1/4)² + (1/4)² = 6/16', () => {
    expect(hhi([2, 1, 1])).toBe(6 / 16);
    expect(hhi([1, 1, 1, 1])).toBe(1 / 4);
    expect(hhi([9, 0, 0])).toBe(1);
  });

  it('works out what the largest hold', () => {
    expect(topShare([1, 4, 2, 3], 1)).toBe(4 / 10);
    expect(topShare([1, 4, 2, 3], 3)).toBe(9 / 10);
    expect(topShare([1, 4], 3)).toBe(1);
    expect(topShare([1, 4], 0)).toBeNull();
  });

  it('works out evenness: H of ½, ¼, ¼ is 1½ bits, of at most log₂ 3', () => {
    expect(shannonEvenness([2, 1, 1])).toBeCloseTo(1.5 / Math.log2(3), 12);
    expect(shannonEvenness([3, 3])).toBe(1);
    expect(shannonEvenness([4])).toBe(0);
    expect(shannonEvenness([2, 0, 2])).toBe(1);
  });
});

describe.each(Object.entries(MEASURES))('%s', (name, measure) => {
  const parts = fc
    .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 50 })
    .filter((values) => values.some((value) => value > 0));

  it('is unknown of nothing, of nothing but zeros, and of what is no share', () => {
    expect(measure([])).toBeNull();
    expect(measure([0, 0])).toBeNull();
    expect(measure([3, -1])).toBeNull();
    expect(measure([3, Number.NaN])).toBeNull();
    expect(measure([3, Number.POSITIVE_INFINITY])).toBeNull();
  });

  it('lies between 0 and 1', () => {
    fc.assert(
      fc.property(parts, (values) => {
        const value = measure(values) ?? -1;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is the same to the bit in any order', () => {
    fc.assert(
      fc.property(parts, fc.infiniteStream(fc.double({ min: 0, max: 1 })), (values, random) => {
        const shuffled = values
          .map((value) => ({ value, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ value }) => value);
        expect(measure(shuffled)).toBe(measure(values));
      }),
    );
  });

  it('is the same in another unit', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 2, max: 1000 }), (values, factor) => {
        expect(measure(values.map((value) => value * factor))).toBeCloseTo(
          measure(values) ?? -1,
          9,
        );
      }),
    );
  });

  it('says that equal parts are as even as can be', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 99 }),
        (count, part) => {
          const equal = measure(new Array<number>(count).fill(part));
          const even = { gini: 0, hhi: 1 / count, 'top share': 1 / count, evenness: 1 }[name];
          expect(equal).toBe(Math.round((even ?? -1) * 1e12) / 1e12);
        },
      ),
    );
  });
});

it('finds less concentration after the largest gives to the smallest, without overtaking', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 30 }),
      (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
        const given = Math.floor((last - first) / 2);
        const after = [first + given, ...sorted.slice(1, -1), last - given];
        const slack = 1e-9;
        expect(gini(after) ?? 1).toBeLessThanOrEqual((gini(sorted) ?? 0) + slack);
        expect(hhi(after) ?? 1).toBeLessThanOrEqual((hhi(sorted) ?? 0) + slack);
        expect(topShare(after, 1) ?? 1).toBeLessThanOrEqual((topShare(sorted, 1) ?? 0) + slack);
        expect(shannonEvenness(after) ?? 0).toBeGreaterThanOrEqual(
          (shannonEvenness(sorted) ?? 1) - slack,
        );
      },
    ),
  );
});
