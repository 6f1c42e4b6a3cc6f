import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import type { RequestContext } from '../context';
import { type CountedOperation, readOperation } from './operation';
import type { Usage } from './usage';

/** Counts each operation that runs, by the parts of the schema that it asks for. */
export const createUsagePlugin = ({
  count,
}: Pick<Usage, 'count'>): ApolloServerPlugin<RequestContext> => {
  // The server keeps the documents of texts that come again; after a change of the schema they are others.
  const read = new WeakMap<DocumentNode, Map<string | null, CountedOperation>>();
  return {
    requestDidStart: async () => ({
      executionDidStart: async ({ schema, document, operationName }) => {
        const operations = read.get(document) ?? new Map<string | null, CountedOperation>();
        const found =
          operations.get(operationName) ?? readOperation(schema, document, operationName);
        operations.set(operationName, found);
        read.set(document, operations);
        // What asks for the schema alone asks for nothing that could break.
        if (found.coordinates.length > 0) count(found);
      },
    }),
  };
};
