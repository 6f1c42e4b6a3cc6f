import path from 'node:path';
import { Readable, pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { BrokenFile } from '../broken-file';
import { faultOfKey } from './fault';
import { type Chunks, type Line, linesOf } from './lines';
import type { ParsedStatement, StatementKind } from './record';
import { keysOf, kindOf, STATEMENT_KINDS, typeOf, validateStatement } from './validate';

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The delimiters that spreadsheets write, by their country; a column's name holds none of them. */
const DELIMITERS = [',', ';', '\t'];
const LARGEST_ROW = 1024 * 1024;
const BOOLEANS: Record<string, boolean> = { yes: true, true: true, no: false, false: false };

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

/** The rows that are not empty, each with the line on which it begins. */
async function* rowsOf(input: Chunks, file: string): AsyncGenerator<Row> {
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

/** What a cell means as a value of JSON; text that does not fit is left for the validation to refuse. */
const valueOf = (cell: string, type: string): unknown => {
  switch (type) {
    case 'array':
      return cell
        .split(';')
        .map((item) => item.trim())
        .filter((item) => item !== '');
    case 'boolean':
      return BOOLEANS[cell.toLowerCase()] ?? cell;
    case 'number':
    case 'integer':
      return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
    default:
      return cell;
  }
};

/**
 * @throws BrokenFile if a column is unknown, is about persons or is there twice: were its rows only
 * rejected, one slip in the header would withdraw all that the last edition said.
 */
const checkHeader = ({ line, cells }: Row, kind: StatementKind, file: string): void => {
  const keys = keysOf(kind);
  const columns = cells.filter((cell) => cell !== '');
  for (const [index, column] of columns.entries()) {
    if (!keys.includes(column))
      throw new BrokenFile(file, `line ${line}`, `the column ${faultOfKey(column, keys).reason}`);
    if (columns.indexOf(column) !== index)
      throw new BrokenFile(file, `line ${line}`, `the column \`${column}\` is there twice.`);
  }
};

const kindOfFile = (file: string): StatementKind | null =>
  kindOf(path.basename(file).split('.')[0]);

const readRow = (header: Row, { line, cells }: Row, kind: StatementKind, file: string) => {
  const rejected = (code: string, reason: string): ParsedStatement => ({
    status: 'rejected',
    file,
    line,
    code,
    reason,
  });
  const fields: Record<string, unknown> = { kind };
  for (const [index, cell] of cells.entries()) {
    if (cell === '') continue;
    const column = header.cells[index] ?? '';
    if (column === '')
      return rejected('NO_COLUMN', `cell ${index + 1} has no column; is a quotation mark missing?`);
    fields[column] = valueOf(cell, typeOf(kind, column));
  }
  if (fields['kind'] !== kind)
    return rejected('WRONG_KIND', `\`kind\` is not ${kind}; a CSV file is of one kind.`);
  const checked = validateStatement(fields);
  return checked.status === 'valid'
    ? ({ status: 'record', record: checked.record, file, line } satisfies ParsedStatement)
    : rejected(checked.code, checked.reason);
};

/**
 * The records of one CSV file, of the kind that its name or its first row says; of any kind, the
 * source included.
 * @throws BrokenFile if the kind or the columns are not known, or if it is not CSV in UTF-8.
 */
export async function* readStatementRows(
  input: Chunks,
  file: string,
): AsyncGenerator<ParsedStatement> {
  let header: Row | null = null;
  let kind: StatementKind | null = kindOfFile(file);
  let checked = false;
  for await (const row of rowsOf(input, file)) {
    if (header === null) {
      header = row;
    } else {
      kind ??= kindOf(row.cells[header.cells.indexOf('kind')]);
    }
    if (kind === null && (row !== header || !header.cells.includes('kind')))
      throw new BrokenFile(
        file,
        `line ${row.line}`,
        `of which kind it is, neither its name nor a column \`kind\` says: ${STATEMENT_KINDS.join(', ')}.`,
      );
    if (kind === null) continue;
    if (!checked) checkHeader(header, kind, file);
    checked = true;
    if (row !== header) yield readRow(header, row, kind, file);
  }
  if (header === null) throw new BrokenFile(file, 'line 1', 'it is empty.');
}
