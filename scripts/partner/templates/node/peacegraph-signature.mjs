// Tells requests of the gateway from all others: HTTP Message Signatures (RFC 9421) with Ed25519.
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, verify } from 'node:crypto';

const COVERED = ['@method', '@authority', '@path', 'content-digest', 'peacegraph-source'];
const INPUT = /^([a-z][\w-]*)=(\(((?:"[a-z0-9@-]+" ?)*)\)((?:;[a-z]+=(?:\d{1,15}|"[^"\\]*"))*))$/;
const PARAM = /;([a-z]+)=(?:"([^"]*)"|(\d+))/g;
const SIGNATURE = /^([a-z][\w-]*)=:([A-Za-z0-9+/]{86}==):$/;
const sha256 = (data, form) => createHash('sha256').update(data).digest(form);
const keyOf = (jwk) => createPublicKey({ key: jwk, format: 'jwk' });
const idOf = ({ crv, kty, x }) => sha256(JSON.stringify({ crv, kty, x }), 'base64url');

/** The gateway's keys under their names (RFC 7638), of the JWK set that it publishes. */
export const readKeys = (jwks) => new Map(JSON.parse(jwks).keys.map((k) => [idOf(k), keyOf(k)]));

/** @returns for a request and its bytes null, or why it must not be answered. Each is good once. */
export const createVerifier = (name, keys, clock = Date.now, used = new Map()) => {
  return ({ method, url, headers }, body) => {
    const [, label, signed, names, params] = INPUT.exec(headers['signature-input']) ?? [];
    const [, same, signature] = SIGNATURE.exec(headers.signature) ?? [];
    if (!label || label !== same) return 'SIGNATURE_MISSING';
    const read = [...params.matchAll(PARAM)].map(([, key, text, count]) => [key, text ?? +count]);
    const { created, expires, nonce, keyid } = Object.fromEntries(read);
    const parts = { '@method': method, '@authority': headers.host?.toLowerCase(), '@path': url };
    const covered = names.split(' ').map((quoted) => quoted.slice(1, -1));
    const lines = covered.map((part) => `"${part}": ${parts[part] ?? headers[part]}\n`);
    const text = Buffer.from(`${lines.join('')}"@signature-params": ${signed}`);
    if (!nonce || COVERED.some((part) => !covered.includes(part))) return 'SIGNATURE_INCOMPLETE';
    if (!keys.has(keyid)) return 'SIGNATURE_KEY_UNKNOWN';
    const [now, until] = [clock() / 1000, Math.min(expires, created + 30)];
    if (!(created <= now + 5 && until > now)) return 'SIGNATURE_STALE';
    const holds = verify(null, text, keys.get(keyid), Buffer.from(signature, 'base64'));
    const whole = headers['content-digest'] === `sha-256=:${sha256(body, 'base64')}:`;
    if (!holds || !whole || headers['peacegraph-source'] !== name) return 'SIGNATURE_INVALID';
    for (const [old, end] of used) if (end > now || !used.delete(old)) break;
    if (used.has(`${keyid} ${nonce}`)) return 'SIGNATURE_REPLAYED';
    return used.set(`${keyid} ${nonce}`, until) && null;
  };
};
