import { Big } from 'big.js';
import fc from 'fast-check';
import { inSdr } from '../../../../subgraphs/funding/classification/money.store';

const BILLION = new Big('1e9');

it('converts to billionths of an SDR as exactly as big numbers do, rounded half to even', () => {
  fc.assert(
    fc.property(
      fc.maxSafeInteger(),
      fc.oneof(fc.constant(0), fc.integer({ min: -999_999_999, max: 999_999_999 })),
      fc.bigInt({ min: 1n, max: 10n ** 16n }),
      fc.integer({ min: 0, max: 15 }),
      fc.boolean(),
      (units, nanos, digits, decimals, text) => {
        const rate = new Big(String(digits)).div(`1e${decimals}`);
        const exact = new Big(units).times(BILLION).plus(nanos).times(rate);
        const found = text ? inSdr(String(units), String(nanos), rate) : inSdr(units, nanos, rate);
        expect(String(found)).toBe(exact.round(0, Big.roundHalfEven).toFixed());
      },
    ),
  );
});

it('takes half a billionth to the even one', () => {
  const half = new Big('0.5');
  expect([1, 3, -1, -3].map((nanos) => inSdr(0, nanos, half))).toEqual([0n, 2n, 0n, -2n]);
});

it('makes nothing of nothing', () => {
  expect(inSdr('0', '0', new Big('0.7'))).toBe(0n);
  expect(inSdr(null, null, new Big('0.7'))).toBe(0n);
});
