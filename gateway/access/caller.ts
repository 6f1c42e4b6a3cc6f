import type { IncomingHttpHeaders } from 'node:http';
import { PublicError } from '../../subgraphs/shared/errors';
import type { Caller } from '../context';
import { readCredentials } from './credentials';
import type { Keys } from './keys';

/** Who asks, by the key that came along. */
export interface KnownCaller extends Pick<Caller, 'tier' | 'keyId'> {
  /** The partner whose subgraph the key may publish; null: none. */
  partner: string | null;
}

const EVERYONE: KnownCaller = { tier: 0, keyId: null, partner: null };

/** What a client is told whose key does not count; it never sees the public's answer instead. */
export class Unauthenticated extends PublicError {
  constructor(because: string) {
    super('UNAUTHENTICATED', `${because} Leave it out to ask as the public does.`);
    this.name = 'Unauthenticated';
  }
}

const WORDS = {
  unknown: 'The key is none of this server’s.',
  expired: 'The key has expired.',
  revoked: 'The key was revoked.',
} as const;

/**
 * Tells callers apart by their keys.
 * @param keys absent: there are none, and any that comes is refused.
 * @param queried a key in the address, for routes that take one there.
 * @throws Unauthenticated, for a key that is wrong, expired or revoked.
 */
export const callerOf = async (
  headers: IncomingHttpHeaders,
  keys: Pick<Keys, 'check'> | undefined,
  queried?: string,
): Promise<KnownCaller> => {
  const credentials = readCredentials(headers, queried);
  if (credentials.status === 'none') return EVERYONE;
  if (credentials.status === 'unreadable')
    throw new Unauthenticated(`The request’s key cannot be read. ${credentials.because}`);
  const check = await keys?.check(credentials.key);
  if (check?.status !== 'valid') throw new Unauthenticated(WORDS[check?.because ?? 'unknown']);
  const { tier, id, partner } = check.key;
  return { tier, keyId: id, partner };
};

/** What to put in `WWW-Authenticate`: Basic only for those who came with it, or browsers ask people. */
export const challengeFor = ({ authorization }: IncomingHttpHeaders): string =>
  /^basic /i.test(authorization ?? '')
    ? 'Basic realm="Peacegraph", charset="UTF-8"'
    : 'Bearer realm="Peacegraph", error="invalid_token"';
