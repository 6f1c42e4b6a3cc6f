import { Big } from 'big.js';
import fc from 'fast-check';
import {
  apportion,
  centsOf,
  centsTogether,
  factorOf,
  fixedOf,
  formatCents,
  SAME,
  shareOf,
} from '../../../../subgraphs/funding/summary/fixed';

const add = (amounts: readonly bigint[]) => amounts.reduce((sum, each) => sum + each, 0n);

it('keeps an amount to the ninth decimal', () => {
  expect(fixedOf('-12', '-500000001', SAME)).toBe(-12_500000001n * 10n ** 21n);
});

it('converts by the quotient of two rates, as exactly as big numbers do', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e12, max: 1e12 }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 1e6 }),
      (units, own, other) => {
        const [a, b] = [new Big(own).div(1e4), new Big(other).div(1e4)];
        const exact = new Big(units).times(a).div(b).round(2, Big.roundHalfEven);
        expect(formatCents(centsOf(fixedOf(units, 0, factorOf(a, b))))).toBe(exact.toFixed());
      },
    ),
  );
});

it('takes thirds of a whole that add up to it', () => {
  const third = { over: 333_333_333n, under: 999_999_999n };
  const parts = [third, third, third].map((part) => fixedOf('100', 0, SAME, part));
  expect(formatCents(add(centsTogether(parts)))).toBe('100');
  expect(centsTogether(parts)).toEqual([3334n, 3333n, 3333n]);
});

it.each([
  [0n, '0'],
  [5n, '0.05'],
  [-5n, '-0.05'],
  [120n, '1.2'],
  [-12300n, '-123'],
])('writes %s cents as %s', (cents, text) => {
  expect(formatCents(cents)).toBe(text);
});

it('apportions to the last unit, in proportion, the first of equals first', () => {
  expect(apportion(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
  expect(apportion(10n, [30n, -10n])).toEqual([15n, -5n]);
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 20n }),
      fc
        .array(fc.bigInt({ min: -1000n, max: 10n ** 9n }), { minLength: 1 })
        .filter((weights) => add(weights) > 0n),
      (total, weights) => {
        const parts = apportion(total, weights);
        expect(add(parts)).toBe(total);
        const sum = add(weights);
        parts.forEach((part, index) => {
          const off = part * sum - total * (weights[index] ?? 0n);
          expect(off < sum && off > -sum).toBe(true);
        });
      },
    ),
  );
});

it('rounds rows to cents that add up to the rounded total', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(10n ** 35n), max: 10n ** 35n })), (values) => {
      expect(add(centsTogether(values))).toBe(centsOf(add(values)));
    }),
  );
});

it('gives no share of nothing', () => {
  expect([shareOf(1n, 3n), shareOf(0n, 5n), shareOf(1n, 0n), shareOf(1n, -2n)]).toEqual([
    '0.333333',
    '0',
    null,
    null,
  ]);
});
