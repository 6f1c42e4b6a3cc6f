import { mkdir } from 'node:fs/promises';
import { databaseAt, isPostgres, openDatabase } from '../../subgraphs/shared/db';
import { createTurn } from '../../subgraphs/shared/locks';
import { lockOf } from '../locks';
import { createFeedsStore, type FeedsStore } from './feeds.store';
import { createRegistryStore, REGISTRY_MIGRATIONS, type RegistryStore } from './registry.store';
import { createUsageStore, type UsageStore } from './usage.store';

/** The registry's own database. */
export interface RegistryDatabase {
  registry: RegistryStore;
  usage: UsageStore;
  feeds: FeedsStore;
  close(): Promise<void>;
}

/**
 * Opens the registry's database, with the other databases, and makes it if it is missing.
 * @param place a folder, or `postgres://…`.
 */
export const openRegistryDatabase = async (place: string): Promise<RegistryDatabase> => {
  if (!isPostgres(place)) await mkdir(place, { recursive: true });
  // Another process may be making the same.
  const db = await createTurn(lockOf(place, 'migration')).take(() =>
    openDatabase(databaseAt(place, 'registry'), REGISTRY_MIGRATIONS),
  );
  return {
    registry: createRegistryStore(db),
    usage: createUsageStore(db),
    feeds: createFeedsStore(db),
    close: () => db.destroy(),
  };
};
