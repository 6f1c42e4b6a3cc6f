import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';

/** A key that signs, under the name by which its public half is known. */
export interface SigningKey {
  id: string;
  key: KeyObject;
}

/** The keys whose signatures are taken, by name. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

/** A text holds no key that can be used. It says what is wrong and nothing of the text. */
export class KeyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyError';
  }
}

const PEM = /-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g;

/** The name of a key: the thumbprint of its public half (RFC 7638), the same wherever it is read. */
export const keyIdOf = (key: KeyObject): string => {
  const { crv, kty, x } = (key.type === 'private' ? createPublicKey(key) : key).export({
    format: 'jwk',
  });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
};

const ed25519 = (read: () => KeyObject, what: string): KeyObject => {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw new KeyError(`it holds no ${what} key in PEM or as a JWK`);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new KeyError('its key is not of the kind Ed25519');
  return key;
};

type JsonWebKeySet = { keys: JsonWebKey[] };
const isSet = (json: JsonWebKey | JsonWebKeySet): json is JsonWebKeySet =>
  Array.isArray((json as JsonWebKeySet).keys);

const jsonOf = (text: string): JsonWebKey | JsonWebKeySet => {
  try {
    return JSON.parse(text) as JsonWebKey;
  } catch {
    throw new KeyError('it is neither PEM nor JSON');
  }
};

/** Makes a new key pair. */
export const createSigningKey = (): SigningKey => {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { id: keyIdOf(privateKey), key: privateKey };
};

/**
 * Reads a private key from PEM (PKCS #8) or a JWK.
 * @throws KeyError
 */
export const readSigningKey = (text: string): SigningKey => {
  const [pem] = text.match(PEM) ?? [];
  const key = ed25519(
    () => createPrivateKey(pem ?? { key: jsonOf(text) as JsonWebKey, format: 'jwk' }),
    'private',
  );
  return { id: keyIdOf(key), key };
};

/**
 * Reads public keys from one or more PEM blocks, a JWK or a JWK set. Several are taken at once, so
 * that an old key and its successor overlap.
 * @throws KeyError
 */
export const readPublicKeys = (text: string): PublicKeys => {
  const json = text.match(PEM) ? null : jsonOf(text);
  const given: readonly (string | JsonWebKey)[] =
    json === null ? (text.match(PEM) ?? []) : isSet(json) ? json.keys : [json];
  if (given.length === 0) throw new KeyError('it holds no public key in PEM or as a JWK');
  const keys = given.map((one) =>
    ed25519(
      () => createPublicKey(typeof one === 'string' ? one : { key: one, format: 'jwk' }),
      'public',
    ),
  );
  return new Map(keys.map((key) => [keyIdOf(key), key]));
};

/** The private key as PEM, for a secret file. */
export const secretText = ({ key }: SigningKey): string =>
  key.export({ format: 'pem', type: 'pkcs8' }).toString();

/** The public half as PEM, for those who check. */
export const publicText = ({ key }: SigningKey): string =>
  createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();

/** The public halves of keys as a JWK set, for those who check. */
export const publicJwks = (keys: readonly SigningKey[]): { keys: JsonWebKey[] } => ({
  keys: keys.map(({ id, key }) => ({
    ...createPublicKey(key).export({ format: 'jwk' }),
    kid: id,
    alg: 'EdDSA',
    use: 'sig',
  })),
});
