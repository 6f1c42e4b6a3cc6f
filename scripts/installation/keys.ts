import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  findKeySecret,
  fingerprintOf,
  type KeyPlace,
  openKeyStore,
} from '../../gateway/access/open';
import { describeFile, KEYS_FILE, type Manifest } from './manifest';

const Time = z.string().nullable();
const Keys = z.array(
  z.object({
    id: z.string(),
    label: z.string(),
    tier: z.number(),
    owner: z.string().nullable(),
    // Older backups know of no partners.
    partner: z.string().nullable().default(null),
    createdAt: z.string(),
    expiresAt: Time,
    revokedAt: Time,
    secrets: z.array(z.object({ hash: z.string(), validUntil: Time })),
  }),
);

const fingerprintIn = async ({ dataDir, secrets }: KeyPlace): Promise<string | null> => {
  const secret = await findKeySecret(dataDir, secrets.key);
  return secret === null ? null : fingerprintOf(secret);
};

/**
 * Writes the keys of an installation into a backup, as keyed hashes. The secret that keys them stays
 * out of it, so that whoever finds a backup can make no key that counts.
 */
export const writeKeys = async (
  from: KeyPlace,
  folder: string,
): Promise<NonNullable<Manifest['keys']>> => {
  const store = await openKeyStore(from.place);
  const keys = await store.allWhole().finally(() => store.close());
  await writeFile(path.join(folder, KEYS_FILE), `${JSON.stringify(keys, null, 2)}\n`, {
    mode: 0o600,
  });
  return {
    ...(await describeFile(folder, KEYS_FILE)),
    file: KEYS_FILE,
    count: keys.length,
    secret: await fingerprintIn(from),
  };
};

/** What became of the keys of a backup. */
export type KeysRestored =
  | { status: 'none' }
  /** Keys were there, and stay: an older list would give back what was revoked since. */
  | { status: 'kept' }
  | { status: 'restored'; count: number; secret: 'same' | 'missing' | 'other' };

/** Brings the keys of a backup, checked before, to where there are none. */
export const restoreKeys = async (
  backup: string,
  { keys: described }: Manifest,
  to: KeyPlace,
): Promise<KeysRestored> => {
  if (!described || described.count === 0) return { status: 'none' };
  const keys = Keys.parse(JSON.parse(await readFile(path.join(backup, KEYS_FILE), 'utf8')));
  const store = await openKeyStore(to.place);
  const filled = await store.fill(keys).finally(() => store.close());
  if (!filled) return { status: 'kept' };
  const found = await fingerprintIn(to);
  const secret = found === null ? 'missing' : found === described.secret ? 'same' : 'other';
  return { status: 'restored', count: keys.length, secret };
};

/**
 * Copies keys from one place of databases to another that has none; they count there with the same secret.
 * @returns how many were copied, or null if the other place has keys, which then stay.
 */
export const copyKeys = async (from: string, to: string): Promise<number | null> => {
  const source = await openKeyStore(from);
  const keys = await source.allWhole().finally(() => source.close());
  if (keys.length === 0) return 0;
  const target = await openKeyStore(to);
  const filled = await target.fill(keys).finally(() => target.close());
  return filled ? keys.length : null;
};
