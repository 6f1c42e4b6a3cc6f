import type { GraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { type AskedPaths, createAskedPaths } from './asked-paths';
import { withEntityKeys } from './contain/entity-keys';
import { createShapes, type Shape } from './contain/shape';

/** A sub-query as it is sent to a source, and what may come back. */
export interface SubQuery {
  readonly body: string;
  readonly shape: Shape;
  /** The fields that it asks for; without what only we ask for. */
  readonly asked: AskedPaths;
  /** The entities that it asks for, in order; null if it asks for none. */
  readonly representations: readonly Record<string, unknown>[] | null;
}

/** Sub-queries are as many as the queries that clients write, so not all are kept. */
const TEXTS_KEPT = 500;

/**
 * Reads sub-queries of the planner's for a source of this schema; texts that repeat are read once.
 * @param ours whether the source is ours: entities of others are asked for their keys again.
 */
export const createSubQueries = (schema: GraphQLSchema, ours: boolean) => {
  const shapes = createShapes(schema);
  const askedPaths = createAskedPaths();
  const texts = new Map<string, { sent: string; document: DocumentNode }>();

  return ({
    query = '',
    variables = {},
    operationName,
  }: Parameters<GraphQLDataSource['process']>[0]['request']): SubQuery => {
    const text = texts.get(query) ?? {
      sent: ours ? query : withEntityKeys(query, schema),
      document: parse(query, { noLocation: true }),
    };
    const [oldest] = texts.keys();
    if (!texts.has(query) && texts.size >= TEXTS_KEPT && oldest !== undefined) texts.delete(oldest);
    texts.set(query, text);
    const { representations } = variables as { representations?: unknown };
    return {
      body: JSON.stringify({ query: text.sent, variables, operationName }),
      shape: shapes(text.sent, variables),
      asked: askedPaths(text.document),
      representations: Array.isArray(representations)
        ? (representations as Record<string, unknown>[])
        : null,
    };
  };
};
