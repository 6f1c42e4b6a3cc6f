/**
 * What a text of a partner may not bring: control characters but tab and line feed, which terminals obey;
 * overrides and isolates of direction, which make a text read as another one; marks of byte order and of
 * annotation, and lone halves of characters, which are no text at all.
 */
const UNWANTED =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\p{Cs}]/gu;
const PLAIN = /^[\n\t\x20-\x7e]*$/;

/**
 * No language stacks more than 30 marks on a letter (UAX 15, stream-safe text). Longer stacks cover the lines
 * around them, and to put them in order takes a time that grows with their square.
 */
const STACKED = /(\p{M}{30})\p{M}+/gu;

/** A text as it may be shown: without what is unwanted, and the same text always the same characters (NFC). */
export const cleanText = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(UNWANTED, '').replace(STACKED, '$1').normalize('NFC');
