import { createPrivateKey, createPublicKey } from 'node:crypto';
import {
  contentDigest,
  readSignature,
  signatureBase,
  signatureHolds,
  signMessage,
} from '../../../../subgraphs/shared/http/signature';

/** RFC 9421, B.1.4 (the key), B.2 (the request) and B.2.6 (its signature with Ed25519). */
const KEY = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU',
    x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs',
  },
});
const REQUEST = {
  method: 'POST',
  authority: 'example.com',
  path: '/foo',
  headers: {
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'content-length': '18',
  },
};
const COMPONENTS = ['date', '@method', '@path', '@authority', 'content-type', 'content-length'];
const PARAMS = { created: 1618884473, keyid: 'test-key-ed25519' };
const PARAMS_TEXT =
  '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
const SIGNED = {
  'signature-input': `sig-b26=${PARAMS_TEXT}`,
  signature:
    'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:',
};

describe('a signature as RFC 9421 has it', () => {
  it('is over the text that the standard prints', () => {
    expect(signatureBase(REQUEST, COMPONENTS, PARAMS_TEXT)).toBe(
      [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@method": POST',
        '"@path": /foo',
        '"@authority": example.com',
        '"content-type": application/json',
        '"content-length": 18',
        `"@signature-params": ${PARAMS_TEXT}`,
      ].join('\n'),
    );
  });

  it('is made to the byte', () => {
    const task = { components: COMPONENTS, params: PARAMS, key: KEY };
    expect(signMessage(REQUEST, task, 'sig-b26')).toEqual(SIGNED);
  });

  it('is read, and holds', () => {
    const received = readSignature(SIGNED);
    expect(received).toMatchObject({ components: COMPONENTS, params: PARAMS });
    expect(received && signatureHolds(REQUEST, received, createPublicKey(KEY))).toBe(true);
  });

  it('does not hold for another request, nor where a covered header is gone', () => {
    const received = readSignature(SIGNED);
    if (!received) throw new Error('It was not read.');
    for (const changed of [
      { ...REQUEST, path: '/foo2' },
      { ...REQUEST, headers: { ...REQUEST.headers, date: undefined } },
    ])
      expect(signatureHolds(changed, received, createPublicKey(KEY))).toBe(false);
  });

  it.each([
    ['no signature', {}],
    ['two signatures', { ...SIGNED, 'signature-input': `a=${PARAMS_TEXT}, b=${PARAMS_TEXT}` }],
    ['labels that differ', { ...SIGNED, 'signature-input': `other=${PARAMS_TEXT}` }],
    ['a signature of another length', { ...SIGNED, signature: 'sig-b26=:aaaa:' }],
    [
      'a component twice',
      { ...SIGNED, 'signature-input': 'sig-b26=("a" "a");created=1;keyid="k"' },
    ],
    ['no key', { ...SIGNED, 'signature-input': 'sig-b26=("a");created=1' }],
    ['a time in words', { ...SIGNED, 'signature-input': 'sig-b26=("a");created="1";keyid="k"' }],
    ['rubbish', { 'signature-input': '(((', signature: '"' }],
  ])('is not read from %s', (_what, headers) => {
    expect(readSignature(headers)).toBeNull();
  });
});

describe('a digest as RFC 9530 has it', () => {
  it('is the SHA-256 of the body', () => {
    expect(contentDigest('{"hello": "world"}\n')).toBe(
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    );
    expect(contentDigest('')).toBe('sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:');
  });
});
