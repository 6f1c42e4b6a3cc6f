import {
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  print,
} from 'graphql';
import { checkDirectives } from './directives';
import { checkOutputField } from './fields';
import { isUnresolvable, plainFieldsOf } from './keys';
import { type EntityPolicy, entityOf } from './policy';
import { isPrefixed, type Rules } from './rules';

/** A type as a schema defines it, in one or several parts. */
export type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;

/** Nothing of what partners add to types of ours may empty, by a null, what others say. */
const checkAdded = (
  rules: Rules,
  field: FieldDefinitionNode,
  place: 'ADDED_FIELD' | 'ROOT_FIELD',
  coordinate: string,
): void => {
  if (field.type.kind === Kind.NON_NULL_TYPE) {
    const message = `\`${coordinate}\` is not nullable, so that one bad answer would empty more than itself.`;
    rules.report('NON_NULL_REFUSED', field.type, message, coordinate);
  }
  checkOutputField(rules, field, place, coordinate);
};

/** Our own fields are written as we write them, and are no more than the published ones. */
const checkOurField = (
  rules: Rules,
  type: string,
  field: FieldDefinitionNode,
  entity: EntityPolicy,
): void => {
  const { report, ours } = rules;
  const name = field.name.value;
  const coordinate = `${type}.${name}`;
  const isKey = name === entity.key;
  const isRequirable = entity.mayRequire?.includes(name) ?? false;
  const isExternal = field.directives?.some((directive) => directive.name.value === 'external');
  checkDirectives(
    rules,
    field.directives,
    isKey ? 'KEY_FIELD' : isRequirable ? 'REQUIRABLE_FIELD' : 'ELSEWHERE',
    coordinate,
  );
  if (!isKey && !(isRequirable && isExternal)) {
    report('FIELD_OF_OURS', field.name, `\`${coordinate}\` is ours.`, coordinate);
    return;
  }
  if (field.description)
    report('DESCRIPTION_IGNORED', field.description, `\`${coordinate}\` is ours.`, coordinate);
  const wanted = ours.get(type)?.fields.get(name)?.type;
  if (print(field.type) !== wanted || field.arguments?.length)
    report('KEY_FIELD_CHANGED', field, `\`${coordinate}\` is \`${wanted ?? ''}\`.`, coordinate);
};

const checkKeys = (
  { report }: Rules,
  type: string,
  nodes: readonly ObjectNode[],
  { key, partners }: EntityPolicy,
): void => {
  const [first] = nodes;
  const keys = nodes.flatMap(({ directives }) =>
    (directives ?? []).filter(({ name }) => name.value === 'key'),
  );
  if (keys.length === 0 && first)
    report('KEY_MISSING', first, `\`${type}\` is ours and lacks its key \`${key}\`.`, type);
  for (const directive of keys) {
    const fields = plainFieldsOf(directive);
    if (fields?.length !== 1 || fields[0] !== key)
      report(
        'KEY_NOT_PUBLISHED',
        directive,
        `The published key of \`${type}\` is \`${key}\`.`,
        type,
      );
    if (partners === 'REFER' && !isUnresolvable(directive))
      report('ENTITY_NOT_EXTENDABLE', directive, `Partners only refer to \`${type}\`.`, type);
  }
  if (first && !nodes.some(({ fields }) => fields?.some(({ name }) => name.value === key)))
    report('KEY_FIELD_MISSING', first, `\`${type}\` lacks its key field \`${key}\`.`, type);
};

const checkRequires = (
  { report }: Rules,
  field: FieldDefinitionNode,
  entity: EntityPolicy,
  coordinate: string,
): void => {
  for (const directive of field.directives ?? []) {
    if (directive.name.value !== 'requires') continue;
    if (field.arguments?.length)
      report(
        'REQUIRES_WITH_ARGUMENTS',
        directive,
        `\`${coordinate}\` has arguments, with which \`@requires\` mixes up values.`,
        coordinate,
      );
    const published = new Set(entity.mayRequire);
    if (plainFieldsOf(directive)?.every((name) => published.has(name))) continue;
    const names = [...published].join(', ');
    report(
      'REQUIRES_NOT_PUBLISHED',
      directive,
      names
        ? `Of this type only ${names} can be required.`
        : 'Of this type nothing but the key is published.',
      coordinate,
    );
  }
};

/** Checks what a schema says of one of our entities, in all its parts. */
export const checkEntity = (rules: Rules, type: string, nodes: readonly ObjectNode[]): void => {
  const { policy, ours, report } = rules;
  const entity = entityOf(policy, type);
  const [first] = nodes;
  if (!entity || !first) return;
  if (entity.partners === 'NONE') {
    report('ENTITY_NOT_PUBLISHED', first, `\`${type}\` is not for partners.`, type);
    return;
  }
  checkKeys(rules, type, nodes, entity);
  let added = 0;
  for (const node of nodes) {
    checkDirectives(rules, node.directives, 'ENTITY', type);
    if (node.interfaces?.length)
      report('INTERFACE_ON_OURS', node, `\`${type}\` is ours and implements what it does.`, type);
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION && node.description)
      report('DESCRIPTION_IGNORED', node.description, `\`${type}\` is ours.`, type);
    for (const field of node.fields ?? []) {
      const name = field.name.value;
      const coordinate = `${type}.${name}`;
      if (ours.get(type)?.fields.has(name)) {
        checkOurField(rules, type, field, entity);
        continue;
      }
      added += 1;
      if (entity.partners === 'REFER')
        report('ENTITY_NOT_EXTENDABLE', field, `Partners only refer to \`${type}\`.`, coordinate);
      if (!isPrefixed(rules, name)) {
        const message = `\`${coordinate}\` does not begin with \`${rules.prefix}\`.`;
        report('FIELD_WITHOUT_PREFIX', field.name, message, coordinate);
      }
      checkAdded(rules, field, 'ADDED_FIELD', coordinate);
      checkRequires(rules, field, entity, coordinate);
    }
  }
  if (added > policy.caps.fieldsOnEntity)
    report('TOO_MANY_FIELDS', first, `\`${type}\` is given ${added} fields.`, type);
};

/** Checks the root fields of a schema. */
export const checkQuery = (rules: Rules, nodes: readonly ObjectNode[]): void => {
  const { policy, report } = rules;
  let count = 0;
  for (const node of nodes) {
    checkDirectives(rules, node.directives, 'ELSEWHERE', 'Query');
    if (node.interfaces?.length)
      report('INTERFACE_ON_OURS', node, '`Query` implements nothing.', 'Query');
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION && node.description)
      report('DESCRIPTION_IGNORED', node.description, '`Query` is ours.', 'Query');
    for (const field of node.fields ?? []) {
      count += 1;
      const name = field.name.value;
      const coordinate = `Query.${name}`;
      if (!isPrefixed(rules, name)) {
        const message = `\`${coordinate}\` does not begin with \`${rules.prefix}\`.`;
        report('ROOT_FIELD_WITHOUT_PREFIX', field.name, message, coordinate);
      }
      checkAdded(rules, field, 'ROOT_FIELD', coordinate);
    }
  }
  const [first] = nodes;
  if (first && count > policy.caps.rootFields)
    report('TOO_MANY_FIELDS', first, `\`Query\` is given ${count} fields.`, 'Query');
};
