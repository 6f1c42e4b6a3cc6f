import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFormattedError,
  validate,
} from 'graphql';
import type { Logger } from 'pino';
import { createDocuments } from '../documents';
import { PUBLIC_CODES } from '../errors';
import type { Subgraph } from '../subgraph';
import type { Viewer } from '../viewer';

/** A sub-query of the gateway's. */
export interface SubQuery {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

/** The sub-query does not fit this subgraph's schema: gateway and subgraph are of different versions. */
export class UnfitQuery extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The query does not fit: ${problems.join(' ')}`);
    this.name = 'UnfitQuery';
  }
}

/** An error as it may leave the process: ours for callers as it is, of any other only its place. */
const withoutSecrets = (error: GraphQLError, log: Logger): GraphQLFormattedError => {
  const { code } = error.extensions;
  const path = error.path && { path: error.path };
  if (typeof code === 'string' && code in PUBLIC_CODES)
    return { message: error.message, ...path, extensions: { code } };
  log.error({ err: error.originalError ?? error, path: error.path }, 'a resolver failed');
  return { message: 'A resolver failed.', ...path, extensions: { code: 'RESOLVER_FAILED' } };
};

/**
 * Answers sub-queries of a subgraph, whose texts are parsed and checked once.
 * @throws UnfitQuery, GraphQLError where the text is not GraphQL.
 */
export const createQueryRunner = ({ schema, context }: Pick<Subgraph, 'schema' | 'context'>) => {
  const documentOf = createDocuments((document: DocumentNode) => {
    const problems = validate(schema, document);
    if (problems.length > 0) throw new UnfitQuery(problems.map(({ message }) => message));
  });
  return async ({ query, variables, operationName }: SubQuery, viewer: Viewer, log: Logger) => {
    const { data, errors }: ExecutionResult = await execute({
      schema,
      document: documentOf(query),
      contextValue: context(viewer),
      variableValues: variables,
      operationName,
    });
    return {
      data,
      ...(errors && { errors: errors.map((error) => withoutSecrets(error, log)) }),
    };
  };
};
