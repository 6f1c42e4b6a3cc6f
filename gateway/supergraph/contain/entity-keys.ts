import {
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionNode,
  visit,
} from 'graphql';
import { Breach } from './standing';

/** Under which name an entity's key is asked for again. */
const AGAIN = '_peacegraph_key';

/** The field by which entities of a type are told apart: the first key that is a single field. */
const keyOf = (type: GraphQLObjectType): string | undefined =>
  [type.astNode, ...type.extensionASTNodes]
    .flatMap((node) => node?.directives ?? [])
    .filter(({ name }) => /^(federation__)?key$/.test(name.value))
    .flatMap((key) => key.arguments ?? [])
    .flatMap(({ name, value }) =>
      name.value === 'fields' && value.kind === Kind.STRING ? value.value.trim() : [],
    )
    .find((fields) => type.getFields()[fields] !== undefined);

const keyAgain = (key: string): SelectionNode => ({
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: AGAIN },
  name: { kind: Kind.NAME, value: key },
});

/**
 * A sub-query that asks each entity for its key as well. Entities are told apart by their order alone, so a
 * partner whose rows come in another one would speak of the wrong bodies, and nobody would see it.
 */
export const withEntityKeys = (query: string, schema: GraphQLSchema): string => {
  const keyNamed = (name: string | undefined) => {
    const type = name === undefined ? undefined : schema.getType(name);
    return isObjectType(type) ? keyOf(type) : undefined;
  };
  const asked = visit(parse(query, { noLocation: true }), {
    Field: (field) => {
      if (field.name.value !== '_entities' || !field.selectionSet) return false;
      const selections = field.selectionSet.selections.map((selection) => {
        if (selection.kind !== Kind.INLINE_FRAGMENT) return selection;
        const key = keyNamed(selection.typeCondition?.name.value);
        if (key === undefined) return selection;
        const { selectionSet } = selection;
        const more = [keyAgain(key), ...selectionSet.selections];
        return { ...selection, selectionSet: { ...selectionSet, selections: more } };
      });
      return { ...field, selectionSet: { ...field.selectionSet, selections } };
    },
  });
  return print(asked);
};

/**
 * Compares the keys of entities with those that were asked for, and takes them out.
 * @throws Breach where they are not the same, in the same order.
 */
export const checkEntityKeys = (
  entities: readonly unknown[],
  representations: readonly Readonly<Record<string, unknown>>[],
): void => {
  entities.forEach((entity, at) => {
    const answered = entity as Record<string, unknown> | null;
    if (answered === null || !(AGAIN in answered)) return;
    if (!Object.values(representations[at] ?? {}).includes(answered[AGAIN]))
      throw new Breach(`Its entity ${at} is not the one that was asked for.`);
    delete answered[AGAIN];
  });
};
