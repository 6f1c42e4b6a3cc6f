import { GraphQLError } from 'graphql';
import type { PublicCode } from '../../subgraphs/shared/errors';
import type { RequestContext } from '../context';

/** What a source may tell the caller; whether somebody may ask is the gateway's to say. */
const FOR_CALLERS: readonly PublicCode[] = ['BAD_USER_INPUT', 'INVALID_CURSOR'];
const isForCallers = (code: unknown): boolean => FOR_CALLERS.some((known) => known === code);

/** More errors of one answer say nothing that the first ones do not. */
const MOST_ERRORS = 100;
const MOST_LOGGED = 10;

type Path = readonly (string | number)[];

/** An error as a source reports it, which may be anything. */
export interface SourceError {
  message?: unknown;
  path?: unknown;
  extensions?: { code?: unknown } | null;
}

const pathOf = (path: unknown): Path | undefined =>
  Array.isArray(path) &&
  path.every((step) => typeof step === 'string' || Number.isInteger(step as number))
    ? (path as Path)
    : undefined;

/** The one error that a client sees of a source that fails, whatever the reason. */
const unavailable = (source: string, path: Path | undefined) =>
  new GraphQLError(`The source \`${source}\` did not answer.`, {
    path,
    extensions: { code: 'SOURCE_UNAVAILABLE', source },
  });

/**
 * The errors of a source as a client may see them. Those for the caller keep their code; any other is
 * the source not answering, noted as missing, and what went wrong stays in the log.
 * @param source the source's name.
 */
export const mapSourceErrors = (
  source: string,
  errors: readonly (GraphQLError | SourceError | null)[],
  { requestId, log, missing }: Pick<RequestContext, 'requestId' | 'log' | 'missing'>,
): GraphQLError[] => {
  if (errors.length > MOST_ERRORS)
    log.error({ requestId, source, errors: errors.length }, 'a source answers with many errors');
  let logged = 0;
  return errors.slice(0, MOST_ERRORS).map((error) => {
    const code = error?.extensions?.code;
    const path = pathOf(error?.path);
    if (isForCallers(code) && typeof error?.message === 'string')
      return new GraphQLError(error.message, { path, extensions: { code } });
    if ((logged += 1) <= MOST_LOGGED) {
      const err = error instanceof GraphQLError ? (error.originalError ?? error) : error;
      log.error({ requestId, source, err }, 'a source failed');
    }
    missing.push({ source, path: path ?? null });
    return unavailable(source, path);
  });
};

/** The answer of a source that gave none: nothing, and an error that says who is missing. */
export const noAnswer = (
  source: string,
  reason: unknown,
  context: Pick<RequestContext, 'requestId' | 'log' | 'missing'>,
): { data: null; errors: GraphQLError[] } => {
  const { requestId, log, missing } = context;
  log.error({ requestId, source, err: reason }, 'a source failed');
  missing.push({ source, path: null });
  return { data: null, errors: [unavailable(source, undefined)] };
};
