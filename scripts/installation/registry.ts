import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openRegistryDatabase } from '../../gateway/registry/open';
import type { WholeEntry } from '../../gateway/registry/registry.store';
import { checkedLog, readWholeLog } from '../../gateway/registry/whole-log';
import { describeFile, type Manifest, REGISTRY_FILE } from './manifest';

/** Writes the log of partners into a backup, with the texts that it speaks of. */
export const writeRegistry = async (
  place: string,
  folder: string,
): Promise<NonNullable<Manifest['registry']>> => {
  const database = await openRegistryDatabase(place);
  const file = await open(path.join(folder, REGISTRY_FILE), 'w', 0o600);
  let entries = 0;
  try {
    for await (const entry of readWholeLog(database.registry)) {
      await file.write(`${JSON.stringify(entry)}\n`);
      entries += 1;
    }
    await file.sync();
  } finally {
    await file.close();
    await database.close();
  }
  return { ...(await describeFile(folder, REGISTRY_FILE)), file: REGISTRY_FILE, entries };
};

async function* readLines(file: string): AsyncGenerator<WholeEntry> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) yield JSON.parse(line) as WholeEntry;
}

/**
 * Brings the log of a backup, checked before, to where there is none.
 * @returns how many entries, or null if there is a log, which then stays: it is never written over.
 */
export const restoreRegistry = async (
  backup: string,
  { registry }: Manifest,
  place: string,
): Promise<number | null> => {
  if (!registry || registry.entries === 0) return 0;
  const database = await openRegistryDatabase(place);
  return database.registry
    .fill(checkedLog(readLines(path.join(backup, REGISTRY_FILE))))
    .finally(() => database.close());
};

/**
 * Copies the log of partners from one place of databases to another that has none.
 * @returns how many entries, or null if the other place has a log, which then stays.
 */
export const copyRegistry = async (from: string, to: string): Promise<number | null> => {
  const [source, target] = [await openRegistryDatabase(from), await openRegistryDatabase(to)];
  try {
    return (await source.registry.head()).sequence === 0
      ? 0
      : await target.registry.fill(checkedLog(readWholeLog(source.registry)));
  } finally {
    await source.close();
    await target.close();
  }
};
