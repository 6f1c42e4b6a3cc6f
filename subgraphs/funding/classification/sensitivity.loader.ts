import { BadInput } from '../../shared/errors';
import { compareTexts } from '../../shared/ids';
import type { Modality } from '../../shared/outcomes';
import { outcomeOf } from './classify';
import type { Period } from './facts';
import type { FactsStore } from './facts.store';
import { createGatherer } from './gather';
import type { MoneyStore } from './money.store';
import { type ClassificationRule, THRESHOLDS } from './rule';
import type { RuleSensitivity, SensitivityRow } from './sensitivity';

/** With which version a rule is compared, and for which period: that many months up to a day. */
interface Beside {
  against: ClassificationRule;
  asOf: string;
  months: number;
  period: Period;
}

const AT_ONCE = 500;
const MOST_BODIES = 200_000;
const EXAMPLES = 3;

/** Compares two versions of a rule over all bodies of which something is on record, for one viewer. */
export const createSensitivityLoader = (facts: FactsStore, money: MoneyStore) => {
  const gather = createGatherer(facts, money);

  /**
   * How many outcomes change between two versions, and how many by each threshold alone. What is on record
   * of a body is read once; linear in the bodies, in constant memory but for the rows.
   * @throws BadInput beyond 200,000 bodies.
   */
  return async (
    rule: ClassificationRule,
    { against, asOf, months, period }: Beside,
  ): Promise<RuleSensitivity> => {
    const differing = THRESHOLDS.filter((name) => rule[name] !== against[name]);
    const alone = differing.map((name) => ({ ...against, [name]: rule[name] }));
    const changedBy = differing.map(() => 0);
    const rows = new Map<string, SensitivityRow>();
    let [bodies, changed] = [0, 0];
    const note = (id: string, from: Modality, to: Modality) => {
      const name = `${from} ${to}`;
      const row = rows.get(name) ?? { from, to, bodies: 0, examples: [] };
      row.bodies += 1;
      if (row.examples.length < EXAMPLES) row.examples.push({ id });
      rows.set(name, row);
    };
    let after = '';
    for (;;) {
      const some = await facts.withFacts(after, AT_ONCE);
      if (!some) break;
      const { ids } = some;
      after = some.last;
      bodies += ids.length;
      if (bodies > MOST_BODIES)
        throw new BadInput(
          `More than ${MOST_BODIES.toLocaleString('en')} bodies would have to be judged; that is too many for one answer.`,
        );
      const known = await gather(ids, period, { names: false });
      for (const id of ids) {
        const body = known.get(id);
        if (!body) continue;
        const from = outcomeOf(body, period, against).outcome;
        const to = outcomeOf(body, period, rule).outcome;
        note(id, from, to);
        if (from !== to) changed += 1;
        alone.forEach((variant, index) => {
          if (outcomeOf(body, period, variant).outcome !== from)
            changedBy[index] = (changedBy[index] ?? 0) + 1;
        });
      }
    }
    return {
      rule: rule.version,
      against: against.version,
      asOf,
      from: period.from,
      months,
      bodies,
      changed,
      rows: [...rows.values()].sort(
        (a, b) => b.bodies - a.bodies || compareTexts(`${a.from} ${a.to}`, `${b.from} ${b.to}`),
      ),
      thresholds: differing.map((threshold, index) => ({
        threshold,
        from: String(against[threshold]),
        to: String(rule[threshold]),
        changed: changedBy[index] ?? 0,
      })),
    };
  };
};
