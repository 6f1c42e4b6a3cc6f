import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildSchema,
  type GraphQLArgument,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

const schema = buildSchema(
  readFileSync(path.join(__dirname, '..', '..', '..', 'schema', 'api.graphql'), 'utf8'),
);

it('every type, field, argument and enum value has a description', () => {
  const bare: string[] = [];
  const check = (name: string, described: { description?: string | null | undefined }) => {
    if (!described.description) bare.push(name);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type) || type === schema.getQueryType())
      continue;
    check(type.name, type);
    if (isEnumType(type))
      type.getValues().forEach((value) => check(`${type.name}.${value.name}`, value));
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()) as {
        name: string;
        description?: string | null;
        args?: readonly GraphQLArgument[];
      }[]) {
        check(`${type.name}.${field.name}`, field);
        for (const arg of field.args ?? []) check(`${type.name}.${field.name}(${arg.name})`, arg);
      }
    }
  }
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {}))
    check(`Query.${field.name}`, field);
  expect(bare).toEqual([]);
});
