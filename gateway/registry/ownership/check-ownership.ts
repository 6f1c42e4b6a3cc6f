import {
  type DefinitionNode,
  type DocumentNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
} from 'graphql';
import type { Finding, Partner } from '../../partners';
import { checkDirectives } from './directives';
import { checkEntity, checkQuery, type ObjectNode } from './entity-rules';
import { createFinding } from './finding';
import type { Ownership } from './owners';
import { entityOf, type OwnershipPolicy } from './policy';
import { readSdl } from './read-sdl';
import { createRules, type Rules } from './rules';
import { checkSchemaNodes } from './schema-rules';
import { checkSizes } from './size-rules';
import { checkTexts } from './text-rules';
import {
  checkNamespace,
  checkOwnEnum,
  checkOwnInput,
  checkOwnInterface,
  checkOwnObject,
  checkOwnUnion,
  type TypeNode,
} from './type-rules';

const isSchemaNode = (node: DefinitionNode): node is SchemaDefinitionNode | SchemaExtensionNode =>
  node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION;

const isObjectNode = (
  node: DefinitionNode,
): node is ObjectTypeDefinitionNode | ObjectTypeExtensionNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;

/** A type that is neither `Query` nor an entity of ours has to be the partner's own, and of a kind it may have. */
const checkOwnType = (rules: Rules, node: TypeNode): void => {
  if (!checkNamespace(rules, node)) return;
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
      return checkOwnObject(rules, node);
    case Kind.INTERFACE_TYPE_DEFINITION:
      return checkOwnInterface(rules, node);
    case Kind.UNION_TYPE_DEFINITION:
      return checkOwnUnion(rules, node);
    case Kind.ENUM_TYPE_DEFINITION:
      return checkOwnEnum(rules, node);
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return checkOwnInput(rules, node);
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_EXTENSION: {
      const message = `\`${node.name.value}\` is a scalar whose values nobody else could check.`;
      return rules.report('SCALAR_DEFINED', node, message, node.name.value);
    }
    case Kind.INTERFACE_TYPE_EXTENSION:
    case Kind.UNION_TYPE_EXTENSION:
    case Kind.ENUM_TYPE_EXTENSION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION: {
      const message = `\`${node.name.value}\` is extended instead of being defined whole.`;
      return rules.report('EXTENSION_REFUSED', node, message, node.name.value);
    }
  }
};

const checkDocument = (rules: Rules, { definitions }: DocumentNode): boolean => {
  const objects = new Map<string, ObjectNode[]>();
  for (const node of definitions) {
    if (isSchemaNode(node)) continue;
    if (
      isObjectNode(node) &&
      (node.name.value === 'Query' || entityOf(rules.policy, node.name.value))
    ) {
      const parts = objects.get(node.name.value) ?? [];
      parts.push(node);
      objects.set(node.name.value, parts);
    } else if (
      node.kind === Kind.SCALAR_TYPE_DEFINITION &&
      rules.policy.scalars.includes(node.name.value)
    ) {
      checkDirectives(rules, node.directives, 'ELSEWHERE', node.name.value);
      if (node.description)
        rules.report('DESCRIPTION_IGNORED', node.description, `\`${node.name.value}\` is ours.`);
    } else if (isTypeDefinitionNode(node) || isTypeExtensionNode(node)) {
      checkOwnType(rules, node);
    } else if (node.kind === Kind.DIRECTIVE_DEFINITION) {
      const message = `\`@${node.name.value}\` is defined here.`;
      rules.report('DIRECTIVE_DEFINED', node, message, `@${node.name.value}`);
    } else {
      rules.report('SDL_NOT_A_SCHEMA', node, 'This is no definition of a type.');
    }
  }
  for (const [type, nodes] of objects) {
    if (type === 'Query') checkQuery(rules, nodes);
    else checkEntity(rules, type, nodes);
  }
  return checkSchemaNodes(rules, definitions.filter(isSchemaNode));
};

/**
 * Checks a partner's schema, as Federation sees it (`_service { sdl }`), against the ownership policy.
 * What the policy does not allow is refused. Never throws, whatever the text.
 */
export const checkOwnership = (
  policy: OwnershipPolicy,
  partner: Partner,
  sdl: string,
  ours: Ownership,
): Finding[] => {
  const read = readSdl(sdl, policy);
  if ('findings' in read) return [...read.findings];
  const { rules, found } = createRules(policy, ours, partner);
  const isLinked = checkDocument(rules, read.document);
  checkSizes(rules, read.document);
  checkTexts(rules, read.document);
  if (isLinked) return found();
  const message =
    'The schema does not link Apollo Federation 2, without which its keys mean nothing.';
  return [createFinding('FEDERATION_LINK_MISSING', null, message), ...found()];
};
