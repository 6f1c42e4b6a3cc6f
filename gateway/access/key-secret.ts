import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE = 'key-secret';

/**
 * The server's secret, without which the stored hashes of keys say nothing: as given, else as kept in
 * the data folder, where the first to ask puts a fresh one that only its owner can read. Whoever
 * loses it has to hand out new keys.
 */
export const readKeySecret = async (dataDir: string, given: string | null): Promise<string> => {
  if (given !== null) return given;
  const file = path.join(dataDir, FILE);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept;
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
