import { Big } from 'big.js';

/**
 * Amounts in a count are whole numbers of 10^-30 of a unit of the currency: fine enough that what
 * division cuts off, even a million times, never reaches a cent.
 */
export type Fixed = bigint;

const DECIMALS = 30;
const ONE = 10n ** BigInt(DECIMALS);
/** What two columns of an amount (shared/money.ts) are counted in: billionths. */
const BILLION = 1_000_000_000n;
/** Where the noise of division is cut off before anything is rounded to the cent. */
const NOISE = 10n ** 10n;
const CENT = ONE / 100n;

/** `value ÷ divisor`, rounded half to even; the divisor is positive. */
export const divide = (value: bigint, divisor: bigint): bigint => {
  const quotient = value / divisor;
  const rest = value % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const odd = quotient % 2n !== 0n;
  if (twice < divisor || (twice === divisor && !odd)) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
};

/** One unit of a currency in another, as a fraction of whole numbers. */
export interface Factor {
  over: bigint;
  under: bigint;
}
export const SAME: Factor = { over: 1n, under: 1n };

/** More than any source gives. */
const RATE_DECIMALS = 15;
const wholeOf = (rate: Big): bigint => BigInt(rate.times(`1e${RATE_DECIMALS}`).toFixed(0));

/** The factor between two currencies of which each is so much of a third. */
export const factorOf = (own: Big, other: Big): Factor => ({
  over: wholeOf(own),
  under: wholeOf(other),
});

/** An amount of two columns, or of the sums of two columns, times a factor and a share; what is finer is cut off. */
export const fixedOf = (
  units: string | number,
  nanos: string | number,
  factor: Factor,
  share: Factor = SAME,
): Fixed => {
  let value = BigInt(units) * ONE;
  if (nanos !== '0' && nanos !== 0) value += BigInt(nanos) * (ONE / BILLION);
  if (factor !== SAME) value = (value * factor.over) / factor.under;
  return share.over === share.under ? value : (value * share.over) / share.under;
};

const floorDiv = (value: bigint, divisor: bigint): bigint => {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
};

/**
 * Splits a total in proportion to weights, so that the parts add up to it to the last digit: each gets
 * what it is due rounded down, and what is left goes to those who lost most by it, the first of equals.
 * Weights may be negative; their sum is positive.
 */
export const apportion = (total: bigint, weights: readonly bigint[]): bigint[] => {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum <= 0n) throw new Error('Nothing to apportion by.');
  if (weights.length === 1) return [total];
  const parts = weights.map((weight) => floorDiv(total * weight, sum));
  const left = Number(total - parts.reduce((all, part) => all + part, 0n));
  if (left === 0) return parts;
  const losses = weights
    .map((weight, index) => ({ index, loss: total * weight - (parts[index] ?? 0n) * sum }))
    .sort((a, b) => (a.loss === b.loss ? a.index - b.index : a.loss > b.loss ? -1 : 1));
  for (const { index } of losses.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
};

/** Whole cents of an amount, rounded half to even. */
export const centsOf = (value: Fixed): bigint => divide(divide(value, NOISE), CENT / NOISE);

/** Whole cents of some amounts that add up to the cents of their sum. */
export const centsTogether = (values: readonly Fixed[]): bigint[] => {
  const exact = values.map((value) => divide(value, NOISE));
  const unit = CENT / NOISE;
  const total = centsOf(values.reduce((all, value) => all + value, 0n));
  const parts = exact.map((value) => floorDiv(value, unit));
  const left = Number(total - parts.reduce((all, part) => all + part, 0n));
  const losses = exact
    .map((value, index) => ({ index, loss: value - (parts[index] ?? 0n) * unit }))
    .sort((a, b) => (a.loss === b.loss ? a.index - b.index : a.loss > b.loss ? -1 : 1));
  for (const { index } of losses.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
};

/** Cents as a decimal, without zeros at the end. */
export const formatCents = (cents: bigint): string => {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  const rest = digits.slice(-2).replace(/0+$/, '');
  const text = digits.slice(0, -2) + (rest === '' ? '' : `.${rest}`);
  return cents < 0n ? `-${text}` : text;
};

const SHARE_DECIMALS = 6n;

/** One amount divided by another, to six decimals; null if that means nothing. */
export const shareOf = (part: bigint, whole: bigint): string | null => {
  if (whole <= 0n) return null;
  const millionths = divide(part * 10n ** SHARE_DECIMALS, whole);
  return new Big(String(millionths)).div(`1e${SHARE_DECIMALS}`).toFixed();
};
