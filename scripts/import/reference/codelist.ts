import { XMLParser, XMLValidator } from 'fast-xml-parser';
import path from 'node:path';
import type { NewCodelist } from '../../../subgraphs/organisations';
import { BrokenFile } from '../broken-file';
import { codeIn } from './lists';

type Node = Record<string, unknown>;

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => name === 'codelist-item' || name === 'narrative',
});

const textOf = (node: unknown): string | null => {
  const text = typeof node === 'object' && node !== null ? (node as Node)['#text'] : node;
  return typeof text === 'string' && text.trim() !== '' ? text.replace(/\s+/g, ' ').trim() : null;
};

/** The words of an element in a language: its `<narrative>` (2.0x), or its own text (1.0x, English). */
const wordsIn = (node: unknown, lang: string): string | null => {
  const narratives = (node as Node | undefined)?.narrative as unknown[] | undefined;
  if (!narratives) return lang === 'en' ? textOf(node) : null;
  const found = narratives.find(
    (narrative) => ((narrative as Node)['@_xml:lang'] ?? 'en') === lang,
  );
  return textOf(found);
};

/**
 * Reads one IATI codelist file (2.0x).
 * @throws BrokenFile if it is not well-formed XML, or no codelist.
 */
export const parseCodelist = (xml: string, file: string): NewCodelist => {
  const valid = XMLValidator.validate(xml);
  if (valid !== true)
    throw new BrokenFile(
      file,
      `line ${valid.err.line}`,
      `it is not well-formed XML: ${valid.err.msg}`,
    );
  const root = (parser.parse(xml) as Node).codelist as Node | undefined;
  if (!root) throw new BrokenFile(file, 'line 1', 'its root is not <codelist>.');
  const metadata = root.metadata as Node | undefined;
  const items = ((root['codelist-items'] as Node | undefined)?.['codelist-item'] ?? []) as Node[];
  const name =
    typeof root['@_name'] === 'string' ? root['@_name'] : path.basename(file, path.extname(file));
  const category = root['@_category-codelist'];
  return {
    name: codeIn(name, file, 'its name'),
    title: wordsIn(metadata?.name, 'en'),
    url: textOf(metadata?.url),
    category: typeof category === 'string' ? category : null,
    items: items.flatMap((item) => {
      const code = textOf(item.code);
      if (code === null) return [];
      return [
        {
          code: codeIn(code, file, 'an item'),
          name: wordsIn(item.name, 'en') ?? wordsIn(item.name, 'fr') ?? code,
          nameFr: wordsIn(item.name, 'fr'),
          description: wordsIn(item.description, 'en'),
          category: textOf(item.category),
          status: item['@_status'] === 'withdrawn' ? ('withdrawn' as const) : ('active' as const),
        },
      ];
    }),
  };
};
