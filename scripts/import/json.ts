import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import { BrokenFile } from './broken-file';

/** What JSON holds. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json | undefined;
}

/** A value of a JSON file that somebody asked for. */
export interface JsonRecord {
  value: Json;
  /** The names and places that lead to it: `['data', 'flows', 3]`. */
  path: (string | number)[];
  /** The line on which it begins, if it is an object; else on which it ends. */
  line: number;
}

/** Whether a value is a JSON object. */
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const LINE_FEED = 10;

/** Counts lines up to where tokens begin; places only ever move forwards. */
const createLines = () => {
  let chunk: Uint8Array = new Uint8Array();
  let chunkStart = 0;
  let counted = 0;
  let line = 1;
  const at = (offset: number): number => {
    const end = Math.min(offset - chunkStart, chunk.length);
    for (; counted < end; counted += 1) if (chunk[counted] === LINE_FEED) line += 1;
    return line;
  };
  return {
    at,
    next: (bytes: Uint8Array) => {
      at(chunkStart + chunk.length);
      chunkStart += chunk.length;
      chunk = bytes;
      counted = 0;
    },
  };
};

/**
 * Reads the values at some paths of a JSON text as they come, one in memory at a time.
 * @param paths JSONPath of names and `*`: `$.grants.*` for each item of the list `grants`.
 * @throws BrokenFile if it is not well-formed JSON, or ends too early.
 */
export async function* readJson(
  text: AsyncIterable<string>,
  file: string,
  paths: string[],
): AsyncGenerator<JsonRecord> {
  const lines = createLines();
  /** The lines of the opening braces that are not closed yet, by depth. */
  const opened: number[] = [];
  let depth = 0;
  let ready: JsonRecord[] = [];
  let offset = 0;
  const tokenizer = new Tokenizer();
  const parser = new TokenParser({ paths, keepStack: false });
  tokenizer.onToken = (token) => {
    offset = token.offset;
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) {
      opened[depth] = lines.at(offset);
      depth += 1;
    } else if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) {
      depth -= 1;
    }
    parser.write(token);
  };
  parser.onValue = ({ value, key, stack }) => {
    const isStructure = typeof value === 'object' && value !== null;
    ready.push({
      value: (value ?? null) as Json,
      path: [...stack.slice(1).map((outer) => outer.key ?? ''), key ?? ''],
      line: isStructure ? (opened[stack.length] ?? 1) : lines.at(offset),
    });
  };
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      throw new BrokenFile(
        file,
        `line ${lines.at(Number.MAX_SAFE_INTEGER)}`,
        `it is not well-formed JSON: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };

  for await (const chunk of text) {
    const bytes = Buffer.from(chunk);
    lines.next(bytes);
    attempt(() => tokenizer.write(bytes));
    const done = ready;
    ready = [];
    yield* done;
  }
  if (!parser.isEnded) {
    throw new BrokenFile(
      file,
      `line ${lines.at(Number.MAX_SAFE_INTEGER)}`,
      'its JSON ends in the middle.',
    );
  }
}
