import type { IncomingHttpHeaders } from 'node:http';

/** What a request says of who asks. */
export type Credentials =
  { status: 'none' } | { status: 'given'; key: string } | { status: 'unreadable'; because: string };

const BASIC = /^basic +([A-Za-z0-9+/=]+)$/i;
const BEARER = /^bearer +(\S+)$/i;

const fromAuthorization = (header: string): string | null => {
  const bearer = BEARER.exec(header)?.[1];
  if (bearer !== undefined) return bearer;
  const basic = BASIC.exec(header)?.[1];
  if (basic === undefined) return null;
  const [, ...password] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return password.join(':');
};

/**
 * The key that comes with a request: `Authorization: Bearer`, HTTP Basic with the key as the password
 * (what BI tools offer; the user's name does not matter), or `X-API-Key`.
 * @param queried a key in the address, for routes that take one there; addresses end in logs and links,
 *   so the graph itself does not.
 */
export const readCredentials = (
  { authorization, 'x-api-key': header }: IncomingHttpHeaders,
  queried?: string,
): Credentials => {
  const keys = new Set<string>();
  if (authorization !== undefined) {
    const key = fromAuthorization(authorization);
    if (key === null)
      return { status: 'unreadable', because: '`Authorization` must be `Bearer` or `Basic`.' };
    keys.add(key);
  }
  if (header !== undefined) keys.add(String(header));
  if (queried !== undefined) keys.add(queried);
  const [key, ...others] = keys;
  if (others.length > 0) return { status: 'unreadable', because: 'It brings two different keys.' };
  return key === undefined ? { status: 'none' } : { status: 'given', key };
};
