/** The bytes or the text of a file, in chunks of any size. */
export type Chunks = AsyncIterable<Uint8Array | string>;

/** One line without its end, or why it cannot be read. */
export type Line =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly text: null; readonly code: string; readonly reason: string };

const LONGEST_LINE = 1024 * 1024;
const LINE_FEED = 10;

const bytesOf = (chunk: Uint8Array | string): Buffer =>
  typeof chunk === 'string'
    ? Buffer.from(chunk)
    : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);

const readLine = (line: number, bytes: Buffer): Line => {
  try {
    // Decoding each line alone takes away the byte order mark at the beginning of a file.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { line, text: text.endsWith('\r') ? text.slice(0, -1) : text };
  } catch {
    const reason = 'it is not UTF-8 text; save the file as UTF-8 (in Excel: “CSV UTF-8”).';
    return { line, text: null, code: 'NOT_UTF8', reason };
  }
};

/**
 * The lines of a file, ended by LF or CRLF, numbered from 1. Holds one line at a time; one longer
 * than a mebibyte is skipped, never gathered.
 */
export async function* linesOf(chunks: Chunks): AsyncGenerator<Line> {
  let line = 1;
  let parts: Buffer[] = [];
  let size = 0;
  const gather = (part: Buffer) => {
    size += part.length;
    if (size <= LONGEST_LINE) parts.push(part);
    else parts = [];
  };
  const finish = (): Line => {
    const done: Line =
      size <= LONGEST_LINE
        ? readLine(line, Buffer.concat(parts))
        : { line, text: null, code: 'LINE_TOO_LONG', reason: 'it is longer than 1 MiB.' };
    line += 1;
    parts = [];
    size = 0;
    return done;
  };

  for await (const chunk of chunks) {
    const bytes = bytesOf(chunk);
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, start);
      if (end < 0) break;
      gather(bytes.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    if (start < bytes.length) gather(bytes.subarray(start));
  }
  if (size > 0) yield finish();
}
