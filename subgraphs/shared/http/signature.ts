import { createHash, type KeyObject, sign, verify } from 'node:crypto';

/** The parts of an HTTP request that a signature can cover. */
export interface SignedMessage {
  method: string;
  /** Host and port, as the `host` header has them. */
  authority: string;
  path: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What a signature says of itself (RFC 9421, 2.3). Times are whole seconds since 1970. */
export interface SignatureParams {
  created: number;
  expires?: number;
  nonce?: string;
  keyid: string;
}

/** A signature as it was received. */
export interface ReceivedSignature {
  components: readonly string[];
  params: SignatureParams;
  /** The text that was signed as `@signature-params`, to the byte. */
  paramsText: string;
  signature: Buffer;
}

const valueOf = (component: string, { method, authority, path, headers }: SignedMessage) => {
  if (component === '@method') return method;
  if (component === '@authority') return authority.toLowerCase();
  if (component === '@path') return path;
  const value = headers[component];
  return (Array.isArray(value) ? value.join(', ') : value)?.trim();
};

/** The text that is signed (RFC 9421, 2.5), or null if the message lacks a component. */
export const signatureBase = (
  message: SignedMessage,
  components: readonly string[],
  paramsText: string,
): string | null => {
  const lines: string[] = [];
  for (const component of components) {
    const value = valueOf(component, message);
    if (value === undefined) return null;
    lines.push(`"${component}": ${value}`);
  }
  return [...lines, `"@signature-params": ${paramsText}`].join('\n');
};

/** Components and parameters as a structured field (RFC 8941), in the order in which they are given. */
const paramsTextOf = (components: readonly string[], params: SignatureParams): string => {
  const given = Object.entries(params).map(
    ([name, value]) => `;${name}=${typeof value === 'number' ? value : `"${value}"`}`,
  );
  return `(${components.map((component) => `"${component}"`).join(' ')})${given.join('')}`;
};

interface SigningTask {
  components: readonly string[];
  params: SignatureParams;
  key: KeyObject;
}

/**
 * Signs a request by RFC 9421 with an Ed25519 key.
 * @param components names in lower case; each must be there.
 * @param params text parameters hold neither quotes nor backslashes.
 * @returns the two headers that carry the signature.
 * @throws Error if the message lacks a component.
 */
export const signMessage = (
  message: SignedMessage,
  { components, params, key }: SigningTask,
  label = 'peacegraph',
): { 'signature-input': string; signature: string } => {
  const paramsText = paramsTextOf(components, params);
  const base = signatureBase(message, components, paramsText);
  if (base === null) throw new Error(`The request lacks one of ${components.join(', ')}.`);
  return {
    'signature-input': `${label}=${paramsText}`,
    signature: `${label}=:${sign(null, Buffer.from(base), key).toString('base64')}:`,
  };
};

const INPUT =
  /^([a-z][a-z0-9-]*)=(\(((?:"[a-z0-9@-]+" ?)*)\)((?:;[a-z]+=(?:\d{1,15}|"[\x20\x21\x23-\x5b\x5d-\x7e]*"))*))$/;
const PARAM = /;([a-z]+)=(?:(\d+)|"([^"]*)")/g;
const SIGNATURE = /^([a-z][a-z0-9-]*)=:([A-Za-z0-9+/]{86}==):$/;

/**
 * Reads the signature of a request. One signature in the plain form that `signMessage` writes is
 * read, and nothing cleverer: what is read loosely can be read in two ways.
 * @returns null if there is none, or none of this form.
 */
export const readSignature = (headers: SignedMessage['headers']): ReceivedSignature | null => {
  const input = INPUT.exec(String(headers['signature-input']));
  const given = SIGNATURE.exec(String(headers.signature));
  if (!input || !given || input[1] !== given[1]) return null;
  const [, , paramsText = '', names = '', params = ''] = input;
  const components = names.split(' ').map((name) => name.slice(1, -1));
  if (new Set(components).size < components.length) return null;
  const read = new Map(
    [...params.matchAll(PARAM)].map(([, name, number, text]) => [name, text ?? Number(number)]),
  );
  const [created, expires, nonce, keyid] = ['created', 'expires', 'nonce', 'keyid'].map((name) =>
    read.get(name),
  );
  if (typeof created !== 'number' || typeof keyid !== 'string') return null;
  return {
    components,
    params: {
      created,
      ...(typeof expires === 'number' && { expires }),
      ...(typeof nonce === 'string' && { nonce }),
      keyid,
    },
    paramsText,
    signature: Buffer.from(given[2] ?? '', 'base64'),
  };
};

/** Whether the signature is this key's over this message. */
export const signatureHolds = (
  message: SignedMessage,
  { components, paramsText, signature }: ReceivedSignature,
  key: KeyObject,
): boolean => {
  const base = signatureBase(message, components, paramsText);
  return base !== null && verify(null, Buffer.from(base), key, signature);
};

/** The value of a `content-digest` header for a body (RFC 9530). */
export const contentDigest = (body: string | Buffer): string =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
