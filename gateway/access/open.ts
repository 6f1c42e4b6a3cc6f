import { mkdir } from 'node:fs/promises';
import { databaseAt, openDatabase } from '../../subgraphs/shared/db';
import { createTurn } from '../../subgraphs/shared/locks';
import { lockOf } from '../locks';
import { readKeySecret } from './key-secret';
import { ACCESS_MIGRATIONS, createKeyStore } from './key.store';
import { createKeys, type Keys } from './keys';

export type { Keys } from './keys';

/**
 * Opens the gateway's own database, where keys are, and makes it if it is missing.
 * @param config where it is: with the other databases. Without a secret in it, the one with which keys
 *   are hashed is kept in the data folder.
 */
export const openKeys = async ({
  place,
  dataDir,
  secrets,
}: {
  place: string;
  dataDir: string;
  secrets: { key: string | null };
}): Promise<Keys> => {
  await mkdir(dataDir, { recursive: true });
  const secret = await readKeySecret(dataDir, secrets.key);
  // Another process may be making the same.
  const db = await createTurn(lockOf(place, 'migration')).take(() =>
    openDatabase(databaseAt(place, 'access'), ACCESS_MIGRATIONS),
  );
  return createKeys(createKeyStore(db), secret);
};
