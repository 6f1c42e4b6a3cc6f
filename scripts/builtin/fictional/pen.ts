import type { Random } from './random';

/** What is said of every record that needs a reference. */
export const CITATION = 'Made up, to try things out.';

/** Gives records ids of their own, so that an edition can be compared with the next. */
export const createNumbering = () => {
  const counts = new Map<string, number>();
  return (kind: string): string => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return `${kind}-${count}`;
  };
};

/** What whoever writes records needs. */
export interface Pen {
  random: Random;
  numbered: (kind: string) => string;
}
