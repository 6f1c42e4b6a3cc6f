import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import { withoutFurniture } from './furniture';
import { entityOf, type OwnershipPolicy } from './policy';
import { namedTypeOf } from './rules';

const FEDERATION_VERSION = 'v2.9';

const directive = (name: string, argument: string, value: number): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: { kind: Kind.INT, value: String(value) },
    },
  ],
});

/** What fields of partners cost is ours to say: a request to somebody else, and lists of one size. */
const costsOf = (
  { cost }: OwnershipPolicy,
  { type }: FieldDefinitionNode,
  isOnOurs: boolean,
): ConstDirectiveNode[] => [
  ...(isOnOurs ? [directive('cost', 'weight', cost.fieldWeight)] : []),
  ...(namedTypeOf(type).lists > 0 ? [directive('listSize', 'assumedSize', cost.listSize)] : []),
];

const prepareFields = (
  policy: OwnershipPolicy,
  type: string,
  fields: readonly FieldDefinitionNode[] | undefined,
): FieldDefinitionNode[] | undefined => {
  const entity = entityOf(policy, type);
  const isOfOurs = (name: string) => name === entity?.key || entity?.mayRequire?.includes(name);
  return fields?.map((field) =>
    isOfOurs(field.name.value)
      ? { ...field, description: undefined }
      : {
          ...field,
          directives: [
            ...(field.directives ?? []),
            ...costsOf(policy, field, type === 'Query' || entity !== undefined),
          ],
        },
  );
};

const prepareDefinition = (policy: OwnershipPolicy, node: DefinitionNode): DefinitionNode => {
  if (node.kind === Kind.SCALAR_TYPE_DEFINITION) return { ...node, description: undefined };
  if (
    node.kind !== Kind.OBJECT_TYPE_DEFINITION &&
    node.kind !== Kind.OBJECT_TYPE_EXTENSION &&
    node.kind !== Kind.INTERFACE_TYPE_DEFINITION
  )
    return node;
  const type = node.name.value;
  const isOurs = type === 'Query' || entityOf(policy, type) !== undefined;
  const fields = prepareFields(policy, type, node.fields);
  return { ...node, fields, ...(isOurs && { description: undefined }) };
};

/**
 * A partner's schema that has passed {@link checkOwnership}, as it is composed: linked to the version of
 * Federation that we link, without what has no effect (their costs, their words about types of ours, of
 * which composition would take the most frequent), and with what we say its fields cost.
 */
export const prepareSdl = (policy: OwnershipPolicy, sdl: string): string => {
  const imports = policy.federation.imports.map((name) => JSON.stringify(name)).join(', ');
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/${FEDERATION_VERSION}", import: [${imports}])`;
  const allowed = visit(withoutFurniture(parse(sdl, { noLocation: true })), {
    DirectiveDefinition: () => null,
    Directive: ({ name }) => (Object.hasOwn(policy.directives, name.value) ? undefined : null),
    SchemaDefinition: () => null,
    SchemaExtension: () => null,
  });
  const definitions = allowed.definitions.map((node) => prepareDefinition(policy, node));
  return `${link}\n\n${print({ ...allowed, definitions })}\n`;
};
