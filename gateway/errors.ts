import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { PUBLIC_CODES, type PublicCode } from '../subgraphs/shared/errors';

const isPublic = (code: unknown): code is PublicCode =>
  typeof code === 'string' && code in PUBLIC_CODES;

/** Apollo's own codes that say what one of ours says. */
const SAME_AS: Record<string, PublicCode> = {
  PERSISTED_QUERY_NOT_FOUND: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST',
};

/**
 * What may leave the building of an error: a documented code with its message, as it is; of anything
 * else only that something went wrong. What went wrong is logged under the request's id.
 */
export const maskError = (
  formatted: GraphQLFormattedError,
  error: unknown,
  requestId: string,
  log: Logger,
): GraphQLFormattedError => {
  const given = formatted.extensions?.code;
  const code = SAME_AS[String(given)] ?? given;
  const { locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (isPublic(code) && code !== 'INTERNAL') {
    const { source, status, cost } = formatted.extensions ?? {};
    return {
      message: formatted.message,
      ...place,
      extensions: {
        code,
        requestId,
        ...(source !== undefined && { source, status }),
        ...(cost !== undefined && { cost }),
      },
    };
  }
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  log.error({ requestId, path, err: original, message: formatted.message }, 'an error was masked');
  return {
    message: 'Something went wrong on our side. The request id finds it in our log.',
    ...place,
    extensions: { code: 'INTERNAL', requestId },
  };
};

/** An error as the body of an HTTP answer, of the same shape as a GraphQL error. */
export const errorBody = (code: PublicCode, message: string, requestId: string) => ({
  errors: [{ message, extensions: { code, requestId } }],
});
