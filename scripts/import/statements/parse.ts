import { BrokenFile } from '../broken-file';
import { type Chunks, type Line, linesOf } from '../lines';
import type { ParsedStatement, SourceRecord } from './record';
import { validateStatement } from './validate';

type Read = ReturnType<typeof validateStatement> & { isSource: boolean };

const hintOf = (text: string): string => {
  if (/,\s*$/.test(text)) return ' Take away the comma at its end.';
  if (/^\s*\[/.test(text)) return ' There is no list around the records: each has its own line.';
  if (/^\s*\{[^}]*$/.test(text)) return ' A record must begin and end on the same line.';
  return '';
};

const readRecord = (line: Line): Read => {
  if (line.text === null)
    return { status: 'invalid', code: line.code, reason: line.reason, isSource: false };
  try {
    const value: unknown = JSON.parse(line.text);
    const isSource = (value as { kind?: unknown } | null)?.kind === 'source';
    return { ...validateStatement(value), isSource };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const reason = `it is not JSON: ${error.message}.${hintOf(line.text)}`;
    return { status: 'invalid', code: 'NOT_JSON', reason, isSource: false };
  }
};

/** The source that a file must begin with, of its first record. */
const sourceOf = (read: Read, file: string, line: number): SourceRecord => {
  if (read.status === 'invalid')
    throw new BrokenFile(file, `line ${line}`, `the first record must be a source: ${read.reason}`);
  const { record } = read;
  if (record.kind !== 'source')
    throw new BrokenFile(
      file,
      `line ${line}`,
      `the first record must be a source, and this is of kind ${record.kind}.`,
    );
  return record;
};

/**
 * Reads a statements file in JSON Lines, in the order of its lines and with one line in memory at a
 * time. The first item is always the source; what follows are records, and lines that were rejected
 * with the reason. Empty lines are passed over; a byte order mark and CRLF are taken.
 * @param lines the bytes or text of the file, in chunks of any size: with their line ends.
 * @param file its name, for positions.
 * @throws BrokenFile if the first record is not a valid source, or if there is a second source.
 */
export async function* parseStatements(
  lines: Chunks,
  file: string,
): AsyncGenerator<ParsedStatement> {
  let begun = false;
  for await (const each of linesOf(lines)) {
    if (each.text?.trim() === '') continue;
    const { line } = each;
    const read = readRecord(each);
    if (!begun) {
      begun = true;
      yield { status: 'record', record: sourceOf(read, file, line), file, line };
      continue;
    }
    if (read.isSource)
      throw new BrokenFile(file, `line ${line}`, 'there is a second source; a file has one.');
    yield read.status === 'valid'
      ? { status: 'record', record: read.record, file, line }
      : { status: 'rejected', file, line, code: read.code, reason: read.reason };
  }
  if (!begun) throw new BrokenFile(file, 'line 1', 'it is empty.');
}
