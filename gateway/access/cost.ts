import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  getNamedType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromAST,
} from 'graphql';
import type { CostModel } from './cost-model';

/** How many objects an answer may have, and how many look-ups it may take. */
export interface Use {
  rows: number;
  fetches: number;
}

/** What a query may cost at most. */
export interface Estimate extends Use {
  points: number;
  /** The field whose own rows and look-ups cost most, by its path of response names. */
  dearest: { field: string; points: number };
  /** How many rows each list with pages is asked for, by its path of response names. */
  pages: ReadonlyMap<string, number>;
  /** What each list of objects without pages was taken to hold, by its path. */
  assumed: ReadonlyMap<string, number>;
}

/** A look-up costs as much as so many rows: a question to a database against a row of its answer. */
const FETCH_POINTS = 10;
/** What a list without `@listSize` is taken to hold. */
const ASSUMED_SIZE = 10;
/** One look-up serves so many parents at once. */
const PARENTS_AT_ONCE = 200;
/** Look-ups that every request takes: the state of the bodies in each subgraph. */
export const FETCHES_AT_LEAST = 4;
/** What a look into the schema costs; it is answered from memory, in one piece. */
const INTROSPECTION_POINTS = 200;

export const pointsOf = ({ rows, fetches }: Use): number => rows + fetches * FETCH_POINTS;

const isList = (type: GraphQLOutputType): boolean =>
  isListType(isNonNullType(type) ? type.ofType : type);

type Variables = Readonly<Record<string, unknown>>;
type Field = GraphQLField<unknown, unknown>;

/** How many rows the slicing arguments ask a subgraph for, by value, variable or default; null: none does. */
const slicedTo = (
  node: FieldNode,
  { args }: Field,
  names: readonly string[],
  variables: Variables,
): number | null => {
  const sizes = names.flatMap((name) => {
    const definition = args.find((arg) => arg.name === name);
    const given = node.arguments?.find((arg) => arg.name.value === name);
    const value = given
      ? definition && valueFromAST(given.value, definition.type, { ...variables })
      : undefined;
    const size = value ?? definition?.defaultValue;
    return typeof size === 'number' ? [size] : [];
  });
  return sizes.length === 0 ? null : Math.max(...sizes);
};

const isLeftOut = (node: Pick<FieldNode, 'directives'>, variables: Variables): boolean => {
  const values = { ...variables };
  return (
    getDirectiveValues(GraphQLSkipDirective, node, values)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, values)?.if === false
  );
};

/** The variables with the defaults of those that were not sent. */
const withDefaults = (operation: OperationDefinitionNode, sent: Variables): Variables => {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) => {
    const value =
      defaultValue?.kind === Kind.INT
        ? Number(defaultValue.value)
        : defaultValue?.kind === Kind.BOOLEAN
          ? defaultValue.value
          : undefined;
    return value === undefined ? [] : [[variable.name.value, value] as const];
  });
  return { ...Object.fromEntries(defaults), ...sent };
};

/**
 * What an operation may cost at most, before any of it is done: the type cost of the IBM
 * specification (one point for each object that may come, lists within lists multiplied) and its
 * field cost, counted once for as many parents as one look-up serves. Every alias counts, fragments
 * count where they are spread; what is skipped by a variable does not.
 */
export const estimateCost = (
  schema: GraphQLSchema,
  model: CostModel,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  sent: Variables,
): Estimate => {
  const variables = withDefaults(operation, sent);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  const total: Use = { rows: 0, fetches: FETCHES_AT_LEAST };
  let introspection = 0;
  let dearest = { field: '', points: 0 };
  const pages = new Map<string, number>();
  const assumed = new Map<string, number>();

  const ofField = (node: FieldNode, parent: GraphQLNamedType, of: Parents): void => {
    const name = node.name.value;
    if (name.startsWith('__')) {
      if (name !== '__typename') introspection += INTROSPECTION_POINTS;
      return;
    }
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) return;
    const type = getNamedType(field.type);
    const { weight, assumedSize, slicingArguments, sizedFields } = model.field(parent.name, name);
    const sliced = slicedTo(node, field, slicingArguments, variables);
    const size = sliced ?? assumedSize ?? ASSUMED_SIZE;
    const listed = isList(field.type) ? (of.sized.get(name) ?? size) : 1;
    const composite = isCompositeType(type);
    const objects = of.count * listed;
    const rows = composite ? objects * model.typeWeight(type.name) : 0;
    const fetches = (weight ?? (composite ? 1 : 0)) * Math.ceil(of.count / PARENTS_AT_ONCE);
    total.rows += rows;
    total.fetches += fetches;
    const path = [...of.path, node.alias?.value ?? name];
    const place = path.join('.');
    const points = pointsOf({ rows, fetches });
    if (points > dearest.points) dearest = { field: place, points };
    if (sliced !== null) pages.set(place, sliced);
    if (composite && isList(field.type) && sliced === null && !of.sized.has(name))
      assumed.set(place, Math.max(size, assumed.get(place) ?? 0));
    if (node.selectionSet) {
      const sized = new Map(sizedFields.map((sizedField) => [sizedField, size]));
      ofSelections(node.selectionSet, type, { count: objects, sized, path });
    }
  };

  const ofSelections = (
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType,
    of: Parents,
  ): void => {
    for (const selection of selections) {
      if (isLeftOut(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        ofField(selection, parent, of);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      const condition = fragment?.typeCondition?.name.value;
      const type = condition === undefined ? parent : schema.getType(condition);
      if (fragment && type) ofSelections(fragment.selectionSet, type, of);
    }
  };

  const root = schema.getRootType(operation.operation);
  if (root) ofSelections(operation.selectionSet, root, { count: 1, sized: new Map(), path: [] });
  return { ...total, points: pointsOf(total) + introspection, dearest, pages, assumed };
};

/** The objects that fields are asked of: how many, and what their parent says of their lists' sizes. */
interface Parents {
  count: number;
  sized: ReadonlyMap<string, number>;
  path: readonly string[];
}

const objectsIn = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + objectsIn(item), 0);
  return typeof value === 'object' && value !== null ? 1 + countRows(value) : 0;
};

/** How many objects an answer really has, itself not counted. */
export const countRows = (data: object): number =>
  Object.values(data).reduce<number>((sum, value) => sum + objectsIn(value), 0);

/** A list without pages that came longer than it was taken to be. */
export interface LongList {
  field: string;
  assumed: number;
  /** The most that one list of this field had. */
  found: number;
}

const longestAt = (value: unknown, [name, ...rest]: readonly string[]): number => {
  if (Array.isArray(value))
    return name === undefined
      ? value.length
      : value.reduce<number>((most, item) => Math.max(most, longestAt(item, [name, ...rest])), 0);
  if (typeof value !== 'object' || value === null || name === undefined) return 0;
  return longestAt((value as Record<string, unknown>)[name], rest);
};

/** The lists of an answer that are longer than the estimate took them to be. */
export const longListsIn = (data: object, { assumed }: Estimate): LongList[] =>
  [...assumed].flatMap(([field, size]) => {
    const found = longestAt(data, field.split('.'));
    return found > size ? [{ field, assumed: size, found }] : [];
  });
