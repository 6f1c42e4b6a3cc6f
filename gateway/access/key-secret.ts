import { createHmac, randomBytes } from 'node:crypto';
import path from 'node:path';
import { findSecret, keepSecret } from '../secret-file';

const FILE = 'key-secret';

/** The secret as given, else as kept in the data folder, or null if there is none yet. */
export const findKeySecret = async (
  dataDir: string,
  given: string | null,
): Promise<string | null> => given ?? (await findSecret(path.join(dataDir, FILE)));

/** Tells one secret from another and nothing else of it, for places that may not have it. */
export const fingerprintOf = (secret: string): string =>
  createHmac('sha256', secret).update('which key secret this is').digest('hex').slice(0, 16);

/**
 * The server's secret, without which the stored hashes of keys say nothing: as given, else as kept in
 * the data folder. Whoever loses it has to hand out new keys.
 */
export const readKeySecret = async (dataDir: string, given: string | null): Promise<string> =>
  given ?? keepSecret(path.join(dataDir, FILE), () => randomBytes(32).toString('hex'));
