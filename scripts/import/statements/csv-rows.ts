import path from 'node:path';
import { BrokenFile } from '../broken-file';
import type { Chunks } from '../lines';
import { type Row, rowsOf } from '../rows';
import { faultOfKey } from './fault';
import type { ParsedStatement, StatementKind } from './record';
import { keysOf, kindOf, STATEMENT_KINDS, typeOf, validateStatement } from './validate';

const BOOLEANS: Record<string, boolean> = { yes: true, true: true, no: false, false: false };

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
