import { BrokenFile } from '../broken-file';
import { isObject, type Json, readJson } from '../json';
import type { Element } from './element';
import { type IatiElement, SKIPPED } from './read';

const ATTRIBUTES = '@';
const TEXT = 'text';

const wordOf = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** An element as XML has it. It stands on the line of its activity: JSON keeps no finer places. */
const toElement = (name: string, value: Json, line: number): Element => {
  if (!isObject(value)) return { name, line, attributes: {}, children: [], text: wordOf(value) };
  const attributes = isObject(value[ATTRIBUTES]) ? Object.entries(value[ATTRIBUTES]) : [];
  return {
    name,
    line,
    attributes: Object.fromEntries(attributes.map(([key, word]) => [key, wordOf(word)])),
    children: Object.entries(value).flatMap(([child, values]) =>
      child === ATTRIBUTES || child === TEXT || SKIPPED.has(child)
        ? []
        : [values ?? null].flat().map((each) => toElement(child, each, line)),
    ),
    text: wordOf(value[TEXT]),
  };
};

/**
 * Reads IATI 1.0x activities whose XML was turned into JSON, one in memory at a time: an object of
 * activities by identifier, in which `@` holds the attributes of an element, `text` its text, and
 * every other name the list of its children of that name.
 * @throws BrokenFile if it is not well-formed JSON, or not of this form.
 */
export async function* readIatiJson(
  text: AsyncIterable<string>,
  file: string,
): AsyncGenerator<IatiElement> {
  for await (const { value, path, line } of readJson(text, file, ['$.*'])) {
    if (!isObject(value)) {
      throw new BrokenFile(
        file,
        `line ${line}`,
        `its ${JSON.stringify(path[0])} is no activity; JSON of IATI is an object of activities by identifier.`,
      );
    }
    const element = toElement('iati-activity', value, line);
    yield { element, version: element.attributes.version ?? null };
  }
}
