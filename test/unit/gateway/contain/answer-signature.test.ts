import { sign } from 'node:crypto';
import {
  checkAnswerSignature,
  type SignedAnswer,
} from '../../../../gateway/supergraph/contain/answer-signature';
import { Breach } from '../../../../gateway/supergraph/contain/standing';
import {
  createSigningKey,
  readPublicKeys,
  publicText,
} from '../../../../subgraphs/shared/http/keys';
import { contentDigest } from '../../../../subgraphs/shared/http/signature';

const KEY = createSigningKey();
const [PUBLIC] = readPublicKeys(publicText(KEY)).values();
const NOW = 1_800_000_000_000;
const REQUEST = 'peacegraph=:abc:';

const signed = (more: Partial<SignedAnswer> = {}, created = NOW / 1000): SignedAnswer => {
  const body = Buffer.from('{"data":{}}');
  const params = `("@status" "content-digest" "signature";req);created=${created};keyid="${KEY.id}"`;
  const digest = contentDigest(body);
  const base = `"@status": 200\n"content-digest": ${digest}\n"signature";req: ${REQUEST}\n"@signature-params": ${params}`;
  const headers = {
    'content-digest': digest,
    'signature-input': `willow=${params}`,
    signature: `willow=:${sign(null, Buffer.from(base), KEY.key).toString('base64')}:`,
  };
  return { status: 200, headers, body, requestSignature: REQUEST, ...more };
};
const check = (answer: SignedAnswer) => {
  if (!PUBLIC) throw new Error('no key');
  checkAnswerSignature(answer, PUBLIC, NOW);
};

describe('a signed answer', () => {
  it('holds for its request', () => {
    check(signed());
  });

  it.each([
    ['is not signed', { headers: {} }],
    ['has another body', { body: Buffer.from('{"data":null}') }],
    ['has another status', { status: 201 }],
    ['answers another request', { requestSignature: 'peacegraph=:abd:' }],
    ['has a signature that is none', { headers: { ...signed().headers, signature: 'willow=::' } }],
    [
      'covers less',
      {
        headers: {
          ...signed().headers,
          'signature-input': `willow=("@status");created=${NOW / 1000}`,
        },
      },
    ],
  ])('is a breach where it %s', (_what, more) => {
    expect(() => check(signed(more))).toThrow(Breach);
  });

  it('is of now', () => {
    expect(() => check(signed({}, NOW / 1000 - 61))).toThrow(/not signed now/);
    expect(() => check(signed({}, NOW / 1000 + 61))).toThrow(/not signed now/);
  });
});
