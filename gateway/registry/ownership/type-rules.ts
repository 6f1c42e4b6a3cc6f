import {
  type EnumTypeDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type UnionTypeDefinitionNode,
} from 'graphql';
import type { FindingCode } from './codes';
import { checkDirectives } from './directives';
import type { ObjectNode } from './entity-rules';
import { checkInputValue, checkOutputField } from './fields';
import { plainFieldsOf } from './keys';
import { isOwn, isPublished, type Rules } from './rules';

/** A definition or an extension of a type. */
export type TypeNode = TypeDefinitionNode | TypeExtensionNode;

const OURS_BY_KIND: ReadonlyMap<string, FindingCode> = new Map([
  [Kind.ENUM_TYPE_DEFINITION, 'ENUM_OF_OURS'],
  [Kind.INPUT_OBJECT_TYPE_DEFINITION, 'INPUT_OF_OURS'],
  [Kind.INTERFACE_TYPE_DEFINITION, 'INTERFACE_OF_OURS'],
  [Kind.UNION_TYPE_DEFINITION, 'UNION_OF_OURS'],
  [Kind.SCALAR_TYPE_DEFINITION, 'SCALAR_OF_OURS'],
]);

/**
 * Refuses a type that has the name of one of ours, or a name outside the partner's namespace.
 * @returns whether to look at the rest of it, which of a type of ours is of no use.
 */
export const checkNamespace = (rules: Rules, node: TypeNode): boolean => {
  const { ours, report, namespace } = rules;
  const type = node.name.value;
  const known = ours.get(type);
  if (known) {
    report(OURS_BY_KIND.get(known.kind) ?? 'TYPE_OF_OURS', node, `\`${type}\` is ours.`, type);
    checkDirectives(rules, node.directives, 'ELSEWHERE', type);
    return false;
  }
  if (type === 'Mutation')
    report('MUTATION_REFUSED', node, 'A partner’s schema has no mutations.', type);
  else if (type === 'Subscription')
    report('SUBSCRIPTION_REFUSED', node, 'A partner’s schema has no subscriptions.', type);
  else if (!isOwn(rules, type)) {
    const message = `\`${type}\` does not begin with \`${namespace}\`.`;
    report('TYPE_OUTSIDE_NAMESPACE', node.name, message, type);
  }
  return true;
};

const checkInterfaces = (
  rules: Rules,
  type: string,
  interfaces: readonly NamedTypeNode[] | undefined,
): void => {
  for (const implemented of interfaces ?? []) {
    if (isOwn(rules, implemented.name.value)) continue;
    const message = `\`${type}\` implements \`${implemented.name.value}\`, which is not the partner’s.`;
    rules.report('INTERFACE_REFUSED', implemented, message, type);
  }
  const most = rules.policy.caps.interfacesPerType;
  if (interfaces?.[most])
    rules.report('TOO_MANY_TYPES', interfaces[most], `\`${type}\` has too many interfaces.`, type);
};

const checkOwnFields = (rules: Rules, node: ObjectNode | InterfaceTypeDefinitionNode): void => {
  const type = node.name.value;
  checkInterfaces(rules, type, node.interfaces);
  for (const field of node.fields ?? [])
    checkOutputField(rules, field, 'OWN_FIELD', `${type}.${field.name.value}`);
};

/** Checks an object type of the partner's own. */
export const checkOwnObject = (rules: Rules, node: ObjectNode): void => {
  const { report, policy } = rules;
  const type = node.name.value;
  checkDirectives(rules, node.directives, 'OWN_OBJECT', type);
  checkOwnFields(rules, node);
  const keys = (node.directives ?? []).filter(({ name }) => name.value === 'key');
  for (const key of keys) {
    const fields = plainFieldsOf(key);
    if (!fields) report('KEY_NOT_PLAIN', key, `A key of \`${type}\` is no list of fields.`, type);
    if ((fields?.length ?? 0) > policy.caps.keyFields)
      report('TOO_MANY_KEYS', key, `A key of \`${type}\` has too many fields.`, type);
  }
  if (keys.length > policy.caps.keysPerType)
    report('TOO_MANY_KEYS', node, `\`${type}\` has ${keys.length} keys.`, type);
};

/** Checks an interface of the partner's own. */
export const checkOwnInterface = (rules: Rules, node: InterfaceTypeDefinitionNode): void => {
  checkDirectives(rules, node.directives, 'ELSEWHERE', node.name.value);
  checkOwnFields(rules, node);
};

/** Checks a union of the partner's own: of its own objects and of our published entities. */
export const checkOwnUnion = (rules: Rules, node: UnionTypeDefinitionNode): void => {
  const type = node.name.value;
  checkDirectives(rules, node.directives, 'ELSEWHERE', type);
  for (const member of node.types ?? []) {
    const name = member.name.value;
    if (isOwn(rules, name) || isPublished(rules.policy, name)) continue;
    rules.report('REFERENCE_REFUSED', member, `\`${type}\` has \`${name}\` as a member.`, type);
  }
  const most = rules.policy.caps.membersPerUnion;
  if (node.types?.[most])
    rules.report('TOO_MANY_TYPES', node.types[most], `\`${type}\` has too many members.`, type);
};

/** Checks an enum of the partner's own. */
export const checkOwnEnum = (rules: Rules, node: EnumTypeDefinitionNode): void => {
  const type = node.name.value;
  checkDirectives(rules, node.directives, 'ELSEWHERE', type);
  for (const value of node.values ?? [])
    checkDirectives(rules, value.directives, 'ENUM_VALUE', `${type}.${value.name.value}`);
  if ((node.values?.length ?? 0) > rules.policy.caps.valuesPerEnum)
    rules.report('TOO_MANY_FIELDS', node, `\`${type}\` has too many values.`, type);
};

/** Checks an input type of the partner's own. */
export const checkOwnInput = (rules: Rules, node: InputObjectTypeDefinitionNode): void => {
  const type = node.name.value;
  checkDirectives(rules, node.directives, 'ELSEWHERE', type);
  for (const field of node.fields ?? [])
    checkInputValue(rules, field, 'INPUT_FIELD', `${type}.${field.name.value}`);
};
