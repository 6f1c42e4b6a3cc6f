import {
  type DirectiveNode,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';

/** A field that was asked for, under the name by which it is answered. */
export interface AskedField {
  readonly name: string;
  readonly type: GraphQLOutputType;
  /** What was asked of its objects; null for leaves. */
  readonly shape: Shape | null;
}

/** What was asked of an object. */
export interface Shape {
  readonly type: GraphQLCompositeType;
  /** The fields that an object of this type has to answer, and no others. */
  fieldsOf(runtime: GraphQLObjectType): ReadonlyMap<string, AskedField>;
}

type Variables = Readonly<Record<string, unknown>>;

interface Asked {
  schema: GraphQLSchema;
  document: DocumentNode;
  variables: Variables;
}

const isWanted = (directives: readonly DirectiveNode[] | undefined, variables: Variables) =>
  (directives ?? []).every(({ name, arguments: given }) => {
    if (name.value !== 'include' && name.value !== 'skip') return true;
    const value = given?.[0]?.value;
    const holds =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    return holds === (name.value === 'include');
  });

interface Found {
  name: string;
  type: GraphQLOutputType;
  sets: SelectionSetNode[];
}

const collect = (
  asked: Asked,
  runtime: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  found: Map<string, Found>,
): void => {
  const { schema, document, variables } = asked;
  const applies = (condition: string | undefined) => {
    const type = condition === undefined ? runtime : schema.getType(condition);
    return type === runtime || (isAbstractType(type) && schema.isSubType(type, runtime));
  };
  for (const selection of sets.flatMap((set) => set.selections)) {
    if (!isWanted(selection.directives, variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const field = name === '__typename' ? TypeNameMetaFieldDef : runtime.getFields()[name];
      if (!field) throw new Error(`There is no field ${runtime.name}.${name} to ask for.`);
      const key = selection.alias?.value ?? name;
      const known = found.get(key) ?? { name, type: field.type, sets: [] };
      found.set(key, known);
      if (selection.selectionSet) known.sets.push(selection.selectionSet);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : document.definitions.find(
            (one) =>
              one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
          );
    if (fragment?.kind !== Kind.INLINE_FRAGMENT && fragment?.kind !== Kind.FRAGMENT_DEFINITION)
      throw new Error('The query names a fragment that it does not have.');
    if (applies(fragment.typeCondition?.name.value))
      collect(asked, runtime, [fragment.selectionSet], found);
  }
};

const shapeOf = (
  asked: Asked,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): Shape => {
  const known = new Map<string, ReadonlyMap<string, AskedField>>();
  return {
    type,
    fieldsOf: (runtime) => {
      const before = known.get(runtime.name);
      if (before) return before;
      const found = new Map<string, Found>();
      collect(asked, runtime, sets, found);
      const fields = new Map(
        [...found].map(([key, { name, type: given, sets: below }]) => {
          const named = getNamedType(given);
          const shape = isCompositeType(named) ? shapeOf(asked, named, below) : null;
          return [key, { name, type: given, shape }];
        }),
      );
      known.set(runtime.name, fields);
      return fields;
    },
  };
};

const SHAPES_KEPT = 500;

/**
 * What sub-queries of one schema ask for, worked out once for each text: the planner repeats them word for
 * word. Only conditions (`@include`, `@skip`) make a difference between two of the same text.
 * @throws GraphQLError where the text is not GraphQL, Error where it does not fit the schema.
 */
export const createShapes = (schema: GraphQLSchema) => {
  const known = new Map<string, Shape>();
  return (query: string, variables: Variables): Shape => {
    const conditions = /@(include|skip)\b/.test(query)
      ? Object.entries(variables).filter(([, value]) => typeof value === 'boolean')
      : [];
    const key = conditions.length > 0 ? `${JSON.stringify(conditions)} ${query}` : query;
    const before = known.get(key);
    if (before) return before;
    const document = parse(query, { noLocation: true });
    const operation = document.definitions.find(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    );
    const root = operation && schema.getRootType(operation.operation);
    if (!operation || !isObjectType(root)) throw new Error('The query asks for nothing.');
    const shape = shapeOf({ schema, document, variables }, root, [operation.selectionSet]);
    const [oldest] = known.keys();
    if (known.size >= SHAPES_KEPT && oldest !== undefined) known.delete(oldest);
    known.set(key, shape);
    return shape;
  };
};
export type Shapes = ReturnType<typeof createShapes>;
