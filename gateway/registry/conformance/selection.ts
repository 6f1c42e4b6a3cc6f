import {
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** Fields that are asked for, by name; `inner` is null for values. */
export type Selection = ReadonlyMap<
  string,
  { readonly type: GraphQLOutputType; readonly inner: Selection | null; readonly of: string }
>;

const TYPENAME = '__typename';

/** Fields that can be asked for without knowing anything. */
const openFields = (type: GraphQLObjectType): GraphQLField<unknown, unknown>[] =>
  Object.values(type.getFields()).filter(
    ({ name, args }) => !name.startsWith('_') && !args.some(isRequiredArgument),
  );

/**
 * What to ask of a type: its fields, and those of objects within, to a depth and a number.
 * @param take whether a value is asked for; objects in which nothing is are left out.
 */
export const selectionOf = (
  type: GraphQLObjectType,
  depth: number,
  budget: { fields: number },
  take: (type: GraphQLObjectType, field: string) => boolean = () => true,
): Selection => {
  const selection = new Map<
    string,
    { type: GraphQLOutputType; inner: Selection | null; of: string }
  >();
  for (const field of openFields(type)) {
    if (budget.fields <= 0) break;
    const target = getNamedType(field.type);
    const about = { type: field.type, of: type.name };
    if (!isCompositeType(target)) {
      if (!take(type, field.name)) continue;
      budget.fields -= 1;
      selection.set(field.name, { ...about, inner: null });
    } else if (isObjectType(target) && depth > 1) {
      const inner = selectionOf(target, depth - 1, budget, take);
      if (inner.size === 0) continue;
      budget.fields -= 1;
      selection.set(field.name, { ...about, inner });
    }
  }
  return selection;
};

/** A selection as GraphQL, with `__typename` of every object. */
export const textOf = (selection: Selection): string =>
  `{ ${TYPENAME} ${[...selection].map(([name, { inner }]) => (inner ? `${name} ${textOf(inner)}` : name)).join(' ')} }`;
