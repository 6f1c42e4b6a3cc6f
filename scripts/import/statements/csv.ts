import path from 'node:path';
import { BrokenFile } from '../broken-file';
import type { Input } from '../inputs';
import { readStatementRows } from './csv-rows';
import type { Chunks } from '../lines';
import type { Located, ParsedStatement, SourceRecord } from './record';

const SOURCE_FILE = 'source.csv';

async function* rowsBesideSource(input: Chunks, file: string): AsyncGenerator<ParsedStatement> {
  for await (const row of readStatementRows(input, file)) {
    if (row.status === 'record' && row.record.kind === 'source')
      throw new BrokenFile(
        file,
        `line ${row.line}`,
        `there is a second source; ${SOURCE_FILE} has the one.`,
      );
    yield row;
  }
}

/**
 * Reads `source.csv`, the one row that says who speaks in the other CSV files of its folder.
 * @throws BrokenFile if it does not hold exactly one valid source.
 */
export const readSourceCsv = async (
  input: Chunks,
  file: string,
): Promise<Located<SourceRecord>> => {
  let source: Located<SourceRecord> | null = null;
  for await (const row of readStatementRows(input, file)) {
    const place = `line ${row.line}`;
    if (row.status === 'rejected') throw new BrokenFile(file, place, row.reason);
    if (row.record.kind !== 'source')
      throw new BrokenFile(file, place, `it must be a source, and is of kind ${row.record.kind}.`);
    if (source !== null) throw new BrokenFile(file, place, 'there is a second source.');
    source = { record: row.record, file, line: row.line };
  }
  if (source === null) throw new BrokenFile(file, 'line 2', 'the row of the source is missing.');
  return source;
};

/**
 * Reads one CSV file as `parseStatements` reads JSON Lines: first the source, then what its rows are.
 * Positions are the lines on which rows begin.
 * @param file its name; the part before the first dot is the kind, unless a column `kind` says it.
 * @param source what `readSourceCsv` gave for the folder.
 * @throws BrokenFile if kind or columns are not known, if it is not CSV in UTF-8, or if it has a source.
 */
export async function* parseStatementsCsv(
  input: Chunks,
  file: string,
  source: Located<SourceRecord>,
): AsyncGenerator<ParsedStatement> {
  yield { status: 'record', ...source };
  yield* rowsBesideSource(input, file);
}

/**
 * Reads the CSV files of one folder as one edition of its source: the source once, then the rows of
 * one file after the other.
 * @param inputs the folder's files, `source.csv` among them.
 * @throws BrokenFile if `source.csv` is missing, and as `parseStatementsCsv` does.
 */
export async function* parseStatementsFolder(
  inputs: readonly Input[],
): AsyncGenerator<ParsedStatement> {
  const first = inputs.find(({ name }) => path.basename(name) === SOURCE_FILE);
  if (!first)
    throw new BrokenFile(
      inputs[0] ? path.dirname(inputs[0].name) : 'the folder',
      SOURCE_FILE,
      'it is missing; its one row says who speaks in the other files.',
    );
  yield { status: 'record', ...(await readSourceCsv(await first.open(), first.name)) };
  for (const input of inputs) {
    if (input !== first) yield* rowsBesideSource(await input.open(), input.name);
  }
}
