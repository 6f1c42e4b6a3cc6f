// Asks as the gateway does: signed, for this subgraph, good once.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { request } from 'node:http';
import { keyIdOf } from '../answer-signature.mjs';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** The gateway's keys as it publishes them. */
export const jwks = JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] });

const COVERED = [
  '@method',
  '@authority',
  '@path',
  'peacegraph-source',
  'content-type',
  'content-digest',
];

/** The headers of a signed request. */
export const signedHeaders = (name, authority, body, created = Math.floor(Date.now() / 1000)) => {
  const headers = {
    'content-type': 'application/json',
    'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
    'peacegraph-source': name,
  };
  const parts = { ...headers, '@method': 'POST', '@authority': authority, '@path': '/graphql' };
  const params = `(${COVERED.map((part) => `"${part}"`).join(' ')});created=${created};expires=${created + 30};nonce="${randomUUID()}";keyid="${keyIdOf(privateKey)}"`;
  const base = COVERED.map((part) => `"${part}": ${parts[part]}\n`).join('');
  const signature = sign(null, Buffer.from(`${base}"@signature-params": ${params}`), privateKey);
  return {
    ...headers,
    'signature-input': `peacegraph=${params}`,
    signature: `peacegraph=:${signature.toString('base64')}:`,
  };
};

/** Sends a request as it is. */
export const send = (port, headers, body) =>
  new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: '/graphql', method: 'POST', headers };
    const asked = request(options, async (answer) => {
      const chunks = [];
      for await (const chunk of answer) chunks.push(chunk);
      const json = JSON.parse(Buffer.concat(chunks).toString());
      resolve({ status: answer.statusCode, headers: answer.headers, json });
    });
    asked.on('error', reject);
    asked.end(body);
  });
