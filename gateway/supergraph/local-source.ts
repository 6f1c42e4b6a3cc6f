import type { GraphQLDataSource } from '@apollo/gateway';
import { execute } from 'graphql';
import { createDocuments } from '../../subgraphs/shared/documents';
import type { Subgraph } from '../../subgraphs/shared/subgraph';
import type { RequestContext } from '../context';
import { mapSourceErrors } from './source-answer';

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
        errors: errors && mapSourceErrors(subgraph.name, errors, context),
      } as never;
    },
  };
};
