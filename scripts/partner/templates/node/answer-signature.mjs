// Signs answers, so that the gateway can tell ours from what somebody put in their place (RFC 9421).
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, sign } from 'node:crypto';

const sha256 = (data, form) => createHash('sha256').update(data).digest(form);

/** The name of a key: the thumbprint of its public half (RFC 7638). */
export const keyIdOf = (key) => {
  const { crv, kty, x } = createPublicKey(key).export({ format: 'jwk' });
  return sha256(JSON.stringify({ crv, kty, x }), 'base64url');
};

/**
 * The headers that sign an answer, for the very request that it answers.
 * @param key a private key of the kind Ed25519.
 */
export const signAnswer = (status, body, requestSignature, key, clock = Date.now) => {
  const digest = `sha-256=:${sha256(body, 'base64')}:`;
  const covered = '("@status" "content-digest" "signature";req)';
  const params = `${covered};created=${Math.floor(clock() / 1000)};keyid="${keyIdOf(key)}"`;
  const base = [
    `"@status": ${status}`,
    `"content-digest": ${digest}`,
    `"signature";req: ${requestSignature}`,
    `"@signature-params": ${params}`,
  ].join('\n');
  return {
    'content-digest': digest,
    'signature-input': `partner=${params}`,
    signature: `partner=:${sign(null, Buffer.from(base), key).toString('base64')}:`,
  };
};
