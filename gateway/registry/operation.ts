import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** An operation as it is counted: nothing in it is a client's value. */
export interface CountedOperation {
  /** The same for texts that differ in values alone. */
  readonly id: string;
  readonly name: string;
  /** The fields and arguments that it asks for, as schema coordinates. */
  readonly coordinates: readonly string[];
}

const MOST_LETTERS = 100;

/** A document without the values that stand in it. */
const withoutValues = (document: DocumentNode): string =>
  print(
    visit(document, {
      IntValue: (node) => ({ ...node, value: '0' }),
      FloatValue: (node) => ({ ...node, value: '0' }),
      StringValue: (node) => ({ ...node, value: '', block: false }),
      ListValue: (node) => ({ ...node, values: [] }),
      ObjectValue: (node) => ({ ...node, fields: [] }),
    }),
  );

const coordinatesOf = (schema: GraphQLSchema, document: DocumentNode): string[] => {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        enter: ({ name, arguments: args }) => {
          const parent = types.getParentType()?.name;
          if (parent === undefined || parent.startsWith('__') || name.value.startsWith('__'))
            return;
          const field = `${parent}.${name.value}`;
          found.add(field);
          for (const argument of args ?? []) found.add(`${field}(${argument.name.value}:)`);
        },
      },
    }),
  );
  return [...found];
};

/** The chosen operation of a document and the fragments beside it, without other operations. */
const only = (document: DocumentNode, operationName: string | null): DocumentNode => ({
  ...document,
  definitions: document.definitions.filter(
    (definition) =>
      definition.kind !== Kind.OPERATION_DEFINITION ||
      operationName === null ||
      definition.name?.value === operationName,
  ),
});

/** Reads what is counted of an operation; the document must be valid. */
export const readOperation = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): CountedOperation => {
  const chosen = only(document, operationName);
  const id = createHash('sha256').update(withoutValues(chosen)).digest('hex').slice(0, 16);
  const name = operationName?.slice(0, MOST_LETTERS) ?? `unnamed ${id.slice(0, 8)}`;
  return { id, name, coordinates: coordinatesOf(schema, chosen) };
};
