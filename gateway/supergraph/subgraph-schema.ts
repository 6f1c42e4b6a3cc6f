import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

/** The schema of a subgraph's SDL, with the fields by which it is asked for entities. */
export const readSubgraphSchema = (sdl: string): GraphQLSchema =>
  buildSubgraphSchema({ typeDefs: parse(sdl, { noLocation: true }) });
