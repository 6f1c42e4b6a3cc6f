import type { GraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, execute, GraphQLError, parse } from 'graphql';
import { PUBLIC_CODES } from '../../subgraphs/shared/errors';
import type { Subgraph } from '../../subgraphs/shared/subgraph';
import type { RequestContext } from '../context';

const DOCUMENTS_KEPT = 1000;

/** Sub-queries as parsed documents; the query planner repeats their texts word for word. */
const createDocuments = () => {
  const documents = new Map<string, DocumentNode>();
  return (query: string): DocumentNode => {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query, { noLocation: true });
    const [oldest] = documents.keys();
    if (documents.size >= DOCUMENTS_KEPT && oldest !== undefined) documents.delete(oldest);
    documents.set(query, document);
    return document;
  };
};

/**
 * A subgraph of this process, called in memory. Its errors for the caller keep their code; any other
 * error is the source not answering, and what went wrong stays in the log.
 */
export const createLocalSource = (subgraph: Subgraph): GraphQLDataSource => {
  const documentOf = createDocuments();
  return {
    process: async ({ request, context: given }) => {
      const context = given as unknown as RequestContext;
      let own = context.contexts.get(subgraph.name);
      if (!own) {
        own = subgraph.context(context.viewer);
        context.contexts.set(subgraph.name, own);
      }
      const { data, errors } = await execute({
        schema: subgraph.schema,
        document: documentOf(request.query ?? ''),
        contextValue: own,
        variableValues: request.variables,
        operationName: request.operationName,
      });
      return {
        data,
        errors: errors?.map((error) => {
          const { code } = error.extensions;
          if (typeof code === 'string' && code in PUBLIC_CODES) return error;
          context.log.error(
            {
              requestId: context.requestId,
              source: subgraph.name,
              err: error.originalError ?? error,
            },
            'a source failed',
          );
          context.missing.push({ source: subgraph.name, path: error.path ?? null });
          return new GraphQLError(`The source \`${subgraph.name}\` did not answer.`, {
            path: error.path,
            extensions: { code: 'SOURCE_UNAVAILABLE', source: subgraph.name },
          });
        }),
      } as never;
    },
  };
};
