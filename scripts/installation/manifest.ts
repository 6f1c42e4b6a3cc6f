import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** The file of a backup that says what the others are. */
export const MANIFEST = 'manifest.json';

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
    z.object({
      name: z.string(),
      file: z.string().regex(/^[\w-]+\.sqlite$/),
      bytes: z.number(),
      sha256: z.string(),
      migrations: z.array(z.string()),
    }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

/** The SHA-256 of a file, hexadecimal. */
export const sha256Of = async (file: string): Promise<string> => {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer);
  return digest.digest('hex');
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
  for (const { file, bytes, sha256 } of manifest.databases) {
    const place = path.join(folder, file);
    const found = await stat(place).catch(() => null);
    if (!found) throw new Error(`${place} is missing.`);
    if (found.size !== bytes || (await sha256Of(place)) !== sha256)
      throw new Error(`${place} is not the file that was backed up: its bytes differ.`);
  }
  return manifest;
};
