import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** All fields of a schema that clients can ask for, with their coordinates. */
const fieldsOf = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__')
      ? Object.values(type.getFields()).map((field) => ({
          coordinate: `${type.name}.${field.name}`,
          field,
        }))
      : [],
  );

/** The input types that a value of an input type or enum is part of, however deep. */
const holdersOf = (schema: GraphQLSchema, type: string): Set<string> => {
  const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
  const holders = new Set([type]);
  // A set grows while it is gone through, and ends when nobody holds what was last added.
  for (const held of holders)
    for (const input of inputs)
      if (Object.values(input.getFields()).some((field) => getNamedType(field.type).name === held))
        holders.add(input.name);
  return holders;
};

type Field = GraphQLField<unknown, unknown>;

const fieldsThatUse = (schema: GraphQLSchema, type: GraphQLNamedType): string[] => {
  const holders = isEnumType(type) || isInputObjectType(type) ? holdersOf(schema, type.name) : null;
  const uses = ({ type: output, args }: Field) =>
    getNamedType(output).name === type.name ||
    (holders !== null && args.some((arg) => holders.has(getNamedType(arg.type).name)));
  return fieldsOf(schema)
    .filter(({ field }) => uses(field))
    .map(({ coordinate }) => coordinate);
};

/**
 * The fields whose users a change of the schema may touch, by the place that the change names: a type,
 * `Type.member` or `Type.field.argument`. Enum values and input types are used by the fields that
 * answer or take them; which of these a client sends is not on record, so all count.
 */
export const touchedBy = (schema: GraphQLSchema, path: string): string[] => {
  const [typeName = '', member] = path.split('.');
  const type = schema.getType(typeName);
  if (!type) return [];
  if ((isObjectType(type) || isInterfaceType(type)) && member !== undefined) {
    const related = isInterfaceType(type)
      ? schema.getPossibleTypes(type)
      : [...type.getInterfaces()];
    return [type, ...related].map(({ name }) => `${name}.${member}`);
  }
  const own =
    isObjectType(type) || isInterfaceType(type)
      ? Object.keys(type.getFields()).map((field) => `${typeName}.${field}`)
      : [];
  return [...own, ...fieldsThatUse(schema, type)];
};
