import { hash } from 'node:crypto';
import { storableText } from './db/text';

export { compareTexts } from './db/text';

const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;

/**
 * The form in which identifiers are compared: NFC, no white space around, runs of white space as one
 * space, every kind of dash as `-`, upper case. Never shown in place of what a source wrote.
 *
 * IATI wants only the prefix in upper case. The number is too, because registers do not tell
 * `gb-chc-1a` from `GB-CHC-1A` and publishers write both.
 */
export const normaliseIdentifier = (raw: string): string =>
  storableText(raw)
    .normalize('NFC')
    .replace(DASHES, '-')
    .replace(/\s+/gu, ' ')
    .trim()
    .toUpperCase();

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
  ...new Set(texts.flatMap((text) => (text ? foldText(text).split(' ') : [])).filter(Boolean)),
];

/** A stable hash of some values, 16 bytes as base64url. */
export const hashOf = (...values: unknown[]): string =>
  hash('sha256', JSON.stringify(values), 'base64url').slice(0, 22);
