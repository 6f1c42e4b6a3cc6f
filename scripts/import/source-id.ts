import path from 'node:path';

/** The source that a file is an edition of, where nobody says: its name without folder and ending. */
export const sourceIdFor = (standard: string, name: string): string =>
  `${standard}-${path
    .basename(name)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')}`;
