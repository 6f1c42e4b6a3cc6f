import { touches } from '../../../shared/dates';
import { type GoverningFact, type Ref } from '../facts';
import type { ClassificationRule } from '../rule';
import {
  called,
  type Context,
  type Evidence,
  type Indicator,
  percent,
  plural,
  unknown,
} from './indicator';
import { membersOf } from './members';

const rankOf = (kind: string | null, rule: ClassificationRule): number => {
  const rank = kind === null ? rule.decidingBodies.length : rule.decidingBodies.indexOf(kind);
  return rank === -1 ? Infinity : rank;
};

/** How a seat came to be held: by a member or its nominee, by somebody else, or nobody says. */
const seatOf = (
  { holder, nominatedBy }: { holder: string | null; nominatedBy: string | null },
  named: ReadonlyMap<string, Ref>,
): 'MEMBER' | 'OTHER' | 'UNKNOWN' =>
  [holder, nominatedBy].some((id) => id !== null && named.has(id))
    ? 'MEMBER'
    : holder !== null || nominatedBy !== null
      ? 'OTHER'
      : 'UNKNOWN';

const bySeats = (
  body: GoverningFact,
  context: Context,
  named: ReadonlyMap<string, Ref>,
): Omit<Indicator, 'id' | 'threshold'> => {
  const { rule, period } = context;
  const held = body.seats
    .filter((seat) => touches(seat, period))
    .map((seat) => ({ seat, by: seatOf(seat, named) }));
  const ofMembers = held.filter(({ by }) => by === 'MEMBER').length;
  const known = held.filter(({ by }) => by !== 'UNKNOWN').length;
  // Where nobody says how many there are, those of which nobody says who holds them tell nothing.
  const all = body.seatCount === null ? known : Math.max(body.seatCount, held.length);
  const evidence = held
    .filter(({ by }) => by !== 'UNKNOWN')
    .map(({ seat, by }): Evidence => ({
      indicator: 'I2',
      direction: by === 'MEMBER' ? 'FOR' : 'AGAINST',
      says:
        by === 'MEMBER'
          ? `A seat of “${body.title}” is held or filled by a member: ${called(context, seat.holder ?? seat.nominatedBy ?? '')}.`
          : `A seat of “${body.title}” is held by ${called(context, seat.holder ?? seat.nominatedBy ?? '')}, who is not on record as a member.`,
      ref: seat.ref,
    }));
  const figures = {
    numerator: String(ofMembers),
    denominator: String(all),
    coverage: all === 0 ? null : known / all,
    evidence,
  };
  if (all > 0 && ofMembers >= rule.seats * all)
    return {
      ...figures,
      verdict: 'PASS',
      value: ofMembers / all,
      says: `Members hold or fill ${ofMembers} of ${plural(all, 'seat')} of “${body.title}”; ${percent(rule.seats)} are needed.`,
      missing: null,
    };
  // Whoever is not on record as a member may yet be one: with few members known, or seats unknown, the
  // next record could turn a no into a question.
  if (named.size >= rule.members && all > 0 && known === all)
    return {
      ...figures,
      verdict: 'FAIL',
      value: ofMembers / all,
      says: `Members hold or fill ${ofMembers} of ${plural(all, 'seat')} of “${body.title}”; ${percent(rule.seats)} are needed.`,
      missing: null,
    };
  return {
    ...figures,
    verdict: 'UNKNOWN',
    value: null,
    says: `Of ${plural(all, 'seat')} of “${body.title}”, ${ofMembers} are known to be the members’.`,
    missing: `Who holds the seats of “${body.title}”, and who nominates to them; or the rule by which it is made up.`,
  };
};

/** I2: the members govern. */
export const governance = (context: Context): Indicator => {
  const { facts, rule, period } = context;
  const named = membersOf(context);
  const deciding = facts.governing
    .filter((body) => touches(body, period) && rankOf(body.kind, rule) !== Infinity)
    .sort(
      (a, b) =>
        Number(b.composedByMembers !== null) - Number(a.composedByMembers !== null) ||
        Number(b.verified) - Number(a.verified) ||
        rankOf(a.kind, rule) - rankOf(b.kind, rule) ||
        ((a.from ?? '') < (b.from ?? '') ? 1 : (a.from ?? '') > (b.from ?? '') ? -1 : 0) ||
        (a.ref.id < b.ref.id ? -1 : 1),
    );
  const byRule = (body: GoverningFact): boolean | null =>
    body.composedByMembers ?? (body.kind === 'GENERAL_ASSEMBLY' ? true : null);
  const ruled = deciding.filter((body) => byRule(body) !== null);
  const evidence = ruled.map((body): Evidence => ({
    indicator: 'I2',
    direction: byRule(body) ? 'FOR' : 'AGAINST',
    says: byRule(body)
      ? `“${body.title}” is made up or elected by the members.`
      : `“${body.title}” is not made up or elected by the members.`,
    ref: body.ref,
  }));
  const [first] = ruled;
  if (first)
    return {
      id: 'I2',
      verdict: byRule(first) ? 'PASS' : 'FAIL',
      value: byRule(first) ? 1 : 0,
      numerator: null,
      denominator: null,
      threshold: rule.seats,
      coverage: 1,
      says: `${evidence[0]?.says ?? ''}${ruled.some((body) => byRule(body) !== byRule(first)) ? ' Another record says otherwise; the better checked or newer one is taken.' : ''}`,
      missing: null,
      evidence: [
        ...evidence,
        ...deciding.flatMap((body) => bySeats(body, context, named).evidence),
      ],
    };
  const counted = deciding.map((body) => bySeats(body, context, named));
  const decided = counted.find(({ verdict }) => verdict !== 'UNKNOWN') ?? counted[0];
  if (decided)
    return {
      ...decided,
      id: 'I2',
      threshold: rule.seats,
      evidence: counted.flatMap((body) => body.evidence),
    };
  return unknown(
    'I2',
    rule.seats,
    'No record says who governs it.',
    'Who decides in it: its governing body, by what rule it is made up, and who holds and fills its seats.',
  );
};
