import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
  createSigningKey,
  KeyError,
  publicJwks,
  publicText,
  readPublicKeys,
  readSigningKey,
  secretText,
} from '../../../../subgraphs/shared/http/keys';

describe('signing keys', () => {
  const one = createSigningKey();
  const other = createSigningKey();
  const jwkOf = ({ key }: typeof one) => createPublicKey(key).export({ format: 'jwk' });

  it('are named after their thumbprint, as RFC 8037 prints one', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    const keys = readPublicKeys(JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x }));
    expect([...keys.keys()]).toEqual(['kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k']);
  });

  it('are read from PEM and from a JWK, under the same name', () => {
    expect(readSigningKey(secretText(one)).id).toBe(one.id);
    expect(readSigningKey(JSON.stringify(one.key.export({ format: 'jwk' }))).id).toBe(one.id);
  });

  it('are checked by several at once, so that one can follow another', () => {
    const ids = [one.id, other.id];
    expect([...readPublicKeys(publicText(one) + publicText(other)).keys()]).toEqual(ids);
    const set = JSON.stringify({ keys: [jwkOf(one), jwkOf(other)] });
    expect([...readPublicKeys(set).keys()]).toEqual(ids);
    expect([...readPublicKeys(JSON.stringify(jwkOf(one))).keys()]).toEqual([one.id]);
  });

  it.each([
    ['nothing of use', 'hush-hush'],
    ['JSON that is no key', '{"hush":"hush"}'],
    ['an empty set', '{"keys":[]}'],
    [
      'a key of another kind',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ format: 'pem', type: 'pkcs8' })
        .toString(),
    ],
  ])('are not read from %s, and nothing of it is told', (_what, text) => {
    for (const read of [readSigningKey, readPublicKeys]) {
      expect(() => read(text)).toThrow(KeyError);
      expect(() => read(text)).not.toThrow(/hush/);
    }
  });

  it('are not taken from the public half where they must sign', () => {
    expect(() => readSigningKey(publicText(one))).toThrow(KeyError);
  });
});

describe('public halves', () => {
  it('are told as a JWK set that those who check can read, and nothing else is', () => {
    const keys = [createSigningKey(), createSigningKey()];
    const told = publicJwks(keys);
    expect([...readPublicKeys(JSON.stringify(told)).keys()]).toEqual(keys.map(({ id }) => id));
    expect(told.keys[0]).toMatchObject({ kid: keys[0]?.id, alg: 'EdDSA', use: 'sig' });
    expect(told.keys[0]).not.toHaveProperty('d');
  });
});
