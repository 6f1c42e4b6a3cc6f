import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE = 'key-secret';

/** The secret as given, else as kept in the data folder, or null if there is none yet. */
export const findKeySecret = async (
  dataDir: string,
  given: string | null,
): Promise<string | null> =>
  given ?? (await readFile(path.join(dataDir, FILE), 'utf8').catch(() => null));

/** Tells one secret from another and nothing else of it, for places that may not have it. */
export const fingerprintOf = (secret: string): string =>
  createHmac('sha256', secret).update('which key secret this is').digest('hex').slice(0, 16);

/**
 * The server's secret, without which the stored hashes of keys say nothing: as given, else as kept in
 * the data folder, where the first to ask puts a fresh one that only its owner can read. Whoever
 * loses it has to hand out new keys.
 */
export const readKeySecret = async (dataDir: string, given: string | null): Promise<string> => {
  const found = await findKeySecret(dataDir, given);
  if (found !== null) return found;
  const file = path.join(dataDir, FILE);
  await mkdir(dataDir, { recursive: true });
  // Linked in one step, so that of two processes that start at once neither reads half a file.
  const fresh = path.join(dataDir, `${FILE}.${randomUUID()}`);
  await writeFile(fresh, randomBytes(32).toString('hex'), { mode: 0o600 });
  try {
    await link(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(fresh);
  }
  return readFile(file, 'utf8');
};
