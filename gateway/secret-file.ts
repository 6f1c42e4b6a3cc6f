import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A secret as kept in a file, or null if there is none yet. */
export const findSecret = (file: string): Promise<string | null> =>
  readFile(file, 'utf8').catch(() => null);

/** A secret as kept in a file, where the first to ask puts a fresh one that only its owner can read. */
export const keepSecret = async (file: string, make: () => string): Promise<string> => {
  const found = await findSecret(file);
  if (found !== null) return found;
  await mkdir(path.dirname(file), { recursive: true });
  // Linked in one step, so that of two processes that start at once neither reads half a file.
  const fresh = `${file}.${randomUUID()}`;
  await writeFile(fresh, make(), { mode: 0o600 });
  try {
    await link(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(fresh);
  }
  return readFile(file, 'utf8');
};
