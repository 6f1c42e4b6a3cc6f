import { Big } from 'big.js';

/**
 * An amount as two whole numbers, `units + nanos / 10^9`, both of one sign. Two bigint columns hold
 * it on SQLite and PostgreSQL alike, and a sum of a million amounts up to 10^12 stays below 2^63 in
 * each column, where one column of cents would not. Beyond that the database refuses; it never errs.
 */
export interface StoredAmount {
  units: number;
  nanos: number;
}

const LARGEST_UNITS = 1e12;

/** Whether an amount is beyond 10^12 either way: a million of such could not be added exactly. */
export const isTooLarge = ({ units, nanos }: StoredAmount): boolean =>
  Math.abs(units) > LARGEST_UNITS || (Math.abs(units) === LARGEST_UNITS && nanos !== 0);

const NANOS = new Big('1e9');
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/;

/** A decimal as sources write it (`1,234.50`, ` -3e5 `), or null if it is none. */
export const parseDecimal = (raw: string | null | undefined): Big | null => {
  const text = (raw ?? '').trim().replace(/,(?=\d{3}(\D|$))/g, '');
  return DECIMAL.test(text) ? new Big(text) : null;
};

/** The two columns of an amount, rounded half away from zero at the ninth decimal. */
export const toStored = (amount: Big): StoredAmount => {
  const units = amount.round(0, Big.roundDown);
  const rest = amount.minus(units).times(NANOS).round(0, Big.roundHalfUp);
  if (rest.abs().eq(NANOS)) return { units: Number(units.plus(rest.s)), nanos: 0 };
  return { units: Number(units) + 0, nanos: Number(rest) + 0 };
};

const SHORT = /^(-?)(0|[1-9]\d{0,11})(?:\.(?:(\d{0,8}[1-9])0*|0+))?$/;

/**
 * A decimal as sources write it, as stored and as the API gives it; null if it is none.
 * The same as {@link parseDecimal}, {@link toStored} and {@link formatDecimal}, but most amounts are
 * short and plain, and need no big numbers.
 */
export const parseAmount = (raw: string): (StoredAmount & { amount: string }) | null => {
  const short = SHORT.exec(raw);
  if (short) {
    const [, sign = '', whole = '0', decimals = ''] = short;
    const factor = sign === '-' ? -1 : 1;
    // Adding zero makes the negative zero a plain one.
    const units = factor * Number(whole) + 0;
    const nanos = factor * Number(decimals.padEnd(9, '0')) + 0;
    const digits = decimals === '' ? whole : `${whole}.${decimals}`;
    return { units, nanos, amount: units === 0 && nanos === 0 ? '0' : sign + digits };
  }
  const amount = parseDecimal(raw);
  return amount && { ...toStored(amount), amount: formatDecimal(amount) };
};

/** The amount of two columns or of the sums of two columns, given as text so no digit is lost. */
export const fromStored = (units: string | number, nanos: string | number): Big =>
  new Big(units).plus(new Big(nanos).div(NANOS));

/** An amount as the API gives it: plain digits, no exponent, no zeros at the end. */
export const formatDecimal = (amount: Big): string => (amount.eq(0) ? '0' : amount.toFixed());
