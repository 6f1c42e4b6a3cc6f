const FORM = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LENGTHS = [2, 30] as const;

const letters = (name: string): string => name.replaceAll('-', '');

/**
 * What keeps a partner from having a name; null if nothing does. Two names may not differ by hyphens
 * alone: their fields could have the same prefix.
 * @param taken our own subgraphs and all partners there ever were.
 */
export const faultOfName = (name: string, taken: readonly string[]): string | null => {
  const [least, most] = LENGTHS;
  if (!FORM.test(name) || name.length < least || name.length > most)
    return `A partner's name is ${least} to ${most} small letters and digits, in words joined by single hyphens, and begins with a letter.`;
  const like = taken.find((other) => letters(other) === letters(name));
  if (like === undefined) return null;
  return like === name
    ? `The name ${name} is taken.`
    : `The name ${name} is too much like ${like}.`;
};
