// What the gateway relies on. Run it with `npm test`.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createVerifier, readKeys } from '../peacegraph-signature.mjs';
import { createPartnerServer, name } from '../server.mjs';
import { jwks, send, signedHeaders } from './gateway.mjs';

const answerKey = generateKeyPairSync('ed25519').privateKey;
const KNOWN = 'PG-FICTIONAL-0008';
const ENTITIES =
  'query($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Organisation { id examplePartner_people } } }';

let server;
let port;
before(async () => {
  server = createPartnerServer({ verifier: createVerifier(name, readKeys(jwks)), answerKey });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = server.address().port;
});
after(() => server.close());

const ask = async (query, variables) => {
  const body = JSON.stringify({ query, variables });
  return send(port, signedHeaders(name, `127.0.0.1:${port}`, body), body);
};
const organisations = (...ids) => ({
  representations: ids.map((id) => ({ __typename: 'Organisation', id })),
});

describe('the subgraph', () => {
  it('says its schema', async () => {
    const { json } = await ask('{ _service { sdl } }');
    assert.match(json.data._service.sdl, /type ExamplePartner_Training/);
  });

  it('lists trainings, as many as are asked for', async () => {
    const { json } = await ask(
      '{ examplePartner_trainings(first: 2) { id title form host { id } } }',
    );
    assert.equal(json.data.examplePartner_trainings.length, 2);
  });

  it('answers for bodies in the order in which they are asked for, null for the unknown', async () => {
    const { json } = await ask(ENTITIES, organisations(KNOWN, 'unknown', KNOWN));
    const known = { __typename: 'Organisation', id: KNOWN, examplePartner_people: 24 };
    assert.deepEqual(json.data._entities, [known, null, known]);
  });

  it('says what is wrong with a query', async () => {
    const { status, json } = await ask('{ nothing }');
    assert.equal(status, 400);
    assert.match(json.errors[0].message, /nothing/);
  });

  it('signs its answers', async () => {
    const body = JSON.stringify({ query: '{ __typename }' });
    const headers = signedHeaders(name, `127.0.0.1:${port}`, body);
    const answer = await send(port, headers, body);
    const [, params] = /^partner=(.*)$/.exec(answer.headers['signature-input']);
    const base = `"@status": 200\n"content-digest": ${answer.headers['content-digest']}\n"signature";req: ${headers.signature}\n"@signature-params": ${params}`;
    const [, signature] = /^partner=:(.*):$/.exec(answer.headers.signature);
    const key = createPublicKey(answerKey);
    assert.ok(verify(null, Buffer.from(base), key, Buffer.from(signature, 'base64')));
  });
});

describe('a request that the gateway did not sign', () => {
  const body = JSON.stringify({ query: '{ __typename }' });
  const authority = () => `127.0.0.1:${port}`;
  const refused = async (headers, code, sent = body) => {
    const { status, json } = await send(port, headers, sent);
    assert.deepEqual([status, json.errors[0].extensions.code], [401, code]);
    assert.equal(json.data, undefined);
  };

  it('is refused', () => refused({ 'content-type': 'application/json' }, 'SIGNATURE_MISSING'));

  it('is refused if it is old', () =>
    refused(
      signedHeaders(name, authority(), body, Math.floor(Date.now() / 1000) - 60),
      'SIGNATURE_STALE',
    ));

  it('is refused if it was changed', () =>
    refused(signedHeaders(name, authority(), body), 'SIGNATURE_INVALID', `${body} `));

  it('is refused if it is for somebody else', async () => {
    await refused(signedHeaders(`${name}-x`, authority(), body), 'SIGNATURE_INVALID');
    await refused(signedHeaders(name, 'other.example', body), 'SIGNATURE_INVALID');
  });

  it('is refused the second time', async () => {
    const headers = signedHeaders(name, authority(), body);
    assert.equal((await send(port, headers, body)).status, 200);
    await refused(headers, 'SIGNATURE_REPLAYED');
  });
});
