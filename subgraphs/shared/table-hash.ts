import { hash } from 'node:crypto';
import type { Value } from './db';

/** What a table holds, in one figure. */
export interface TableHash {
  table: string;
  rows: number;
  /** 32 hexadecimal digits: the same for the same rows, in whatever order they are kept. */
  hash: string;
}

/** A row of a table by its columns' names. */
export type TableRow = Record<string, Value>;

const DIGITS = 32;
const SPACE = 1n << 128n;

/**
 * Hashes a table as its rows come. The hashes of rows are added up, so that no order is needed, which
 * databases would not agree on, and each row counts; memory does not grow with them.
 * @param textOf what counts of a row, the same on every database.
 */
export const createTableHash = (table: string, textOf: (row: TableRow) => string) => {
  let rows = 0;
  let sum = 0n;
  return {
    add: (some: readonly TableRow[]): void => {
      rows += some.length;
      for (const row of some)
        sum = (sum + BigInt(`0x${hash('sha256', textOf(row)).slice(0, DIGITS)}`)) % SPACE;
    },
    result: (): TableHash => ({ table, rows, hash: sum.toString(16).padStart(DIGITS, '0') }),
  };
};
