import { BrokenFile } from '../broken-file';
import { decode, type Input } from '../inputs';
import { isObject, type JsonObject, readJson } from '../json';
import { isJson, peek } from '../peek';
import { type Row, rowsOf } from '../rows';
import { createFlatReader } from './flat';

/** A grant as the JSON of the standard has it, or what a whole file says of itself. */
export type ReadGrant =
  | { kind: 'grant'; grant: JsonObject; line: number }
  | { kind: 'not-a-grant'; line: number }
  | { kind: 'licence'; licence: string };

async function* grantsOfJson(text: AsyncIterable<string>, file: string): AsyncGenerator<ReadGrant> {
  for await (const { value, path, line } of readJson(text, file, ['$.license', '$.grants.*'])) {
    if (path[0] === 'grants')
      yield isObject(value) ? { kind: 'grant', grant: value, line } : { kind: 'not-a-grant', line };
    else if (typeof value === 'string') yield { kind: 'licence', licence: value };
  }
}

async function* grantsOfTable(
  text: AsyncIterable<string>,
  file: string,
): AsyncGenerator<ReadGrant> {
  let flat: ReturnType<typeof createFlatReader> | null = null;
  for await (const row of rowsOf(text, file)) {
    if (flat) yield { kind: 'grant', grant: flat.grant(row.cells), line: row.line };
    else flat = headerOf(row, file);
  }
}

const headerOf = ({ line, cells }: Row, file: string) => {
  const flat = createFlatReader(cells);
  // Without these every row would be rejected, and all that the last edition said withdrawn.
  for (const name of ['id', 'amountAwarded'])
    if (!flat.names.has(name))
      throw new BrokenFile(
        file,
        `line ${line}`,
        `none of its columns is \`${name === 'id' ? 'Identifier' : 'Amount Awarded'}\`; is it 360Giving data?`,
      );
  return flat;
};

/**
 * Reads the grants of a 360Giving file, JSON or the flat form as CSV, one in memory at a time.
 * @throws BrokenFile if it is neither, or has no grants.
 */
export async function* readGrants(input: Input): AsyncGenerator<ReadGrant> {
  const { head, text } = await peek(decode(await input.open(), input.name));
  let empty = true;
  for await (const item of isJson(head)
    ? grantsOfJson(text, input.name)
    : grantsOfTable(text, input.name)) {
    empty &&= item.kind === 'licence';
    yield item;
  }
  // Were it taken for an edition, it would withdraw all that the last one said.
  if (empty) throw new BrokenFile(input.name, 'its top', 'it has no grants; is it 360Giving data?');
}
