import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';

/** Subgraphs that do not fit together: every reason, as composition gives them. */
export class CompositionFailed extends Error {
  constructor(readonly reasons: readonly string[]) {
    super(`The subgraphs do not compose:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`);
    this.name = 'CompositionFailed';
  }
}

/** The schema that clients see of a supergraph. */
export const apiSdlOf = (supergraphSdl: string): string =>
  printSchema(
    lexicographicSortSchema(Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema()),
  );

/**
 * The supergraph of some subgraphs, and the schema that clients see.
 * @throws CompositionFailed
 */
export const composeSupergraph = (
  subgraphs: readonly { name: string; sdl: string }[],
): { supergraphSdl: string; apiSdl: string } => {
  const { errors, supergraphSdl } = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: `local://${name}`, typeDefs: parse(sdl) })),
  );
  if (errors?.length || supergraphSdl === undefined) {
    throw new CompositionFailed((errors ?? []).map(({ message }) => message));
  }
  return {
    supergraphSdl,
    get apiSdl() {
      return apiSdlOf(supergraphSdl);
    },
  };
};
