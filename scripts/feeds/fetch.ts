import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Client, type Dispatcher } from 'undici';
import type { AddressGuard } from '../../gateway/supergraph/contain/addresses';

/** How much is taken from an address, and for how long. */
export interface FetchLimits {
  /** Of bytes as they come and as they unpack. */
  readonly bytes: number;
  readonly deadlineMs: number;
}
export const FETCH_LIMITS: FetchLimits = { bytes: 64 * 1024 * 1024, deadlineMs: 60_000 };

/** What an address said of its contents. */
export interface Stamp {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What came of asking an address. */
export type Fetched =
  | { status: 'unchanged' }
  | ({ status: 'fetched'; digest: string } & Stamp)
  | { status: 'failed'; reason: string };

const LONGEST_STAMP = 500;
const MOST_TOLD = 200;

/** Why an address gave nothing, to be read by whoever keeps it. */
class Unusable extends Error {}

const headerOf = (headers: Dispatcher.ResponseData['headers'], name: string): string | null => {
  const value = [headers[name] ?? []].flat()[0];
  return value === undefined || value.length > LONGEST_STAMP ? null : value;
};

/** Passes bytes on until there are too many. */
const capped = (most: number, onChunk: (chunk: Buffer) => void = () => undefined): Transform => {
  let bytes = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      if (bytes > most) return done(new Unusable(`it is more than ${most} bytes.`));
      onChunk(chunk);
      done(null, chunk);
    },
  });
};

const save = async (
  { headers, body }: Dispatcher.ResponseData,
  file: string,
  { bytes }: FetchLimits,
): Promise<string> => {
  const encoding = headerOf(headers, 'content-encoding')?.toLowerCase() ?? 'identity';
  if (!['identity', 'gzip'].includes(encoding))
    throw new Unusable(`it answered in the encoding ${encoding.slice(0, 20)}; gzip is taken.`);
  const sum = createHash('sha256');
  await pipeline([
    body,
    capped(bytes),
    ...(encoding === 'gzip' ? [createGunzip()] : []),
    capped(bytes, (chunk) => sum.update(chunk)),
    createWriteStream(file, { mode: 0o600 }),
  ]);
  return sum.digest('hex');
};

/** What is said of a failure: ours in whole, of others only their kind, as they may name what is inside. */
const reasonOf = (error: unknown, { deadlineMs }: FetchLimits): string => {
  if (error instanceof Unusable) return error.message;
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  if (name === 'TimeoutError') return `it took longer than ${deadlineMs / 1000} seconds.`;
  if (name === 'AddressRefused') return `it may not be asked: ${message ?? ''}`;
  return `it did not answer: ${(code ?? name ?? 'for a reason of its own').slice(0, MOST_TOLD)}.`;
};

/**
 * Takes what an address has into a file, unless it is what it was. Where it may be is what is true of all
 * partners; it is followed nowhere else.
 * @param known what the address said of the contents that are known already.
 */
export const fetchFeed = async (
  address: string,
  file: string,
  known: Stamp,
  addresses: Pick<AddressGuard, 'connector'>,
  limits: FetchLimits = FETCH_LIMITS,
): Promise<Fetched> => {
  const { origin, pathname, search } = new URL(address);
  const { deadlineMs } = limits;
  const client = new Client(origin, { connect: addresses.connector(deadlineMs) });
  const signal = AbortSignal.timeout(deadlineMs);
  try {
    const answer = await client.request({
      method: 'GET',
      path: `${pathname}${search}`,
      signal,
      headers: {
        'user-agent': 'peacegraph',
        'accept-encoding': 'gzip',
        ...(known.etag !== null && { 'if-none-match': known.etag }),
        ...(known.lastModified !== null && { 'if-modified-since': known.lastModified }),
      },
    });
    const { statusCode, headers } = answer;
    if (statusCode === 304 && (known.etag ?? known.lastModified) !== null)
      return { status: 'unchanged' };
    if (statusCode >= 300 && statusCode < 400)
      throw new Unusable(
        `it leads elsewhere (${statusCode}): a steward has to register where it is now.`,
      );
    if (statusCode !== 200) throw new Unusable(`it answered ${statusCode}.`);
    const digest = await save(answer, file, limits);
    const [etag, lastModified] = [headerOf(headers, 'etag'), headerOf(headers, 'last-modified')];
    return { status: 'fetched', digest, etag, lastModified };
  } catch (error) {
    return { status: 'failed', reason: reasonOf(signal.aborted ? signal.reason : error, limits) };
  } finally {
    await client.destroy();
  }
};
