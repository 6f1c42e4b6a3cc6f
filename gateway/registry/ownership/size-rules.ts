import { type DocumentNode, Kind, type NameNode } from 'graphql';
import type { Rules } from './rules';

/** A name that our own code or the query planner could mistake for something else. */
const isReserved = (name: string): boolean => name.includes('__') || name in Object.prototype;

/** Checks the names of all that a schema defines, and how much that is. */
export const checkSizes = ({ policy, report }: Rules, document: DocumentNode): void => {
  const { caps } = policy;
  let types = 0;
  let members = 0;
  const checkName = (name: NameNode) => {
    if (isReserved(name.value))
      report('NAME_RESERVED', name, `\`${name.value}\` is a reserved name.`, name.value);
    if (name.value.length > caps.nameLength)
      report('NAME_TOO_LONG', name, `A name has ${name.value.length} characters.`);
  };
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name) continue;
    checkName(definition.name);
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
    types += 1;
    if (types === caps.types + 1)
      report('TOO_MANY_TYPES', definition, `There are more than ${caps.types} types.`);
    const inType = [
      ...('fields' in definition ? (definition.fields ?? []) : []),
      ...('values' in definition ? (definition.values ?? []) : []),
    ];
    if ('fields' in definition && inType.length > caps.fieldsPerType)
      report(
        'TOO_MANY_FIELDS',
        definition,
        `\`${definition.name.value}\` has ${inType.length} fields.`,
        definition.name.value,
      );
    for (const member of inType) {
      const inMember = 'arguments' in member ? (member.arguments ?? []) : [];
      for (const { name } of [member, ...inMember]) checkName(name);
      const before = members;
      members += 1 + inMember.length;
      if (before <= caps.fields && members > caps.fields)
        report('TOO_MANY_FIELDS', member, `There are more than ${caps.fields} in all.`);
    }
  }
};
