const LONE_SURROGATE = /[\uD800-\uDFFF]/gu;

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/**
 * A text as both databases can hold it: without NUL, which PostgreSQL refuses, and with U+FFFD for
 * half a surrogate pair, which is no character in UTF-8. Every value goes through this on its way
 * into a statement, to be stored or to be looked for, so that both databases hold and find the same.
 */
export const storableText = (text: string): string =>
  isStorable(text) ? text : text.replaceAll('\0', '').replace(LONE_SURROGATE, '\uFFFD');

/** A value, or a list of them, as both databases can hold it: see {@link storableText}. */
export const storable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(storable);
  return typeof value === 'string' ? storableText(value) : value;
};

/** A UTF-16 unit's place in the order of code points: surrogates stand for what lies beyond U+FFFF. */
const placeOf = (unit: number): number => {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
};

/**
 * Compares texts as the databases do: by code point, which is by byte in UTF-8. `<` compares UTF-16
 * units, and so puts U+1F54A before U+FB01.
 */
export const compareTexts = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x !== y) return placeOf(x) - placeOf(y);
  }
  return a.length - b.length;
};
