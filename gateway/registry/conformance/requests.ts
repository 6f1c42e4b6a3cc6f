import { randomBytes } from 'node:crypto';
import type { SigningKey } from '../../../subgraphs/shared/http/keys';
import { contentDigest, signMessage } from '../../../subgraphs/shared/http/signature';
import { BODY_COMPONENTS, SIGNATURE_SECONDS } from '../../../subgraphs/shared/http/verifier';
import type { ProbeRequest } from './probe';

const NONCE_BYTES = 16;

/** To whom requests go and in whose name they are signed. */
export interface Addressee {
  readonly name: string;
  readonly url: string;
  readonly key: SigningKey;
  /** What the gateway says beside the query, and signs too. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What is told wrongly in a request that must be refused. */
export interface Fault {
  key?: SigningKey;
  source?: string;
  authority?: string;
  /** Seconds by which the signature is older than now. */
  ageSeconds?: number;
  /** What is signed in place of the body that is sent. */
  signedBody?: string;
  /** Components that the signature leaves out. */
  uncovered?: readonly string[];
}

/** A request as the gateway sends it, but for a fault. */
export const signedRequest = (
  { name, url, key, headers, clock }: Addressee,
  body: string,
  fault: Fault = {},
): ProbeRequest => {
  const { host, pathname } = new URL(url);
  const all: Record<string, string> = {
    ...headers,
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'content-type': 'application/json',
    'content-digest': contentDigest(fault.signedBody ?? body),
    'peacegraph-source': fault.source ?? name,
    'peacegraph-request': `conformance-${randomBytes(NONCE_BYTES).toString('hex')}`,
  };
  const created = Math.floor(clock() / 1000) - (fault.ageSeconds ?? 0);
  const signer = fault.key ?? key;
  const params = {
    created,
    expires: created + SIGNATURE_SECONDS,
    nonce: randomBytes(NONCE_BYTES).toString('base64url'),
    keyid: signer.id,
  };
  const components = BODY_COMPONENTS.filter(
    (part) => (part.startsWith('@') || part in all) && !fault.uncovered?.includes(part),
  );
  const message = {
    method: 'POST',
    authority: fault.authority ?? host,
    path: pathname,
    headers: all,
  };
  const signature = signMessage(message, { components, params, key: signer.key });
  return { url, method: 'POST', headers: { ...all, ...signature }, body };
};

/** A request that nobody signed. */
export const unsignedRequest = ({ url, headers }: Addressee, body: string): ProbeRequest => ({
  url,
  method: 'POST',
  headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
  body,
});
