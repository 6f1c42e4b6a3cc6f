import { hash } from 'node:crypto';
import type { Graph } from '../../gateway/graph';
import { bodiesVersion } from '../../subgraphs/shared/bodies';
import { hashTables } from '../../subgraphs/shared/logical-hash';
import type { TableHash } from '../../subgraphs/shared/table-hash';
import { pinSnapshot } from '../../subgraphs/shared/tables';

/** What an installation holds, in one figure, and by database and table. */
export interface InstallationHash {
  /** The same for two installations that say the same, however they came to it. */
  whole: string;
  databases: { name: string; version: number; tables: TableHash[] }[];
}

/** Hashes all databases as of one moment, while others read and write. */
export const hashInstallation = async (graph: Graph): Promise<InstallationHash> => {
  const snapshots = await graph.together(() =>
    Promise.all(graph.subgraphs.map(async ({ name, db }) => ({ name, db: await pinSnapshot(db) }))),
  );
  try {
    const databases: InstallationHash['databases'] = [];
    for (const { name, db } of snapshots) {
      const version = await bodiesVersion(db);
      databases.push({ name, version, tables: await hashTables(db) });
    }
    const said = databases.map(({ name, tables }) => [name, tables]);
    return { whole: hash('sha256', JSON.stringify(said)).slice(0, 32), databases };
  } finally {
    await Promise.all(snapshots.map(({ db }) => db.rollback()));
  }
};
