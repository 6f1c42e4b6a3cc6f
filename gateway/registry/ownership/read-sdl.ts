import { type DocumentNode, GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql';
import type { Finding } from '../../partners';
import { createFinding } from './finding';
import { withoutFurniture } from './furniture';
import type { OwnershipPolicy } from './policy';

type ReadSdl = { readonly document: DocumentNode } | { readonly findings: readonly Finding[] };

const OPENING: ReadonlySet<string> = new Set([
  TokenKind.BRACE_L,
  TokenKind.BRACKET_L,
  TokenKind.PAREN_L,
]);
const CLOSING: ReadonlySet<string> = new Set([
  TokenKind.BRACE_R,
  TokenKind.BRACKET_R,
  TokenKind.PAREN_R,
]);

/** Counts before anything is parsed: the parser calls itself for each bracket, and would run out of stack. */
const sizeFinding = (source: Source, { caps }: OwnershipPolicy): Finding | null => {
  const lexer = new Lexer(source);
  let tokens = 0;
  let depth = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    tokens += 1;
    if (tokens > caps.tokens)
      return createFinding('SDL_TOO_LARGE', null, `The schema has over ${caps.tokens} tokens.`);
    if (OPENING.has(token.kind)) depth += 1;
    if (CLOSING.has(token.kind)) depth -= 1;
    if (depth > caps.nesting) {
      const at = new GraphQLError('', { source, positions: [token.start] });
      return createFinding(
        'SDL_TOO_DEEP',
        at,
        `Brackets are nested deeper than ${caps.nesting} here.`,
      );
    }
  }
  return null;
};

/** Reads a partner's schema within the caps on its size. Never throws. */
export const readSdl = (sdl: string, policy: OwnershipPolicy): ReadSdl => {
  const bytes = Buffer.byteLength(sdl);
  if (bytes > policy.caps.bytes) {
    const message = `The schema has ${bytes} bytes; at most ${policy.caps.bytes} are allowed.`;
    return { findings: [createFinding('SDL_TOO_LARGE', null, message)] };
  }
  try {
    const source = new Source(sdl);
    const tooLarge = sizeFinding(source, policy);
    return tooLarge ? { findings: [tooLarge] } : { document: withoutFurniture(parse(source)) };
  } catch (error) {
    if (error instanceof GraphQLError)
      return { findings: [createFinding('SDL_SYNTAX', error, error.message)] };
    const message = `The schema cannot be read: ${String(error)}`;
    return { findings: [createFinding('SDL_UNREADABLE', null, message)] };
  }
};
