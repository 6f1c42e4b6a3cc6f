import { randomBytes } from 'node:crypto';
import { type buildConnector, type Dispatcher, Pool } from 'undici';
import type { SigningKey } from '../../subgraphs/shared/http/keys';
import { contentDigest, signMessage } from '../../subgraphs/shared/http/signature';
import {
  BODY_COMPONENTS,
  COMPONENTS,
  SIGNATURE_SECONDS,
} from '../../subgraphs/shared/http/verifier';
import { readBounded, type SourceLimits, UnusableAnswer } from './bounded-answer';

/** At most so many requests to one source at a time; more of them wait for a connection. */
const CONNECTIONS = 128;
const NONCE_BYTES = 16;

/** Failures of a connection that was kept open while the other side went away. */
const DIED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** A request to a source: a sub-query, or a question about the source itself. */
export interface SourceRequest {
  method: 'GET' | 'POST';
  /** After the source's own address; empty for that address itself. */
  path: string;
  body?: string;
  /** Only these are sent; nothing of the client's own request is. */
  headers?: Record<string, string>;
}

/** What a source answered, within the limits; not parsed yet. */
export interface SourceReply {
  status: number;
  /** The version of the bodies that the source has, where it said so. */
  version: number | null;
  json: Buffer;
  /** As it came, packed or not. */
  raw: Buffer;
  headers: Dispatcher.ResponseData['headers'];
  /** The signature of the request that this answers; null if that was not signed. */
  requestSignature: string | null;
}

const failedEarly = (error: unknown): boolean =>
  DIED.has(String((error as { code?: unknown } | null)?.code));

/**
 * Signed requests to one source over connections that are kept.
 * @param connect makes the connections; default: to wherever the address leads.
 */
export const createSourceClient = (
  { name, url }: { name: string; url: string },
  key: SigningKey | null,
  limits: SourceLimits,
  connect?: buildConnector.connector,
) => {
  const { origin, host, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, '');
  const pathOf = (path: string) => (path === '' ? pathname : base + path);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    ...(connect && { connect }),
  });

  const signed = ({ method, path, body, headers = {} }: SourceRequest): Record<string, string> => {
    const all: Record<string, string> = {
      ...headers,
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'peacegraph-source': name,
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-digest': contentDigest(body),
      }),
    };
    if (!key) return all;
    const created = Math.floor(Date.now() / 1000);
    const params = {
      created,
      expires: created + SIGNATURE_SECONDS,
      nonce: randomBytes(NONCE_BYTES).toString('base64url'),
      keyid: key.id,
    };
    // A partner is not told who asks; a subgraph of ours refuses whoever leaves that out.
    const components = (method === 'GET' ? COMPONENTS : BODY_COMPONENTS).filter(
      (component) => component.startsWith('@') || component in all,
    );
    const message = { method, authority: host, path: pathOf(path), headers: all };
    return { ...all, ...signMessage(message, { components, params, key: key.key }) };
  };

  const askOnce = async (request: SourceRequest, signal: AbortSignal): Promise<SourceReply> => {
    const { method, path, body } = request;
    const headers = signed(request);
    const answer: Dispatcher.ResponseData = await pool.request({
      method,
      path: pathOf(path),
      body: body ?? null,
      headers,
      signal,
    });
    try {
      const read = await readBounded(answer.body, answer.headers, limits);
      const version = Number(answer.headers['peacegraph-version'] ?? NaN);
      return {
        status: answer.statusCode,
        version: Number.isSafeInteger(version) ? version : null,
        headers: answer.headers,
        requestSignature: headers.signature ?? null,
        ...read,
      };
    } catch (error) {
      answer.body.on('error', () => undefined).destroy();
      if (!(error instanceof UnusableAnswer)) throw error;
      throw new UnusableAnswer(
        `HTTP ${answer.statusCode}. ${error.message}`,
        answer.statusCode === 200 ? error.failure : 'unavailable',
      );
    }
  };

  return {
    /**
     * Asks within the source's deadline. Once more where a kept connection had died: queries change
     * nothing, so it does not matter whether the first was read.
     * @throws UnusableAnswer, or the error of the connection or the signal.
     */
    ask: async (request: SourceRequest, signal: AbortSignal): Promise<SourceReply> => {
      const stop = new AbortController();
      const leave = () => stop.abort(signal.reason);
      const timer = setTimeout(
        () =>
          stop.abort(new UnusableAnswer(`It took longer than ${limits.deadlineMs} ms.`, 'timeout')),
        limits.deadlineMs,
      );
      if (signal.aborted) leave();
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await askOnce(request, stop.signal).catch((error: unknown) => {
          if (!failedEarly(error) || stop.signal.aborted) throw error;
          return askOnce(request, stop.signal);
        });
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
      }
    },
    close: () => pool.destroy(),
  };
};
export type SourceClient = ReturnType<typeof createSourceClient>;
