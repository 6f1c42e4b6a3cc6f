import { touches } from '../../../shared/dates';
import type { CountFact, Ref } from '../facts';
import { called, type Context, type Evidence, type Indicator, plural } from './indicator';

/** Who is a member in the period, each once, with a record that says so. */
export const membersOf = ({ facts, rule, period }: Context): Map<string, Ref> => {
  const members = new Map<string, Ref>();
  for (const { id, role, ref, ...span } of facts.members)
    if (
      id !== facts.id &&
      rule.memberRoles.includes(role) &&
      touches(span, period) &&
      !members.has(id)
    )
      members.set(id, ref);
  return members;
};

/** Whether it had members once and has none in the period. */
export const isDormant = (context: Context): boolean => {
  const { facts, rule } = context;
  return (
    membersOf(context).size === 0 &&
    facts.members.some(({ id, role }) => id !== facts.id && rule.memberRoles.includes(role))
  );
};

/** Whether bodies of its kind or form have no member organisations. */
export const hasNoMembersByKind = ({ facts, rule }: Context): boolean =>
  (rule.kindsWithoutMembers as readonly string[]).includes(facts.kind) ||
  (rule.formsWithoutMembers as readonly string[]).includes(facts.legalForm);

const countedIn = ({ organisations, on }: CountFact): string =>
  `A source counts ${plural(organisations ?? 0, 'member organisation')}${on === null ? '' : ` (${on})`}`;

/** I1: members. */
export const members = (context: Context): Indicator => {
  const { facts, rule, period } = context;
  const named = membersOf(context);
  const dormant = isDormant(context);
  // The best checked count, then the newest.
  const [counted] = facts.counts
    .filter(
      ({ organisations, on }) => organisations !== null && touches({ from: on, to: null }, period),
    )
    .sort(
      (a, b) =>
        Number(b.verified) - Number(a.verified) ||
        ((a.on ?? '') < (b.on ?? '') ? 1 : (a.on ?? '') > (b.on ?? '') ? -1 : 0) ||
        (b.organisations ?? 0) - (a.organisations ?? 0),
    );
  const value = Math.max(named.size, counted?.organisations ?? 0);
  const people = Math.max(0, ...facts.counts.map(({ individuals }) => individuals ?? 0));
  const besides = people > 0 ? ` ${plural(people, 'individual member')} counted apart.` : '';
  const evidence: Evidence[] = [
    ...[...named].map(([id, ref]): Evidence => ({
      indicator: 'I1',
      direction: 'FOR',
      says: `${called(context, id)} is on record as a member.`,
      ref,
    })),
    ...(counted
      ? [
          {
            indicator: 'I1' as const,
            direction:
              (counted.organisations ?? 0) >= rule.members
                ? ('FOR' as const)
                : ('AGAINST' as const),
            says: `${countedIn(counted)}.`,
            ref: counted.ref,
          },
        ]
      : []),
  ];
  const found = {
    id: 'I1' as const,
    threshold: rule.members,
    numerator: null,
    denominator: null,
    evidence,
  };
  if (value >= rule.members)
    return {
      ...found,
      verdict: 'PASS',
      value,
      coverage: value === 0 ? null : named.size / value,
      says:
        counted && named.size < value
          ? `${countedIn(counted)}, of whom ${named.size} are named; ${rule.members} are needed.${besides}`
          : `It has ${plural(value, 'member organisation')} on record in the period; ${rule.members} are needed.${besides}`,
      missing: null,
    };
  if (counted)
    return {
      ...found,
      verdict: 'FAIL',
      value,
      coverage: 1,
      says: `${countedIn(counted)}; ${rule.members} are needed.${besides}`,
      missing: null,
    };
  if (hasNoMembersByKind(context))
    return {
      ...found,
      verdict: 'FAIL',
      value,
      coverage: 1,
      says: `By its kind (${facts.kind}, ${facts.legalForm}) it has no member organisations, and fewer than ${rule.members} are on record.${besides}`,
      missing: null,
    };
  return {
    ...found,
    verdict: 'UNKNOWN',
    value: value === 0 ? null : value,
    coverage: null,
    says: dormant
      ? `It had members, and none of them is on record for the period.${besides}`
      : `${plural(value, 'member organisation')} on record in the period; whether there are more, nobody says.${besides}`,
    missing: dormant
      ? 'Whether the network still has members in this period: a membership that goes on, or a new one.'
      : `Which organisations are its members: a list of them with since when, or how many there are.`,
  };
};
