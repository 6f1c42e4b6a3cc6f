import { BrokenFile } from '../broken-file';
import { decode, type Input } from '../inputs';
import { isObject, type JsonObject, readJson } from '../json';
import { isJson, peek } from '../peek';
import { type Row, rowsOf } from '../rows';
import { flowOfRow } from './table';

/** A flow as the JSON of FTS has it, or what a page says of the whole search. */
export type ReadFlow =
  | { kind: 'flow'; flow: JsonObject; line: number }
  | { kind: 'not-a-flow'; line: number }
  | { kind: 'search'; flows: number };

async function* flowsOfJson(text: AsyncIterable<string>, file: string): AsyncGenerator<ReadFlow> {
  let isPage = false;
  for await (const { value, path, line } of readJson(text, file, ['$.data.flows.*', '$.meta'])) {
    if (path[0] === 'data')
      yield isObject(value) ? { kind: 'flow', flow: value, line } : { kind: 'not-a-flow', line };
    else if (isObject(value) && typeof value.count === 'number')
      yield { kind: 'search', flows: value.count };
    isPage = true;
  }
  if (!isPage)
    throw new BrokenFile(file, 'its top', 'it has no `data.flows`; is it a page of FTS flows?');
}

async function* flowsOfTable(text: AsyncIterable<string>, file: string): AsyncGenerator<ReadFlow> {
  let header: Row | null = null;
  for await (const row of rowsOf(text, file)) {
    if (header) {
      yield { kind: 'flow', flow: flowOfRow(header.cells, row.cells), line: row.line };
      continue;
    }
    header = row;
    // Without these every row would be rejected, and all that the last edition said withdrawn.
    for (const name of ['id', 'amountUSD', 'status'])
      if (!header.cells.includes(name))
        throw new BrokenFile(
          file,
          `line ${row.line}`,
          `none of its columns is \`${name}\`; is it a table of FTS flows?`,
        );
  }
}

/**
 * Reads the flows of one page of an FTS search, JSON or the table that HDX makes of it, one in memory
 * at a time.
 * @throws BrokenFile if it is neither.
 */
export async function* readFlows(input: Input): AsyncGenerator<ReadFlow> {
  const { head, text } = await peek(decode(await input.open(), input.name));
  yield* isJson(head) ? flowsOfJson(text, input.name) : flowsOfTable(text, input.name);
}
