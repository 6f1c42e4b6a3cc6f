import { GraphQLError } from 'graphql';

/**
 * Every code that may reach a client, with what it means. The gateway masks all others, so a new
 * kind of answer starts with a line here.
 */
export const PUBLIC_CODES = {
  BAD_USER_INPUT: 'An argument has a value that the field cannot use; the message says which.',
  INVALID_CURSOR: 'The cursor is malformed, or belongs to another list, order or filter.',
  GRAPHQL_PARSE_FAILED: 'The query text is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The query does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE: 'The operation name is missing or fits no operation sent.',
  BAD_REQUEST: 'The HTTP request cannot be read as a GraphQL request.',
  UNAUTHENTICATED: 'The key that came with the request is wrong, has expired or was revoked.',
  FORBIDDEN: 'The key that came with the request may not do this, or none came.',
  NOT_FOUND: 'No such address, or nothing of this name there.',
  CONFLICT: 'What is there does not allow it; the message says why.',
  PUBLICATION_REFUSED: 'The publication changed nothing; its findings say why.',
  METHOD_NOT_ALLOWED: 'The address does not answer this HTTP method.',
  REQUEST_TOO_LARGE: 'The request body is larger than this gateway reads.',
  UNSUPPORTED_MEDIA_TYPE: 'The request body is not JSON.',
  QUERY_TOO_LARGE:
    'The query exceeds a limit on tokens, depth, aliases or fields; the message says which.',
  COST_EXCEEDED:
    'The query may cost more points than its sender’s tier allows at once; the error says how many.',
  RATE_LIMITED:
    'Its sender has used up the points of the minute; `Retry-After` says when to go on.',
  DEADLINE_EXCEEDED: 'The answer took longer than this gateway waits.',
  SOURCE_UNAVAILABLE:
    'A data source did not answer, or with what is not taken; `extensions.sources` says which. The rest stands.',
  SOURCES_INCOMPLETE: 'All or nothing was asked for, and a data source is missing.',
  SHUTTING_DOWN: 'This server is stopping; ask again.',
  INTERNAL: 'A fault of ours; the request id finds it in the log.',
} as const;
export type PublicCode = keyof typeof PUBLIC_CODES;

/** An error whose message is meant for the caller and leaves the building as it is. */
export class PublicError extends GraphQLError {
  constructor(code: PublicCode, message: string) {
    super(message, { extensions: { code } });
    this.name = 'PublicError';
  }
}

/** The caller gave a value that cannot be used. */
export class BadInput extends PublicError {
  constructor(message: string) {
    super('BAD_USER_INPUT', message);
  }
}

/** The caller gave a cursor that this list did not issue. */
export class InvalidCursor extends PublicError {
  constructor() {
    super(
      'INVALID_CURSOR',
      'This cursor was not issued by this list in this order and filter. Start without `after`.',
    );
  }
}
