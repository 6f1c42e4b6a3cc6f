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

/** I3: members work with each other without the hub. Supports; decides nothing. */
export const reciprocity = (context: Context): Indicator => {
  const { facts, rule } = context;
  const named = membersOf(context);
  if (named.size < 2 || facts.joint.length === 0)
    return unknown(
      'I3',
      rule.reciprocity,
      'Nothing is on record that its members did with each other.',
      'What members did together without it: exchanges, meetings, grants from one to another.',
    );
  const busy = new Set<string>();
  const pairs = new Set<string>();
  const evidence: Evidence[] = [];
  for (const { bodies, ref } of facts.joint) {
    const joint = [...new Set(bodies)].filter((id) => named.has(id)).sort();
    if (joint.length < 2 || bodies.includes(facts.id)) continue;
    for (const [index, a] of joint.entries()) {
      busy.add(a);
      for (const b of joint.slice(index + 1)) pairs.add(`${a}\u0001${b}`);
    }
    evidence.push({
      indicator: 'I3',
      direction: 'FOR',
      says:
        ref.kind === 'flow'
          ? `${bodies.map((id) => called(context, id)).join(' gave money to ')}, without it.`
          : `${joint.map((id) => called(context, id)).join(', ')} did something together without it.`,
      ref,
    });
  }
  const value = busy.size / named.size;
  const density = pairs.size / ((named.size * (named.size - 1)) / 2);
  return {
    id: 'I3',
    verdict: value >= rule.reciprocity || density >= rule.density ? 'PASS' : 'FAIL',
    value,
    numerator: String(busy.size),
    denominator: String(named.size),
    threshold: rule.reciprocity,
    coverage: 1,
    says: `${busy.size} of ${plural(named.size, 'member')} are on record as having worked with another without it (density ${percent(density)}).`,
    missing: null,
    evidence,
  };
};
