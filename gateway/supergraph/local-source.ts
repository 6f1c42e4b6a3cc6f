import type { GraphQLDataSource } from '@apollo/gateway';
import { execute } from 'graphql';
import { createDocuments } from '../../subgraphs/shared/documents';
import type { Subgraph } from '../../subgraphs/shared/subgraph';
import type { RequestContext } from '../context';
import { pathName } from '../sources';
import { createAskedPaths, placeOf } from './asked-paths';
import { mapSourceErrors } from './source-answer';

/**
 * A subgraph of this process, called in memory. Its errors for the caller keep their code; any other
 * error is the source not answering, and what went wrong stays in the log.
 */
export const createLocalSource = (subgraph: Subgraph): GraphQLDataSource => {
  const documentOf = createDocuments();
  const askedPaths = createAskedPaths();
  const { name } = subgraph;
  return {
    process: async (options) => {
      const { request } = options;
      const context = options.context as unknown as RequestContext;
      const at = placeOf(options);
      let own = context.contexts.get(name);
      if (!own) {
        own = subgraph.context(context.viewer);
        context.contexts.set(name, own);
      }
      const document = documentOf(request.query ?? '');
      const { data, errors } = await execute({
        schema: subgraph.schema,
        document,
        contextValue: own,
        variableValues: request.variables,
        operationName: request.operationName,
      });
      context.ledger.note(name, 'ok');
      if (context.showProvenance)
        context.ledger.fetched({
          source: name,
          version: null,
          licence: null,
          asOf: new Date().toISOString(),
          cached: false,
          paths: askedPaths(document).leaves.map((leaf) => pathName([...at, leaf])),
        });
      return {
        data,
        errors: errors && mapSourceErrors({ source: name, context, at }, errors),
      } as never;
    },
  };
};
