/**
 * A text of its own. Texts of elements are views on the chunk of the file that they were read from;
 * one that is kept would keep its whole chunk in memory.
 */
export const ownText = (text: string): string => Buffer.from(text).toString();
