import { type ConstDirectiveNode, Kind } from 'graphql';
import type { FindingCode } from './codes';
import type { Place } from './policy';
import type { Rules } from './rules';

/** Where a directive stands: a place that the policy knows, or any other, where none is allowed. */
export type DirectivePlace = Place | 'ELSEWHERE';

/** Directives that are refused by codes of their own; all others are refused by one. */
const CODES: ReadonlyMap<string, FindingCode> = new Map([
  ['override', 'OVERRIDE_REFUSED'],
  ['external', 'EXTERNAL_REFUSED'],
  ['requires', 'REQUIRES_REFUSED'],
  ['provides', 'PROVIDES_REFUSED'],
  ['shareable', 'SHAREABLE_REFUSED'],
  ['inaccessible', 'INACCESSIBLE_REFUSED'],
  ['authenticated', 'AUTHENTICATED_REFUSED'],
  ['requiresScopes', 'REQUIRES_SCOPES_REFUSED'],
  ['policy', 'POLICY_REFUSED'],
  ['interfaceObject', 'INTERFACE_OBJECT_REFUSED'],
  ['composeDirective', 'COMPOSE_DIRECTIVE_REFUSED'],
  ['tag', 'TAG_REFUSED'],
  ['context', 'CONTEXT_REFUSED'],
  ['fromContext', 'FROM_CONTEXT_REFUSED'],
]);
const codeOf = (directive: string): FindingCode =>
  CODES.get(directive.replace(/^federation__/, '')) ?? 'DIRECTIVE_REFUSED';

/** Refuses every directive that the policy does not allow in this place, and every argument. */
export const checkDirectives = (
  { policy, report }: Rules,
  directives: readonly ConstDirectiveNode[] | undefined,
  place: DirectivePlace,
  coordinate: string,
): void => {
  for (const directive of directives ?? []) {
    const name = directive.name.value;
    if (policy.ignoredDirectives.includes(name)) {
      report('DIRECTIVE_IGNORED', directive, `\`@${name}\` has no effect here.`, coordinate);
      continue;
    }
    const allowed = Object.hasOwn(policy.directives, name) ? policy.directives[name] : undefined;
    if (!allowed?.on.some((known) => known === place)) {
      report(codeOf(name), directive, `\`@${name}\` is not allowed here.`, coordinate);
      continue;
    }
    for (const argument of directive.arguments ?? []) {
      const { kind } = argument.value;
      const isPlain = kind === Kind.STRING || kind === Kind.BOOLEAN;
      if (isPlain && allowed.arguments.includes(argument.name.value)) continue;
      const message = `\`${argument.name.value}\` of \`@${name}\` is not allowed so.`;
      report('DIRECTIVE_ARGUMENT_REFUSED', argument, message, coordinate);
    }
  }
};
