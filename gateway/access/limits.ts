import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  Lexer,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql';
import type { Limits } from '../config';
import { PublicError } from '../../subgraphs/shared/errors';

const tooLarge = (what: string, limit: number, found: string) =>
  new PublicError(
    'QUERY_TOO_LARGE',
    `This query has ${found} ${what}; at most ${limit} are allowed.`,
  );

/**
 * Counts tokens before anything is parsed, so that a huge text costs little.
 * @throws PublicError QUERY_TOO_LARGE. A text that cannot be read is left to the parser.
 */
export const checkTokens = (query: string, { tokens }: Limits): void => {
  const lexer = new Lexer(new Source(query));
  try {
    for (let count = 0; lexer.advance().kind !== TokenKind.EOF;) {
      count += 1;
      if (count > tokens) throw tooLarge('tokens', tokens, `over ${tokens}`);
    }
  } catch (error) {
    if (error instanceof PublicError) throw error;
  }
};

interface Size {
  depth: number;
  fields: number;
}

/**
 * Refuses a parsed query beyond the limits on depth, aliases and fields, with fragments counted where
 * they are spread; each fragment is measured once, so that spreads within spreads cost no time.
 * @throws PublicError QUERY_TOO_LARGE, also for fragments that contain themselves.
 */
export const checkSize = (document: DocumentNode, limits: Limits): void => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Size>();
  const underway = new Set<string>();
  let aliases = 0;

  const ofFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    if (underway.has(name))
      throw new PublicError('QUERY_TOO_LARGE', `The fragment \`${name}\` contains itself.`);
    const fragment = fragments.get(name);
    if (!fragment) return { depth: 0, fields: 0 };
    underway.add(name);
    const size = ofSelections(fragment.selectionSet);
    underway.delete(name);
    measured.set(name, size);
    return size;
  };

  const ofField = (field: FieldNode): Size => {
    if (field.alias) aliases += 1;
    if (aliases > limits.aliases)
      throw tooLarge('aliases', limits.aliases, `over ${limits.aliases}`);
    // Introspection goes deep by nature, and answers from memory.
    if (!field.selectionSet || field.name.value.startsWith('__')) return { depth: 1, fields: 1 };
    const inner = ofSelections(field.selectionSet);
    return { depth: inner.depth + 1, fields: inner.fields + 1 };
  };

  const ofSelections = ({ selections }: SelectionSetNode): Size => {
    const total = { depth: 0, fields: 0 };
    for (const selection of selections) {
      const size =
        selection.kind === Kind.FIELD
          ? ofField(selection)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value)
            : ofSelections(selection.selectionSet);
      total.depth = Math.max(total.depth, size.depth);
      total.fields += size.fields;
      if (total.fields > limits.fields)
        throw tooLarge('fields', limits.fields, `over ${limits.fields}`);
      if (total.depth > limits.depth)
        throw tooLarge('levels of fields', limits.depth, `over ${limits.depth}`);
    }
    return total;
  };

  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) ofSelections(definition.selectionSet);
  }
};
