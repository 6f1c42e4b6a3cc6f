import { type DefinitionNode, type DocumentNode, Kind } from 'graphql';

/** Federation's own directives, which libraries define again in the schemas that they answer with. */
const DIRECTIVES: ReadonlySet<string> = new Set([
  'authenticated',
  'composeDirective',
  'context',
  'cost',
  'extends',
  'external',
  'fromContext',
  'inaccessible',
  'interfaceObject',
  'key',
  'link',
  'listSize',
  'override',
  'policy',
  'provides',
  'requires',
  'requiresScopes',
  'shareable',
  'tag',
]);

/** Its own types, by the kind of their definition. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['link__Purpose', Kind.ENUM_TYPE_DEFINITION],
  ['link__Import', Kind.SCALAR_TYPE_DEFINITION],
  ['federation__FieldSet', Kind.SCALAR_TYPE_DEFINITION],
  ['federation__Scope', Kind.SCALAR_TYPE_DEFINITION],
  ['federation__Policy', Kind.SCALAR_TYPE_DEFINITION],
  ['federation__ContextFieldValue', Kind.SCALAR_TYPE_DEFINITION],
  ['FieldSet', Kind.SCALAR_TYPE_DEFINITION],
  ['_FieldSet', Kind.SCALAR_TYPE_DEFINITION],
  ['_Any', Kind.SCALAR_TYPE_DEFINITION],
  ['_Service', Kind.OBJECT_TYPE_DEFINITION],
  ['_Entity', Kind.UNION_TYPE_DEFINITION],
]);

const ROOT_FIELDS: ReadonlySet<string> = new Set(['_entities', '_service']);

const without = (node: DefinitionNode): DefinitionNode[] => {
  if (node.kind === Kind.DIRECTIVE_DEFINITION)
    return DIRECTIVES.has(node.name.value.replace(/^federation__/, '')) ? [] : [node];
  if (!('name' in node) || !node.name) return [node];
  if (TYPES.get(node.name.value) === node.kind) return [];
  const isQuery =
    node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;
  if (!isQuery || node.name.value !== 'Query') return [node];
  const fields = node.fields?.filter(({ name }) => !ROOT_FIELDS.has(name.value)) ?? [];
  // A partner that only adds to our entities has a `Query` of nothing but these.
  return fields.length === 0 && !node.directives?.length ? [] : [{ ...node, fields }];
};

/**
 * A schema without what Federation itself defines. Libraries answer `_service { sdl }` with it or without,
 * and composition makes its own: whatever stands there is never looked at, by us or by composition.
 */
export const withoutFurniture = (document: DocumentNode): DocumentNode => ({
  ...document,
  definitions: document.definitions.flatMap(without),
});
