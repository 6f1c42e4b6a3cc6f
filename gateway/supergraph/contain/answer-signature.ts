import { type KeyObject, verify } from 'node:crypto';
import { contentDigest } from '../../../subgraphs/shared/http/signature';
import { Breach } from './standing';

/** What a partner's answer has to cover, word for word: status, body, and the request that it answers. */
const COVERED = '("@status" "content-digest" "signature";req)';
const INPUT =
  /^([a-z][a-z0-9_*.-]*)=(\("@status" "content-digest" "signature";req\)((?:;[^\s,]+)*))$/;
const SIGNATURE = /^([a-z][a-z0-9_*.-]*)=:([A-Za-z0-9+/]{86}==):$/;
const CREATED = /;created=(\d{1,12})(?:;|$)/;
/** How far the partner's clock may be from ours, in seconds. */
const CLOCKS_APART = 60;

/** An answer as far as its signature is about it. */
export interface SignedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as it came, packed or not. */
  readonly body: Buffer;
  /** The `signature` header of the request: an answer to another one, such as yesterday's, does not hold. */
  readonly requestSignature: string;
}

/**
 * Checks the signature of an answer (RFC 9421, 2.4) by a partner that said it signs.
 * @param now milliseconds since 1970.
 * @throws Breach
 */
export const checkAnswerSignature = (
  { status, headers, body, requestSignature }: SignedAnswer,
  key: KeyObject,
  now: number,
): void => {
  const input = INPUT.exec(String(headers['signature-input']));
  const given = SIGNATURE.exec(String(headers.signature));
  if (!input || !given || input[1] !== given[1])
    throw new Breach(`Its answer is not signed over ${COVERED}.`);
  const digest = headers['content-digest'];
  if (digest !== contentDigest(body)) throw new Breach('Its answer is not what it signed.');
  const created = Number(CREATED.exec(input[3] ?? '')?.[1] ?? NaN);
  if (!(Math.abs(created - now / 1000) <= CLOCKS_APART))
    throw new Breach('Its answer was not signed now.');
  const base = [
    `"@status": ${status}`,
    `"content-digest": ${digest}`,
    `"signature";req: ${requestSignature}`,
    `"@signature-params": ${input[2]}`,
  ].join('\n');
  if (!verify(null, Buffer.from(base), key, Buffer.from(given[2] ?? '', 'base64')))
    throw new Breach('The signature of its answer does not hold.');
};
