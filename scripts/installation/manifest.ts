import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** The file of a backup that says what the others are. */
export const MANIFEST = 'manifest.json';

/** The file of a backup that has the API keys, as keyed hashes. */
export const KEYS_FILE = 'keys.json';

/** The file of a backup that has the log of partners, with its texts, as JSON Lines. */
export const REGISTRY_FILE = 'registry.jsonl';

const File = z.object({ file: z.string(), bytes: z.number(), sha256: z.string() });

const Manifest = z.object({
  /** Of this file's own shape. */
  format: z.literal(1),
  /** The version of the program that made it. */
  program: z.string(),
  /** ISO 8601, UTC. */
  madeAt: z.string(),
  /** The logical hash of what it holds, as `verify` shows it. */
  hash: z.string(),
  /** Sources whose import was under way or had been interrupted. */
  unfinished: z.array(z.string()),
  databases: z.array(
    File.extend({
      name: z.string(),
      file: z.string().regex(/^[\w-]+\.sqlite$/),
      migrations: z.array(z.string()),
    }),
  ),
  /** The API keys; older backups have none. */
  keys: File.extend({
    file: z.literal(KEYS_FILE),
    /** How many. */
    count: z.number(),
    /** The fingerprint of the secret with which they are hashed; null: there was none. */
    secret: z.string().nullable(),
  }).optional(),
  /** The log of partners; older backups have none. */
  registry: File.extend({
    file: z.literal(REGISTRY_FILE),
    /** How many entries. */
    entries: z.number(),
  }).optional(),
});
export type Manifest = z.infer<typeof Manifest>;

/** The SHA-256 of a file, hexadecimal. */
const sha256Of = async (file: string): Promise<string> => {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer);
  return digest.digest('hex');
};

/** What a manifest says of a file. */
export const describeFile = async (
  folder: string,
  file: string,
): Promise<{ file: string; bytes: number; sha256: string }> => {
  const place = path.join(folder, file);
  return { file, bytes: (await stat(place)).size, sha256: await sha256Of(place) };
};

/**
 * Reads a backup's manifest and compares every file with it.
 * @throws Error that says which file is missing or not what was backed up.
 */
export const readChecked = async (folder: string): Promise<Manifest> => {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => null);
  if (text === null) throw new Error(`${folder} is no backup: it has no ${MANIFEST}.`);
  let manifest: Manifest;
  try {
    manifest = Manifest.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path.join(folder, MANIFEST)} is not one that this version can read.`);
  }
  const { databases, keys, registry } = manifest;
  const files = [...databases, ...(keys ? [keys] : []), ...(registry ? [registry] : [])];
  for (const { file, bytes, sha256 } of files) {
    const place = path.join(folder, file);
    const found = await stat(place).catch(() => null);
    if (!found) throw new Error(`${place} is missing.`);
    if (found.size !== bytes || (await sha256Of(place)) !== sha256)
      throw new Error(`${place} is not the file that was backed up: its bytes differ.`);
  }
  return manifest;
};
