import { Readable, pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { BrokenFile } from './broken-file';
import { type Chunks, type Line, linesOf } from './lines';

/** One row of a table. */
export interface Row {
  /** The line on which it begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The delimiters that spreadsheets write, by their country; a column's name holds none of them. */
const DELIMITERS = [',', ';', '\t'];
const LARGEST_ROW = 1024 * 1024;

const textOf = (line: Line, file: string): string => {
  if (line.text === null) throw new BrokenFile(file, `line ${line.line}`, line.reason);
  return `${line.text}\n`;
};

const delimiterOf = (header: string): string =>
  DELIMITERS.map((mark) => ({ mark, count: header.split(mark).length })).reduce((best, each) =>
    each.count > best.count ? each : best,
  ).mark;

const reasonOf = (error: CsvError): string =>
  error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
    ? 'a quotation mark that opens a cell of this row is never closed.'
    : `it is not CSV: ${error.message}.`;

/**
 * The rows of a CSV file that are not empty, whichever delimiter its spreadsheet wrote.
 * @throws BrokenFile if it is empty, not UTF-8 or not CSV.
 */
export async function* rowsOf(input: Chunks, file: string): AsyncGenerator<Row> {
  const lines = linesOf(input);
  const first = await lines.next();
  if (first.done === true) throw new BrokenFile(file, 'line 1', 'it is empty.');
  const header = textOf(first.value, file);
  const text = async function* () {
    yield header;
    for await (const line of lines) yield textOf(line, file);
  };
  let ended = 0;
  const parser = parse({
    delimiter: delimiterOf(header),
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LARGEST_ROW,
    info: true,
    // Asked here because an error drops the rows that are parsed but not yet read.
    on_record: (record: string[], { lines }) => {
      ended = lines;
      return record;
    },
  });
  // Its errors come out of the parser, too, which is where they are caught.
  pipeline(Readable.from(text()), parser, () => undefined);

  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const within = record.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
      const cells = record.map((cell) => cell.trim());
      if (cells.some((cell) => cell !== '')) yield { line: info.lines - within, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BrokenFile(file, `line ${ended + 1}`, reasonOf(error));
  }
}
