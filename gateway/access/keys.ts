import { createHmac, timingSafeEqual } from 'node:crypto';
import { formatKey, newKeyId, newSecret, parseKey } from './key';
import type { KeyStore, StoredKey, StoredSecret } from './key.store';

/** How long a running process may take to notice that a key was revoked, in milliseconds. */
export const NOTICED_WITHIN_MS = 5000;
const KEPT_MS = 2000;
const MOST_KEPT = 10_000;

/** What a key is to be. */
export interface NewKey {
  label: string;
  tier: number;
  owner?: string | null;
  /** The partner whose subgraph it may publish. */
  partner?: string | null;
  /** ISO 8601, UTC; absent: it does not end. */
  expiresAt?: string | null;
}

/** Whether a text is a key that counts now. */
export type KeyCheck =
  | { status: 'valid'; key: StoredKey }
  | { status: 'refused'; because: 'unknown' | 'expired' | 'revoked' };

const REFUSED: KeyCheck = { status: 'refused', because: 'unknown' };

/**
 * The keys of an installation.
 * @param secret with which secrets are hashed (HMAC-SHA-256): the database alone gives no key away,
 *   and cannot be made to accept one.
 * @param clock the time in milliseconds.
 */
export const createKeys = (store: KeyStore, secret: string, clock: () => number = Date.now) => {
  const hashOf = (id: string, own: string) =>
    createHmac('sha256', secret).update(`${id}:${own}`).digest('hex');
  const isOf = (hash: string, stored: StoredSecret) =>
    timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(stored.hash, 'hex'));
  const isoNow = () => new Date(clock()).toISOString();

  type Found = Awaited<ReturnType<KeyStore['byId']>>;
  const kept = new Map<string, { found: Promise<Found>; until: number }>();
  /** A key by its id, looked up at most once in two seconds, whether it exists or not. */
  const lookUp = (id: string): Promise<Found> => {
    const known = kept.get(id);
    if (known && known.until > clock()) return known.found;
    const found = store.byId(id);
    // A failed look-up is no answer to keep.
    found.catch(() => kept.delete(id));
    kept.delete(id);
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(id, { found, until: clock() + KEPT_MS });
    return found;
  };

  return {
    /** Makes a key; answers it with its text, which is nowhere kept and cannot be shown again. */
    create: async ({ label, tier, owner = null, partner = null, expiresAt = null }: NewKey) => {
      const [id, own] = [newKeyId(), newSecret()];
      const times = { createdAt: isoNow(), expiresAt, revokedAt: null };
      const key = { id, label, tier, owner, partner, ...times };
      await store.insert({ ...key, secrets: [{ hash: hashOf(id, own), validUntil: null }] });
      return { key, text: formatKey({ id, secret: own }) };
    },

    /** All keys, the oldest first. */
    list: (): Promise<StoredKey[]> => store.all(),

    /** Ends a key at once; false if none stands under this id. */
    revoke: (id: string): Promise<boolean> => store.revoke(id, isoNow()),

    /**
     * Gives a key a new secret; the former one counts for a while longer, so that its users can change.
     * @returns the new text, or null if no key stands under this id.
     */
    rotate: async (id: string, overlapMs: number): Promise<string | null> => {
      const key = await store.byId(id);
      if (!key || key.revokedAt !== null) return null;
      const own = newSecret();
      await store.addSecret(id, hashOf(id, own), new Date(clock() + overlapMs).toISOString());
      return formatKey({ id, secret: own });
    },

    /** Whether a text is a key, and which. Why not is told only to those who know the secret. */
    check: async (text: string): Promise<KeyCheck> => {
      const parts = parseKey(text);
      if (!parts) return REFUSED;
      const key = await lookUp(parts.id);
      const hash = hashOf(parts.id, parts.secret);
      const secret = key?.secrets.find((stored) => isOf(hash, stored));
      if (!key || !secret) return REFUSED;
      const { secrets: _secrets, ...known } = key;
      if (known.revokedAt !== null) return { status: 'refused', because: 'revoked' };
      const now = isoNow();
      const ended = [known.expiresAt, secret.validUntil].some((end) => end !== null && end <= now);
      return ended ? { status: 'refused', because: 'expired' } : { status: 'valid', key: known };
    },

    close: () => store.close(),
  };
};
export type Keys = ReturnType<typeof createKeys>;
