import { type ConstDirectiveNode, Kind, parse, valueFromASTUntyped } from 'graphql';

/** What `@listSize` says of a list, and `@cost` of a field, in the supergraph. */
export interface FieldCost {
  /** What resolving the field costs in look-ups; null: by its type, 1 for objects and 0 for leaves. */
  weight: number | null;
  assumedSize: number | null;
  slicingArguments: readonly string[];
  sizedFields: readonly string[];
}

/** What lists and fields cost, by `<type>.<field>`, and objects by their type. */
export interface CostModel {
  field(type: string, name: string): FieldCost;
  typeWeight(type: string): number;
}

const UNSTATED: FieldCost = {
  weight: null,
  assumedSize: null,
  slicingArguments: [],
  sizedFields: [],
};

type Values = Record<string, unknown>;
const argumentsOf = (
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Values | undefined => {
  const found = directives?.find((directive) => directive.name.value === name);
  return (
    found &&
    Object.fromEntries(
      (found.arguments ?? []).map((given) => [given.name.value, valueFromASTUntyped(given.value)]),
    )
  );
};
const weightOf = (directives: readonly ConstDirectiveNode[] | undefined): number | null => {
  const weight = argumentsOf(directives, 'cost')?.weight;
  return weight === undefined ? null : Number(weight);
};
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/**
 * Reads the cost directives (IBM GraphQL Cost Directives specification) that the subgraphs' schemas
 * bear and composition keeps.
 */
export const readCostModel = (supergraphSdl: string): CostModel => {
  const fields = new Map<string, FieldCost>();
  const types = new Map<string, number>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    )
      continue;
    const type = definition.name.value;
    types.set(type, weightOf(definition.directives) ?? 1);
    for (const { name, directives } of definition.fields ?? []) {
      const weight = weightOf(directives);
      const size = argumentsOf(directives, 'listSize');
      if (weight === null && !size) continue;
      fields.set(`${type}.${name.value}`, {
        weight,
        assumedSize: typeof size?.assumedSize === 'number' ? size.assumedSize : null,
        slicingArguments: texts(size?.slicingArguments),
        sizedFields: texts(size?.sizedFields),
      });
    }
  }
  return {
    field: (type, name) => fields.get(`${type}.${name}`) ?? UNSTATED,
    typeWeight: (type) => types.get(type) ?? 1,
  };
};
