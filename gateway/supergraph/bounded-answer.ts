import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ownTurn } from './contain/turns';

/** What one answer of a source may take. */
export interface SourceLimits {
  /** How long a source may take for one answer, in milliseconds. */
  readonly deadlineMs: number;
  /** Bytes of an answer as they come over the network. */
  readonly bytes: number;
  /** Bytes of an answer after unpacking. */
  readonly unpackedBytes: number;
  /** Levels of objects and lists within each other. */
  readonly depth: number;
  /** Values in all: what many small ones take is not seen from their bytes. */
  readonly values: number;
  /** Items of one list. */
  readonly list: number;
  /** Characters of one text. */
  readonly text: number;
}

/** How a source failed. */
export type Failure = 'timeout' | 'unavailable' | 'invalid' | 'quarantined';

/** A source answered with nothing that can be taken; the message says what, for the log. */
export class UnusableAnswer extends Error {
  constructor(
    message: string,
    readonly failure: Failure = 'invalid',
  ) {
    super(message);
    this.name = 'UnusableAnswer';
  }
}

const unpack = promisify(gunzip);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const COMMA = 0x2c;

const isEscaped = (json: Buffer, at: number): boolean => {
  let slashes = 0;
  while (json[at - 1 - slashes] === BACKSLASH) slashes += 1;
  return slashes % 2 === 1;
};

/**
 * Refuses JSON that nests deeper, or holds more values, than a limit, before a parser builds it.
 * @throws UnusableAnswer
 */
export const checkStructure = (
  json: Buffer,
  { depth: most, values: mostValues }: Pick<SourceLimits, 'depth' | 'values'>,
): void => {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) {
      // Texts are most of an answer: the search for their end is the runtime's own.
      let end = json.indexOf(QUOTE, at + 1);
      while (end > 0 && isEscaped(json, end)) end = json.indexOf(QUOTE, end + 1);
      if (end < 0) return; // No JSON; the parser says so.
      at = end;
    } else if (byte === COMMA || OPENING.has(byte)) {
      values += 1;
      if (values > mostValues) throw new UnusableAnswer(`It has more than ${mostValues} values.`);
      if (byte === COMMA) continue;
      depth += 1;
      if (depth > most) throw new UnusableAnswer(`It nests more than ${most} levels deep.`);
    } else if (CLOSING.has(byte)) depth -= 1;
  }
};

/** The bytes of a body, up to a limit beyond which nothing is read. */
const readUpTo = async (body: AsyncIterable<Buffer>, most: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) throw new UnusableAnswer(`It has more than ${most} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** A body as it came, and unpacked. */
export interface ReadBody {
  raw: Buffer;
  json: Buffer;
}

/**
 * Reads a JSON body within limits and unpacks it within limits; it is not parsed yet.
 * @throws UnusableAnswer if it exceeds one, or is no JSON by its headers.
 */
export const readBounded = async (
  body: AsyncIterable<Buffer>,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  limits: SourceLimits,
): Promise<ReadBody> => {
  const type = String(headers['content-type']).split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== 'application/graphql-response+json')
    throw new UnusableAnswer(`Its content type is ${JSON.stringify(type)}.`);
  const encoding = String(headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new UnusableAnswer(`Its content encoding is ${JSON.stringify(encoding)}.`);
  const raw = await readUpTo(body, limits.bytes);
  const json =
    encoding === 'identity'
      ? raw
      : await unpack(raw, { maxOutputLength: limits.unpackedBytes }).catch((error: Error) => {
          throw new UnusableAnswer(`It cannot be unpacked: ${error.message}`);
        });
  await ownTurn(json.length);
  checkStructure(json, limits);
  return { raw, json };
};
