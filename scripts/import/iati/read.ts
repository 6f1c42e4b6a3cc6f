import { SaxesParser } from 'saxes';
import { BrokenFile } from '../broken-file';
import type { Element } from './element';

const RECORDS = new Set(['iati-activity', 'iati-organisation']);
const ROOTS = new Set(['iati-activities', 'iati-organisations']);
const NOT_WHITE = /\S/;
/** People's names and addresses are not ingested, so they are not even read. */
export const SKIPPED = new Set(['contact-info']);

/** One `iati-activity` or `iati-organisation`, with what the root says for all. */
export interface IatiElement {
  element: Element;
  /** The standard's version, as the root names it. */
  version: string | null;
}

/**
 * Reads the records of an IATI file as they come, one record in memory at a time.
 * @throws BrokenFile if it is not well-formed XML, or not IATI.
 */
export async function* readIati(
  text: AsyncIterable<string>,
  file: string,
): AsyncGenerator<IatiElement> {
  const parser = new SaxesParser();
  const path: Element[] = [];
  let ready: IatiElement[] = [];
  let version: string | null = null;
  let depth = 0;
  let skipping = 0;
  let sawRoot = false;

  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth === 1) {
      sawRoot = true;
      version = tag.attributes.version ?? null;
      if (ROOTS.has(tag.name)) return;
      // Some publishers' files are one record without a list around it.
      if (!RECORDS.has(tag.name)) {
        throw new BrokenFile(
          file,
          `line ${parser.line}`,
          `its root is <${tag.name}>, not <iati-activities> or <iati-organisations>.`,
        );
      }
    }
    const inside = path.length > 0;
    if (skipping > 0 || (inside && SKIPPED.has(tag.name))) {
      skipping += 1;
      return;
    }
    if (!inside && !RECORDS.has(tag.name)) return;
    const element = {
      name: tag.name,
      line: parser.line,
      attributes: tag.attributes,
      children: [],
      text: '',
    };
    path.at(-1)?.children.push(element);
    path.push(element);
  });
  const addText = (words: string) => {
    const at = skipping === 0 ? path.at(-1) : undefined;
    // Most texts are the white space between tags, which means nothing.
    if (at && (at.text !== '' || NOT_WHITE.test(words))) at.text += words;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    depth -= 1;
    if (skipping > 0) {
      skipping -= 1;
      return;
    }
    const element = path.pop();
    if (element && path.length === 0) ready.push({ element, version });
  });
  parser.on('error', (error) => {
    throw new BrokenFile(
      file,
      `line ${parser.line}`,
      `it is not well-formed XML: ${error.message}`,
    );
  });

  for await (const chunk of text) {
    parser.write(chunk);
    const done = ready;
    ready = [];
    yield* done;
  }
  parser.close();
  if (!sawRoot) throw new BrokenFile(file, 'line 1', 'it holds no XML element.');
  yield* ready;
}
