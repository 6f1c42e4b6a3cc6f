import { type ASTNode, getLocation, GraphQLError } from 'graphql';
import type { Finding } from '../../partners';
import { ADVICE, type FindingCode } from './codes';

/** Where something was found: a node of the parsed SDL, or an error of the parser. */
type At = Pick<ASTNode, 'loc'> | GraphQLError | null;

const placeOf = (at: At): { line: number | null; column: number | null } => {
  if (at instanceof GraphQLError) return at.locations?.[0] ?? { line: null, column: null };
  return at?.loc ? getLocation(at.loc.source, at.loc.start) : { line: null, column: null };
};

/** Names in a hostile text may be as long as the text. */
const LONGEST = 500;
const clip = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;

/** How grave what a code says is. */
export const severityOf = (code: FindingCode): Finding['severity'] =>
  ADVICE[code].severity ?? 'ERROR';

/** A finding of a code, with the advice that the code has. */
export const createFinding = (
  code: FindingCode,
  at: At,
  message: string,
  coordinate: string | null = null,
): Finding => ({
  code,
  severity: severityOf(code),
  coordinate: coordinate && clip(coordinate),
  ...placeOf(at),
  message: clip(message),
  advice: ADVICE[code].advice,
});
