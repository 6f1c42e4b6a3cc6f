import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Where a restore keeps databases that are whole and checked until they are in place. */
export const RESTORED = 'restored';

/**
 * Puts restored databases in the place of those that were there. Whatever ends the process on the way,
 * the next call does what is left, so that a restore is done whole once its databases are whole.
 * Nobody may have the folder open.
 */
export const putInPlace = async (directory: string): Promise<void> => {
  const restored = path.join(directory, RESTORED);
  for (const file of await readdir(restored)) {
    // What the former database had not yet taken in from its journal is not the new one's.
    for (const journal of ['-wal', '-shm', '-journal'])
      await rm(path.join(directory, `${file}${journal}`), { force: true });
    await rename(path.join(restored, file), path.join(directory, file));
  }
  await rm(restored, { recursive: true });
};
