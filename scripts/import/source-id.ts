import path from 'node:path';
import { indexable } from '../../subgraphs/shared/ids';

/** The source that a file is an edition of, where nobody says: its name without folder and ending. */
export const sourceIdFor = (standard: string, name: string): string =>
  indexable(
    `${standard}-${path
      .basename(name)
      .replace(/\.[^.]*$/, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')}`,
  );
