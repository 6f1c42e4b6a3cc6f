import { hash } from 'node:crypto';
import { storableText } from './db/text';

export { compareTexts } from './db/text';

/** How long a text may be that an index holds: PostgreSQL has entries of 2,700 bytes at most, some of three texts. */
export const LONGEST_INDEXED = 200;
const HASH_LENGTH = 32;

/**
 * A text as indexes hold it: itself, or if it is too long its beginning and a hash of all of it, so that
 * it stays distinct, and equal to nothing but itself, on either database. What is shown is kept beside it.
 */
export const indexable = (text: string): string =>
  text.length <= LONGEST_INDEXED
    ? text
    : `${text
        .slice(0, LONGEST_INDEXED - HASH_LENGTH - 1)
        .toWellFormed()}~${hash('sha256', text).slice(0, HASH_LENGTH).toUpperCase()}`;

const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;

/**
 * The form in which identifiers are compared: NFC, no white space around, runs of white space as one
 * space, every kind of dash as `-`, upper case, {@link indexable}. Never shown in place of what a source
 * wrote.
 *
 * IATI wants only the prefix in upper case. The number is too, because registers do not tell
 * `gb-chc-1a` from `GB-CHC-1A` and publishers write both.
 */
export const normaliseIdentifier = (raw: string): string =>
  indexable(
    storableText(raw)
      .normalize('NFC')
      .replace(DASHES, '-')
      .replace(/\s+/gu, ' ')
      .trim()
      .toUpperCase(),
  );

/** Text without case and accents, words by single spaces: what searches and name orders compare. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/đ/g, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The distinct words of some texts, folded, for a table of words that an index serves. */
export const wordsOf = (...texts: (string | null | undefined)[]): string[] => [
  ...new Set(
    texts
      .flatMap((text) => (text ? foldText(text).split(' ') : []))
      .filter(Boolean)
      .map(indexable),
  ),
];

/** A stable hash of some values, 16 bytes as base64url. */
export const hashOf = (...values: unknown[]): string =>
  hash('sha256', JSON.stringify(values), 'base64url').slice(0, 22);
