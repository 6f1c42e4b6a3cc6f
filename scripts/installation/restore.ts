import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openGraph } from '../../gateway/graph';
import { lockFile } from '../../gateway/locks';
import { putInPlace, RESTORED } from '../../gateway/restored';
import { isPostgres } from '../../subgraphs/shared/db';
import { takeLock } from '../../subgraphs/shared/locks';
import { migrationsOf } from '../../subgraphs/shared/tables';
import { copyDatabases } from '../db/copy';
import { type Manifest, readChecked } from './manifest';
import { verifyInstallation } from './verify';

/** The gateway's own databases, which are none of the installation's and stay as they are. */
const OWN = ['access.sqlite', 'registry.sqlite'];

/** Copies a backup and opens the copy: what it says must be what was backed up. */
const copyChecked = async (backup: string, manifest: Manifest, to: string): Promise<void> => {
  await mkdir(to, { recursive: true });
  for (const { file } of manifest.databases)
    await copyFile(path.join(backup, file), path.join(to, file));
  const copy = await openGraph(to);
  try {
    const { whole, faults } = await verifyInstallation(copy);
    if (faults.length > 0) throw new Error(`${backup} is not sound: ${faults.join('; ')}`);
    const migrations = await Promise.all(copy.subgraphs.map(({ db }) => migrationsOf(db)));
    // One that an older version made is brought to this version's migrations, which may change the hash.
    const sameVersion =
      JSON.stringify(migrations) ===
      JSON.stringify(manifest.databases.map((database) => database.migrations));
    if (sameVersion && whole !== manifest.hash)
      throw new Error(`${backup} does not say what was backed up: its hash is ${whole}.`);
  } finally {
    await copy.close();
  }
  await rm(path.join(to, 'locks'), { recursive: true });
};

/**
 * Checks a backup: every byte, and what it says once it is opened. The backup itself is only read.
 * @throws Error that says what is wrong.
 */
export const verifyBackup = async (backup: string): Promise<Manifest> => {
  const manifest = await readChecked(backup);
  const folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-backup-'));
  try {
    await copyChecked(backup, manifest, path.join(folder, 'copy'));
  } finally {
    await rm(folder, { recursive: true });
  }
  return manifest;
};

/** Brings a backup into PostgreSQL, row by row, after all of it was checked. */
const restoreRows = async (backup: string, place: string, replace: boolean): Promise<Manifest> => {
  const manifest = await readChecked(backup);
  const folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-restore-'));
  try {
    await copyChecked(backup, manifest, path.join(folder, 'copy'));
    await copyDatabases(path.join(folder, 'copy'), place, { replace });
  } finally {
    await rm(folder, { recursive: true });
  }
  return manifest;
};

/**
 * Brings a backup into a data folder: checked, and whole or not at all.
 * @param dataDir a folder, or `postgres://…`, where each database is restored whole or not at all.
 * @param replace give up what the place holds.
 * @throws Error if the backup is not sound, the folder holds databases, or somebody has it open.
 */
export const restore = async (
  backup: string,
  dataDir: string,
  { replace }: { replace: boolean },
): Promise<Manifest> => {
  if (isPostgres(dataDir)) return restoreRows(backup, dataDir, replace);
  const manifest = await readChecked(backup);
  await mkdir(dataDir, { recursive: true });
  const release = await takeLock(lockFile(dataDir, 'open'), 'exclusive');
  if (!release)
    throw new Error(
      `${dataDir} is in use: stop the server, and let imports end, before a restore.`,
    );
  try {
    const present = (await readdir(dataDir)).filter(
      (name) => name.endsWith('.sqlite') && !OWN.includes(name),
    );
    if (present.length > 0 && !replace)
      throw new Error(`${dataDir} holds an installation; --replace gives it up for the backup.`);
    const unready = path.join(dataDir, `${RESTORED}.unready`);
    await rm(unready, { recursive: true, force: true });
    try {
      await copyChecked(backup, manifest, unready);
      // From here on it is restored: whoever opens the folder next does what may be left.
      await rename(unready, path.join(dataDir, RESTORED));
    } finally {
      await rm(unready, { recursive: true, force: true });
    }
    await putInPlace(dataDir);
    return manifest;
  } finally {
    await release();
  }
};
