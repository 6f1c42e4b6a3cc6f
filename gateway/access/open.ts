import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '../../subgraphs/shared/db';
import { readKeySecret } from './key-secret';
import { ACCESS_MIGRATIONS, createKeyStore } from './key.store';
import { createKeys, type Keys } from './keys';

export type { Keys } from './keys';

/**
 * Opens the gateway's own database, where keys are, and makes it if it is missing.
 * @param keySecret with which keys are hashed; null: the one that the data folder keeps.
 */
export const openKeys = async (dataDir: string, keySecret: string | null): Promise<Keys> => {
  await mkdir(dataDir, { recursive: true });
  const secret = await readKeySecret(dataDir, keySecret);
  return createKeys(
    createKeyStore(await openDatabase(path.join(dataDir, 'access.sqlite'), ACCESS_MIGRATIONS)),
    secret,
  );
};
