import DataLoader from 'dataloader';
import { today } from '../../shared/dates';
import { BadInput } from '../../shared/errors';
import type {
  Classification,
  ClassificationEvidence,
  ClassificationIndicator,
} from './classification';
import { classify, type Modality } from './classify';
import type { BodyFacts, Period } from './facts';
import type { FactsStore } from './facts.store';
import { createGatherer } from './gather';
import type { Evidence, Indicator } from './indicators/indicator';
import type { MoneyStore } from './money.store';
import { CLASSIFICATION_RULES, type ClassificationRule, ruleOf } from './rule';

/** For which period, and by which rule. */
export interface ClassificationQuestion {
  asOf?: string | null | undefined;
  months?: number | null | undefined;
  rule?: string | null | undefined;
}

const LONGEST_MONTHS = 600;

/** The months up to a day: a day that the earlier month lacks is its last. */
export const periodUpTo = (asOf: string, months: number): Period => {
  const day = new Date(`${asOf}T00:00:00.000Z`);
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day.getUTCDate(), last));
  return { from: first.toISOString().slice(0, 10), to: asOf };
};

const readQuestion = (question: ClassificationQuestion) => {
  const rule = ruleOf(question.rule);
  if (!rule)
    throw new BadInput(
      `There is no rule ${JSON.stringify(question.rule)}; there are ${CLASSIFICATION_RULES.map(({ version }) => version).join(', ')}.`,
    );
  const asOf = question.asOf ?? today();
  const months = question.months ?? rule.months;
  if (months < 1 || months > LONGEST_MONTHS)
    throw new BadInput(`\`months\` is ${months}; it must be 1 to ${LONGEST_MONTHS}.`);
  return { rule, asOf, months, period: periodUpTo(asOf, months) };
};

const toEvidence = ({ ref, ...rest }: Evidence): ClassificationEvidence =>
  ({ ...rest, recordKind: ref.kind, recordId: ref.id }) as ClassificationEvidence;

const toIndicator = ({ evidence, ...rest }: Indicator): ClassificationIndicator =>
  ({ ...rest, evidence: evidence.map(toEvidence) }) as ClassificationIndicator;

const toClassification = (
  facts: BodyFacts,
  question: { rule: ClassificationRule; asOf: string; months: number; period: Period },
): Classification => {
  const { rule, asOf, months, period } = question;
  const { indicators, evidence, ...rest } = classify(facts, period, rule);
  return {
    ...rest,
    rule,
    asOf,
    from: period.from,
    months,
    indicators: indicators.map(toIndicator),
    evidence: evidence.map(toEvidence),
  };
};

export const createClassificationLoader = (facts: FactsStore, money: MoneyStore) => {
  const gather = createGatherer(facts, money);
  const gathered = new Map<string, DataLoader<string, BodyFacts | null>>();
  /** What is on record of bodies in one period, asked for all at once. */
  const factsIn = (period: Period) => {
    const name = `${period.from} ${period.to}`;
    const loader =
      gathered.get(name) ??
      new DataLoader<string, BodyFacts | null>(async (ids) => {
        const found = await gather(ids, period);
        return ids.map((id) => found.get(id) ?? null);
      });
    gathered.set(name, loader);
    return loader;
  };
  const of = async (id: string, asked: ClassificationQuestion): Promise<Classification | null> => {
    const question = readQuestion(asked);
    const found = await factsIn(question.period).load(id);
    return found && toClassification(found, question);
  };
  return {
    of,
    /** What bodies are on a day, by the newest rule; those that do not exist for the viewer are not in it. */
    outcomesOf: async (ids: readonly string[], asOf: string): Promise<Map<string, Modality>> => {
      const found = await Promise.all(ids.map((id) => of(id, { asOf })));
      return new Map(
        found.flatMap((one, place) => (one ? [[ids[place] ?? '', one.outcome] as const] : [])),
      );
    },
    rules: CLASSIFICATION_RULES,
  };
};
export type ClassificationLoader = ReturnType<typeof createClassificationLoader>;
