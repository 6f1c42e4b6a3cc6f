import type { IncomingHttpHeaders } from 'node:http';
import { PublicError } from '../../subgraphs/shared/errors';
import type { Caller } from '../context';
import { readCredentials } from './credentials';
import type { Keys } from './keys';

const EVERYONE: Pick<Caller, 'tier' | 'keyId'> = { tier: 0, keyId: null };

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
): Promise<Pick<Caller, 'tier' | 'keyId'>> => {
  const credentials = readCredentials(headers, queried);
  if (credentials.status === 'none') return EVERYONE;
  if (credentials.status === 'unreadable')
    throw new Unauthenticated(`The request’s key cannot be read. ${credentials.because}`);
  const check = await keys?.check(credentials.key);
  if (check?.status !== 'valid') throw new Unauthenticated(WORDS[check?.because ?? 'unknown']);
  return { tier: check.key.tier, keyId: check.key.id };
};

/** What to put in `WWW-Authenticate`: Basic only for those who came with it, or browsers ask people. */
export const challengeFor = ({ authorization }: IncomingHttpHeaders): string =>
  /^basic /i.test(authorization ?? '')
    ? 'Basic realm="Peacegraph", charset="UTF-8"'
    : 'Bearer realm="Peacegraph", error="invalid_token"';
