import { wordsOf } from '../../../subgraphs/shared/ids';

/** Yes or no as a column holds it; null: nobody says. */
export const flag = (value: boolean | null | undefined): number | null =>
  value === undefined || value === null ? null : value ? 1 : 0;

/** The words of a text as rows of a table of words. */
export const words = (text: string): { word: string }[] => wordsOf(text).map((word) => ({ word }));

/** Each value once. */
export const distinct = <T>(values: readonly T[] | undefined): T[] => [...new Set(values ?? [])];
