import type { FieldDefinitionNode, InputValueDefinitionNode, TypeNode } from 'graphql';
import { checkDirectives } from './directives';
import type { Place } from './policy';
import { mayComeOut, mayGoIn, namedTypeOf, type Rules } from './rules';

const checkType = (
  rules: Rules,
  type: TypeNode,
  coordinate: string,
  isAllowed: (rules: Rules, type: string) => boolean,
): void => {
  const { name, lists } = namedTypeOf(type);
  if (!isAllowed(rules, name.value)) {
    const message = `\`${coordinate}\` uses \`${name.value}\`, which is not for partners here.`;
    rules.report('REFERENCE_REFUSED', name, message, coordinate);
  }
  if (lists > rules.policy.caps.listsWithinLists)
    rules.report('LIST_OF_LISTS', type, `\`${coordinate}\` is a list of lists.`, coordinate);
};

/** Checks an argument, or a field of an input type. */
export const checkInputValue = (
  rules: Rules,
  value: InputValueDefinitionNode,
  place: 'ARGUMENT' | 'INPUT_FIELD',
  coordinate: string,
): void => {
  checkType(rules, value.type, coordinate, mayGoIn);
  checkDirectives(rules, value.directives, place, coordinate);
};

/** Checks a field of an object or interface that is the partner's own. */
export const checkOutputField = (
  rules: Rules,
  field: FieldDefinitionNode,
  place: Place,
  coordinate: string,
): void => {
  const { policy, report } = rules;
  checkType(rules, field.type, coordinate, mayComeOut);
  checkDirectives(rules, field.directives, place, coordinate);
  const given = field.arguments ?? [];
  for (const argument of given)
    checkInputValue(rules, argument, 'ARGUMENT', `${coordinate}(${argument.name.value}:)`);
  if (given.length > policy.caps.argumentsPerField)
    report('TOO_MANY_ARGUMENTS', field, `\`${coordinate}\` has ${given.length}.`, coordinate);
};
