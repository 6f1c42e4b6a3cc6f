import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Graph, openGraph } from '../../gateway/graph';
import { now } from '../../subgraphs/shared/dates';
import { isPostgres } from '../../subgraphs/shared/db';
import { copyInto, migrationsOf } from '../../subgraphs/shared/tables';
import { version } from '../../package.json';
import { copyGraph } from '../db/copy';
import type { KeyPlace } from '../../gateway/access/open';
import { writeKeys } from './keys';
import { writeRegistry } from './registry';
import { describeFile, KEYS_FILE, MANIFEST, type Manifest } from './manifest';
import { verifyInstallation } from './verify';

/** Makes sure that what was written to a file, or that a folder has it, outlasts a power cut. */
const sync = async (place: string): Promise<void> => {
  const handle = await open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Opens copied databases as an installation, checks them, and answers what they are. */
const describe = async (
  folder: string,
): Promise<Omit<Manifest, 'format' | 'program' | 'madeAt' | 'keys' | 'registry'>> => {
  const copy = await openGraph(folder);
  const described = await (async () => {
    const { whole, faults, unfinished } = await verifyInstallation(copy);
    if (faults.length > 0) throw new Error(`The copy is not sound: ${faults.join('; ')}`);
    const migrations = await Promise.all(
      copy.subgraphs.map(async ({ name, db }) => ({ name, migrations: await migrationsOf(db) })),
    );
    return { hash: whole, unfinished: unfinished.map(({ sourceId }) => sourceId), migrations };
  })().finally(() => copy.close());
  await rm(path.join(folder, 'locks'), { recursive: true });
  const { migrations: databases, ...more } = described;
  return {
    ...more,
    databases: await Promise.all(
      databases.map(async ({ name, migrations }) => {
        const file = `${name}.sqlite`;
        await sync(path.join(folder, file));
        return { name, ...(await describeFile(folder, file)), migrations };
      }),
    ),
  };
};

/** Files are copied as files; what is in PostgreSQL becomes files, row by row. */
const copyAll = async (graph: Graph, folder: string): Promise<void> => {
  if (graph.place === null || !isPostgres(graph.place)) {
    await graph.together(() =>
      Promise.all(
        graph.subgraphs.map(({ name, db }) => copyInto(db, path.join(folder, `${name}.sqlite`))),
      ),
    );
    return;
  }
  const copy = await openGraph(folder);
  try {
    await copyGraph(graph, copy);
  } finally {
    await copy.close();
  }
};

/**
 * Copies a whole installation into a new folder, while others read and write: as of one moment, with
 * all or nothing of what an import commits, checked, and with a manifest. An import's last step waits
 * while the databases are copied.
 * @param keys where the gateway's own databases are: API keys, which come along as keyed hashes, and the
 *   log of partners; null: neither does.
 * @throws Error if the folder holds something, or the copy is not sound; it is then not there.
 */
export const backUp = async (
  graph: Graph,
  folder: string,
  keys: KeyPlace | null = null,
): Promise<Manifest> => {
  if ((await readdir(folder).catch(() => [])).length > 0)
    throw new Error(`${folder} is not empty; a backup needs a folder of its own.`);
  const unready = `${folder}.unready`;
  await rm(unready, { recursive: true, force: true });
  await mkdir(unready, { recursive: true });
  try {
    await copyAll(graph, unready);
    const manifest: Manifest = {
      format: 1,
      program: version,
      madeAt: now(),
      ...(await describe(unready)),
      ...(keys && {
        keys: await writeKeys(keys, unready),
        registry: await writeRegistry(keys.place, unready),
      }),
    };
    if (keys) await sync(path.join(unready, KEYS_FILE));
    await writeFile(path.join(unready, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await sync(path.join(unready, MANIFEST));
    await sync(unready);
    await rename(unready, folder);
    return manifest;
  } catch (error) {
    await rm(unready, { recursive: true, force: true });
    throw error;
  }
};
