import { GraphQLError } from 'graphql';
import type { PublicCode } from '../../subgraphs/shared/errors';
import type { RequestContext } from '../context';
import { pathName, type SourceStatus } from '../sources';
import { UnusableAnswer } from './bounded-answer';

/** What a source of ours may tell the caller; whether somebody may ask is the gateway's to say. */
const FOR_CALLERS: readonly PublicCode[] = ['BAD_USER_INPUT', 'INVALID_CURSOR'];
const isForCallers = (code: unknown): boolean => FOR_CALLERS.some((known) => known === code);

/** More errors of one answer say nothing that the first ones do not. */
const MOST_ERRORS = 100;
const MOST_LOGGED = 10;
/** A source that fails in a way of its own may say so at length. */
const LOGGED_CHARACTERS = 500;

type Steps = readonly (string | number)[];

/** An error as a source reports it, which may be anything. */
export interface SourceError {
  message?: unknown;
  path?: unknown;
  extensions?: { code?: unknown } | null;
}

/** Where a source was asked, and by whom. */
export interface SourcePlace {
  readonly source: string;
  readonly context: RequestContext;
  /** The place within the client's answer that the source's own begins at. */
  readonly at: Steps;
}

const MOST_STEPS = 40;

/** The path of a source's error, if it is one. */
export const pathOf = (path: unknown): Steps | undefined =>
  Array.isArray(path) &&
  path.length <= MOST_STEPS &&
  path.every((step) => typeof step === 'string' || Number.isSafeInteger(step))
    ? (path as Steps)
    : undefined;

const SAYS: Record<Exclude<SourceStatus, 'ok' | 'stale'>, string> = {
  timeout: 'did not answer.',
  unavailable: 'did not answer.',
  invalid: 'answered with something that is not taken.',
  quarantined: 'is not asked: it broke the contract of this graph.',
};

/** The one error that a client sees of a source that fails; its words are ours, whatever the reason. */
export const sourceError = (source: string, status: keyof typeof SAYS, path: Steps | undefined) =>
  new GraphQLError(`The source \`${source}\` ${SAYS[status]}`, {
    path,
    extensions: { code: 'SOURCE_UNAVAILABLE', source, status },
  });

const loggable = (error: unknown): unknown => {
  if (error instanceof GraphQLError) return error.originalError ?? error;
  if (error instanceof Error) return error;
  return JSON.stringify(error)?.slice(0, LOGGED_CHARACTERS);
};

/** Notes errors in the log: the first ones, and how many there were. */
export const logErrors = (
  { source, context: { requestId, log } }: SourcePlace,
  errors: readonly unknown[],
): void => {
  if (errors.length > MOST_ERRORS)
    log.error({ requestId, source, errors: errors.length }, 'a source answers with many errors');
  for (const error of errors.slice(0, MOST_LOGGED))
    log.error({ requestId, source, err: loggable(error) }, 'a source failed');
};

/**
 * The errors of a source of ours as a client may see them. Those for the caller keep their code; any other
 * is the source not answering, noted as missing, and what went wrong stays in the log.
 */
export const mapSourceErrors = (
  place: SourcePlace,
  errors: readonly (GraphQLError | SourceError | null)[],
): GraphQLError[] => {
  const { source, context, at } = place;
  const forCallers = (error: GraphQLError | SourceError | null) =>
    isForCallers(error?.extensions?.code) && typeof error?.message === 'string';
  logErrors(
    place,
    errors.filter((error) => !forCallers(error)),
  );
  return errors.slice(0, MOST_ERRORS).map((error) => {
    const path = pathOf(error?.path);
    if (forCallers(error))
      return new GraphQLError(String(error?.message), {
        path,
        extensions: { code: error?.extensions?.code },
      });
    context.ledger.note(source, 'unavailable', path ? [pathName([...at, ...path])] : []);
    return sourceError(source, 'unavailable', path);
  });
};

/**
 * The answer of a source that gave none: nothing, and an error that says who is missing and where.
 * @param asked whether it was asked for entities, and for which fields.
 */
export const noAnswer = (
  { source, context, at }: SourcePlace,
  reason: unknown,
  asked: { readonly entities: boolean; readonly fields: readonly string[] },
): { data: null; errors: GraphQLError[] } => {
  const { requestId, log, ledger } = context;
  log.error({ requestId, source, err: reason }, 'a source failed');
  const status = statusOf(reason);
  ledger.note(
    source,
    status,
    asked.fields.map((field) => pathName([...at, field])),
  );
  const [first] = asked.fields;
  const path = first === undefined ? undefined : asked.entities ? ['_entities', 0, first] : [first];
  return { data: null, errors: [sourceError(source, status, path)] };
};

/** What a failure is to a client. */
export const statusOf = (reason: unknown): Exclude<SourceStatus, 'ok' | 'stale'> =>
  reason instanceof UnusableAnswer ? reason.failure : 'unavailable';
