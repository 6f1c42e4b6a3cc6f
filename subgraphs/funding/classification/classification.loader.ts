import DataLoader from 'dataloader';
import { now, today } from '../../shared/dates';
import { chunksOf } from '../../shared/db';
import { BadInput } from '../../shared/errors';
import type {
  Classification,
  ClassificationEvidence,
  ClassificationIndicator,
} from './classification';
import { classify, type Modality, outcomeOf } from './classify';
import type { BodyFacts, Period } from './facts';
import { createDetailer } from './detail';
import type { DetailStore } from './detail.store';
import type { FactsStore } from './facts.store';
import { createGatherer } from './gather';
import type { Evidence, Indicator } from './indicators/indicator';
import type { MoneyStore } from './money.store';
import type { OutcomesStore } from './outcomes.store';
import { periodUpTo, standingEnd } from './period';
import { CLASSIFICATION_RULES, type ClassificationRule, ruleOf } from './rule';
import { createSensitivityLoader } from './sensitivity.loader';

/** For which period, and by which rule. */
export interface ClassificationQuestion {
  asOf?: string | null | undefined;
  months?: number | null | undefined;
  rule?: string | null | undefined;
}

/** Which version of the rule is set beside which other one, for which period. */
export interface SensitivityQuestion extends ClassificationQuestion {
  rule: string;
  against?: string | null | undefined;
}

const LONGEST_MONTHS = 600;
const AT_ONCE = 500;

/** A question with what it leaves open filled in. */
export interface Asked {
  rule: ClassificationRule;
  asOf: string;
  months: number;
  period: Period;
}

const readQuestion = (question: ClassificationQuestion): Asked => {
  const rule = ruleOf(question.rule);
  if (!rule)
    throw new BadInput(
      `There is no rule ${JSON.stringify(question.rule)}; there are ${CLASSIFICATION_RULES.map(({ version }) => version).join(', ')}.`,
    );
  const asOf = question.asOf ?? standingEnd(today());
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
  { rule, asOf, months, period }: Asked,
): Classification => {
  const { indicators, evidence, ...rest } = classify(facts, period, rule);
  return {
    ...rest,
    rule,
    asOf,
    from: period.from,
    months,
    computedAt: now(),
    indicators: indicators.map(toIndicator),
    evidence: evidence.map(toEvidence),
  };
};

export const createClassificationLoader = (
  facts: FactsStore,
  money: MoneyStore,
  details: DetailStore,
  outcomes: OutcomesStore,
) => {
  const gather = createGatherer(facts, money, createDetailer(facts, money, details));
  const sensitivity = createSensitivityLoader(facts, money);
  let standingAsked: ReturnType<OutcomesStore['standing']> | undefined;
  /** Up to when and by which rule outcomes are worked out beforehand, looked up once in a request. */
  const standing = () => (standingAsked ??= outcomes.standing());
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
  /** What is on record of a body for the period asked for; null if there is no such body for the viewer. */
  const factsOf = async (
    id: string,
    question: ClassificationQuestion,
  ): Promise<{ facts: BodyFacts; asked: Asked } | null> => {
    const asked = readQuestion(question);
    const known = await factsIn(asked.period).load(id);
    return known && { facts: known, asked };
  };
  return {
    factsOf,

    /** The classification of a body; null if there is no such body for the viewer. */
    of: async (id: string, question: ClassificationQuestion): Promise<Classification | null> => {
      const found = await factsOf(id, question);
      return found && toClassification(found.facts, found.asked);
    },

    /** The day up to which outcomes are worked out beforehand; until they ever were, that of today's. */
    standingDay: async (): Promise<string> => (await standing())?.asOf ?? standingEnd(today()),

    rules: CLASSIFICATION_RULES,

    /** How many outcomes change between two versions of a rule; see sensitivity.loader.ts. */
    sensitivity: async ({ rule, against, ...period }: SensitivityQuestion) => {
      const question = readQuestion({ ...period, rule: against });
      return sensitivity(readQuestion({ rule }).rule, { ...question, against: question.rule });
    },

    /**
     * What bodies are on a day by the default rule, of those that exist for the viewer: what was worked out
     * beforehand if the day ends the standing period.
     */
    outcomesOf: async (ids: readonly string[], day: string): Promise<Map<string, Modality>> => {
      const { asOf, rule, period } = readQuestion({ asOf: day });
      const kept = await standing();
      if (kept?.asOf === asOf && kept.rule === rule.version) return outcomes.byIds(ids);
      const found = new Map<string, Modality>();
      for (const some of chunksOf(ids, AT_ONCE))
        for (const [id, known] of await gather(some, period, { names: false }))
          found.set(id, outcomeOf(known, period, rule).outcome);
      return found;
    },
  };
};
export type ClassificationLoader = ReturnType<typeof createClassificationLoader>;
