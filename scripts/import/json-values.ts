import { parseDate } from '../../subgraphs/shared/dates';
import { isTooLarge, parseAmount } from '../../subgraphs/shared/money';
import { isObject, type Json, type JsonObject } from './json';

/** A text or number of JSON as one line of text, or null if there is none. */
export const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value).replace(/\s+/g, ' ').trim() || null
    : null;

/** The objects of a list, or the one object that stands where a list should. */
export const objectsOf = (value: Json | undefined): JsonObject[] =>
  [value ?? null].flat().filter(isObject);

/** The texts of a list, or the one that stands where a list should. */
export const textsOf = (value: Json | undefined): string[] =>
  [value ?? null].flat().flatMap((each) => textOf(each) ?? []);

/** A date, whichever time stands behind it: `17/08/2015 00:00`, `2015-06-01T00:00:00+00:00`. */
export const dayOf = (value: Json | undefined): string | null =>
  parseDate(textOf(value)?.replace(/ .*$/, ''));

/** When something was modified, as text whose order is that of time: a time of ISO 8601, else a day. */
export const momentOf = (value: Json | undefined): string | null => {
  const text = textOf(value);
  const time = text !== null && /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? dayOf(value) : new Date(time).toISOString();
};

/** An amount as stored; null for none, for a text that is no number, and for one beyond 10^12. */
export const amountOf = (value: Json | undefined) => {
  const amount = parseAmount(textOf(value) ?? '');
  return amount && !isTooLarge(amount) ? amount : null;
};
export type Amount = NonNullable<ReturnType<typeof amountOf>>;

/** `Yes` and `No`, as the standard writes truth. */
export const yesOf = (value: Json | undefined): number | null => {
  const text = typeof value === 'boolean' ? String(value) : (textOf(value) ?? '');
  return /^(yes|true)$/i.test(text) ? 1 : /^(no|false)$/i.test(text) ? 0 : null;
};
