import { mkdir } from 'node:fs/promises';
import { databaseAt, isPostgres, openDatabase } from '../../subgraphs/shared/db';
import { createTurn } from '../../subgraphs/shared/locks';
import { lockOf } from '../locks';
import { readKeySecret } from './key-secret';
import { ACCESS_MIGRATIONS, createKeyStore, type KeyStore } from './key.store';
import { createKeys, type Keys } from './keys';

export { findKeySecret, fingerprintOf } from './key-secret';
export type { Keys } from './keys';

/** Where an installation's keys are, and where the secret with which they are hashed. */
export interface KeyPlace {
  place: string;
  dataDir: string;
  secrets: { key: string | null };
}

/** Opens the gateway's own database, with the other databases, and makes it if it is missing. */
export const openKeyStore = async (place: string): Promise<KeyStore> => {
  if (!isPostgres(place)) await mkdir(place, { recursive: true });
  // Another process may be making the same.
  const db = await createTurn(lockOf(place, 'migration')).take(() =>
    openDatabase(databaseAt(place, 'access'), ACCESS_MIGRATIONS),
  );
  return createKeyStore(db);
};

/**
 * The keys of an installation. Without a secret that is given, the one with which keys are hashed is
 * kept in the data folder.
 */
export const openKeys = async (config: KeyPlace): Promise<Keys> => {
  const secret = await readKeySecret(config.dataDir, config.secrets.key);
  return createKeys(await openKeyStore(config.place), secret);
};
