import { ownText } from './own-text';

/** Ids that are distinct in what they are taken from: the second of the same gets ` (2)`. */
export const createDistinct = () => {
  const seen = new Map<string, number>();
  return (id: string): string => {
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(times === 1 ? ownText(id) : id, times);
    return times === 1 ? id : `${id} (${times})`;
  };
};
