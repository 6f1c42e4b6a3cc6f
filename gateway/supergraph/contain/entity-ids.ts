import {
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionNode,
  visit,
} from 'graphql';
import { Breach } from './standing';

/** Under which name an entity's id is asked for again. */
const AGAIN = '_peacegraph_id';

const idAgain: SelectionNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: AGAIN },
  name: { kind: Kind.NAME, value: 'id' },
};

/**
 * A sub-query that asks each entity for its id as well. Entities are told apart by their order alone, so a
 * partner whose rows come in another one would speak of the wrong bodies, and nobody would see it.
 */
export const withEntityIds = (query: string, schema: GraphQLSchema): string => {
  const hasId = (name: string | undefined) => {
    const type = name === undefined ? undefined : schema.getType(name);
    return isObjectType(type) && type.getFields().id !== undefined;
  };
  const asked = visit(parse(query, { noLocation: true }), {
    Field: (field) => {
      if (field.name.value !== '_entities' || !field.selectionSet) return false;
      const selections = field.selectionSet.selections.map((selection) =>
        selection.kind === Kind.INLINE_FRAGMENT && hasId(selection.typeCondition?.name.value)
          ? {
              ...selection,
              selectionSet: {
                ...selection.selectionSet,
                selections: [idAgain, ...selection.selectionSet.selections],
              },
            }
          : selection,
      );
      return { ...field, selectionSet: { ...field.selectionSet, selections } };
    },
  });
  return print(asked);
};

/**
 * Compares the ids of entities with those that were asked for, and takes them out.
 * @throws Breach where they are not the same, in the same order.
 */
export const checkEntityIds = (
  entities: readonly unknown[],
  representations: readonly unknown[],
): void => {
  entities.forEach((entity, at) => {
    const answered = entity as Record<string, unknown> | null;
    if (answered === null || !(AGAIN in answered)) return;
    const { id } = representations[at] as { id?: string | number };
    if (id !== undefined && answered[AGAIN] !== String(id))
      throw new Breach(`Its entity ${at} is not the one that was asked for.`);
    delete answered[AGAIN];
  });
};
