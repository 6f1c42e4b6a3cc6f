/** An XML element as IATI files use them: attributes, text, children. Contact details never get here. */
export interface Element {
  name: string;
  /** The line of its start tag. */
  line: number;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const NO_CHILDREN: Element[] = [];

/** The children of a name, in order. */
export const childrenOf = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((child) => child.name === name) ?? NO_CHILDREN;

/** The first child of a name. */
export const childOf = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((child) => child.name === name);

const SPACE = 32;
const ASCII_END = 127;
const isInk = (code: number): boolean => code > SPACE && code < ASCII_END;

/** An attribute without white space around, or null if it is missing or empty. */
export const attributeOf = (element: Element | undefined, name: string): string | null => {
  const text = element?.attributes[name];
  if (text === undefined || text === '') return null;
  // Most have nothing to trim, and to look is cheaper than to try.
  return isInk(text.charCodeAt(0)) && isInk(text.charCodeAt(text.length - 1))
    ? text
    : text.trim() || null;
};

const UNTIDY = /[^\S ]| {2}/;

/** With white space as single spaces, none around; null if nothing is left. */
const tidy = (text: string): string | null =>
  (UNTIDY.test(text) ? text.replace(/\s+/g, ' ') : text).trim() || null;

const isEnglish = ({ attributes }: Element): boolean =>
  (attributes['xml:lang'] ?? 'en').toLowerCase().startsWith('en');

/**
 * The words of an element: its English or unmarked `<narrative>` (2.0x), else its first, else its own
 * text (1.0x).
 */
export const wordsIn = (element: Element | undefined): string | null => {
  if (!element) return null;
  let first: string | null = null;
  for (const child of element.children) {
    const words = child.name === 'narrative' ? tidy(child.text) : null;
    if (words === null) continue;
    if (isEnglish(child)) return words;
    first ??= words;
  }
  return first ?? tidy(element.text);
};
