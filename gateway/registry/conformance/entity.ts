import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  isTypeDefinitionNode,
  isTypeExtensionNode,
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
 * What is defined by nothing but its extensions, as federation allows it and GraphQL does not, is defined
 * by the first of them.
 */
const completed = (definitions: readonly DefinitionNode[]): DefinitionNode[] => {
  const defined = new Set(definitions.filter(isTypeDefinitionNode).map(({ name }) => name.value));
  return definitions.map((node) => {
    if (!isTypeExtensionNode(node) || defined.has(node.name.value)) return node;
    defined.add(node.name.value);
    return { ...node, kind: node.kind.replace('Extension', 'Definition') } as DefinitionNode;
  });
};

/**
 * The schema of a subgraph. It is read, not judged: whether it may be published is for others to say,
 * and to judge it takes longer than a serving process has at a time.
 * @throws Error if it cannot be read, or lacks a type that it names.
 */
export const schemaOf = (sdl: string): GraphQLSchema => {
  const document = parse(sdl, { maxTokens: MOST_TOKENS, noLocation: true });
  const definitions = completed(document.definitions);
  return buildASTSchema({ ...document, definitions }, { assumeValidSDL: true });
};

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
