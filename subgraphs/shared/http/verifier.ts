import type { PublicKeys } from './keys';
import { readSignature, type SignedMessage, signatureHolds } from './signature';

/** Why a request is refused; the codes are part of the protocol between gateway and subgraph. */
export type Refusal =
  | 'SIGNATURE_MISSING'
  | 'SIGNATURE_INCOMPLETE'
  | 'SIGNATURE_STALE'
  | 'SIGNATURE_KEY_UNKNOWN'
  | 'SIGNATURE_INVALID'
  | 'SIGNATURE_REPLAYED';

/** The longest that a signature can be used, in seconds. */
export const SIGNATURE_SECONDS = 30;
/** How far the signer's clock may be ahead of ours, in seconds. */
const CLOCKS_APART = 5;

/** What every signature covers: a part left out could be changed on the way. */
export const COMPONENTS = ['@method', '@authority', '@path', 'peacegraph-source'] as const;
/** What the signature of a request with a body covers, whoever is asked. */
export const PARTNER_COMPONENTS = [
  ...COMPONENTS,
  'content-type',
  'content-digest',
  'peacegraph-request',
] as const;
/** The same of a request to a subgraph of ours, which is told who asks. */
export const BODY_COMPONENTS = [...PARTNER_COMPONENTS, 'peacegraph-viewer'] as const;

/** Remembers what was used, for as long as it could be used again. */
const createNonces = () => {
  const used = new Map<string, number>();
  return (nonce: string, until: number, now: number): boolean => {
    // They expire about in the order in which they come.
    for (const [old, end] of used) {
      if (end > now) break;
      used.delete(old);
    }
    if (used.has(nonce)) return false;
    used.set(nonce, until);
    return true;
  };
};

/**
 * Checks the signatures of requests to one source, each of which is good once.
 * @param name of the source; a request that was signed for another one is refused.
 * @param clock milliseconds since 1970.
 * @param components what the signature of a request with a body has to cover.
 * @returns for a message null, or why it is refused. Its body is the caller's to compare with the digest.
 */
export const createVerifier = (
  name: string,
  keys: PublicKeys,
  clock: () => number = Date.now,
  components: readonly string[] = BODY_COMPONENTS,
): ((message: SignedMessage) => Refusal | null) => {
  const firstUse = createNonces();
  return (message) => {
    const received = readSignature(message.headers);
    if (!received) return 'SIGNATURE_MISSING';
    const { params } = received;
    const { created, expires, nonce, keyid } = params;
    const wanted = message.method === 'GET' ? COMPONENTS : components;
    if (
      expires === undefined ||
      !nonce ||
      wanted.some((part) => !received.components.includes(part))
    )
      return 'SIGNATURE_INCOMPLETE';
    const key = keys.get(keyid);
    if (!key) return 'SIGNATURE_KEY_UNKNOWN';
    const now = clock() / 1000;
    const until = Math.min(expires, created + SIGNATURE_SECONDS);
    if (created > now + CLOCKS_APART || until <= now) return 'SIGNATURE_STALE';
    if (!signatureHolds(message, received, key) || message.headers['peacegraph-source'] !== name)
      return 'SIGNATURE_INVALID';
    // Last, so that nobody without a key can fill the memory.
    return firstUse(`${keyid} ${nonce}`, until, now) ? null : 'SIGNATURE_REPLAYED';
  };
};
