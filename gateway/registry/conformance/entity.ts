import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type ConstDirectiveNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
} from 'graphql';

/** A type that the gateway asks for by a key of one field. */
export interface Entity {
  readonly type: GraphQLObjectType;
  readonly key: string;
}

/** More would hold up whoever tests; ours have a third of that. */
const MOST_TOKENS = 50_000;

/**
 * The schema of a subgraph, with what federation adds to it.
 * @throws Error of GraphQL or of federation that says what is wrong with the text.
 */
export const schemaOf = (sdl: string): GraphQLSchema =>
  buildSubgraphSchema({ typeDefs: parse(sdl, { maxTokens: MOST_TOKENS }) });

const keyOf = ({ name, arguments: given }: ConstDirectiveNode): string | null => {
  if (name.value !== 'key') return null;
  const argument = (wanted: string) => given?.find((one) => one.name.value === wanted)?.value;
  const resolvable = argument('resolvable');
  const fields = argument('fields');
  if (resolvable?.kind === Kind.BOOLEAN && !resolvable.value) return null;
  return fields?.kind === Kind.STRING ? fields.value.trim() : null;
};

/** Whether a key is one field whose values are texts, as all published keys are. */
const isText = (type: GraphQLObjectType, key: string): boolean =>
  ['ID', 'String'].includes(String(type.getFields()[key]?.type).replace('!', ''));

/** The entities that a subgraph resolves, by each key; and those whose keys the kit cannot make. */
export const entitiesOf = (
  schema: GraphQLSchema,
): { testable: readonly Entity[]; others: readonly string[] } => {
  const keys = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      [type.astNode, ...type.extensionASTNodes]
        .flatMap((node) => node?.directives ?? [])
        .map(keyOf)
        .filter((key) => key !== null)
        .map((key) => ({ type, key })),
    );
  return {
    testable: keys.filter(({ type, key }) => isText(type, key)),
    others: keys
      .filter(({ type, key }) => !isText(type, key))
      .map(({ type, key }) => `${type.name} by ${key}`),
  };
};
