import { type ExecutionResult, graphql } from 'graphql';
import type { Subgraph } from '../../subgraphs/shared/subgraph';
import type { Viewer } from '../../subgraphs/shared/viewer';

/** Everyone, at the newest version of the bodies' read model. */
export const viewerOf = async (subgraph: Subgraph, tier = 0): Promise<Viewer> => ({
  tier,
  version: await subgraph.version(),
});

/** Asks one subgraph a query, as one request of one viewer. */
export const askSubgraph = async (
  subgraph: Subgraph,
  source: string,
  tier = 0,
): Promise<ExecutionResult> =>
  graphql({
    schema: subgraph.schema,
    source,
    contextValue: subgraph.context(await viewerOf(subgraph, tier)),
  });

/** The data of an answer as plain JSON; fails the test if the answer has errors. */
export const dataOf = (answer: ExecutionResult): Record<string, unknown> => {
  if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join('\n'));
  return JSON.parse(JSON.stringify(answer.data)) as Record<string, unknown>;
};
