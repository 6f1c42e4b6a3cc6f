import { touches } from '../../shared/dates';
import { Modality } from '../../shared/outcomes';
import { type BodyFacts, type DeclarationFact, inOrder, type Period } from './facts';
import { indicatorsOf } from './indicators';
import { declared } from './indicators/descriptive';
import type { Context, Evidence, Indicator, IndicatorId, Verdict } from './indicators/indicator';
import { hasNoMembersByKind, isDormant } from './indicators/members';
import type { ClassificationRule } from './rule';

export { Modality };

/** What has to be said beside an outcome. */
export enum ClassificationFlag {
  PROVISIONAL = 'PROVISIONAL',
  DISPUTED_BY_SELF_DECLARATION = 'DISPUTED_BY_SELF_DECLARATION',
  DORMANT = 'DORMANT',
  HOSTED_FUNDS_UNKNOWN = 'HOSTED_FUNDS_UNKNOWN',
  INDIVIDUAL_MEMBERS = 'INDIVIDUAL_MEMBERS',
  STATE_NETWORK = 'STATE_NETWORK',
}

/** The classification of one body for one period under one rule. */
export interface Classified {
  outcome: Modality;
  flags: ClassificationFlag[];
  /** The share of the ten indicators that are known. */
  confidence: number;
  indicators: Indicator[];
  /** What would have to be known for a decided outcome, in words; empty where it is decided. */
  missing: string[];
  /** How the rule got there, step by step, in sentences. */
  reasoning: string[];
  evidence: Evidence[];
}

type Three = true | false | null;

const ofVerdict: Record<Verdict, Three> = { PASS: true, FAIL: false, UNKNOWN: null };

/** Both, in three-valued logic: one false makes it false, whatever the other is. */
const and = (a: Three, b: Three): Three =>
  a === false || b === false ? false : a === null || b === null ? null : true;

/** The outcome of two answers that are both known. */
const DECIDED: Record<string, Modality> = {
  'true true': Modality.HYBRID,
  'true false': Modality.NETWORK,
  'false true': Modality.INTERMEDIARY,
  'false false': Modality.NEITHER,
};

const possible = (answer: Three): boolean[] => (answer === null ? [true, false] : [answer]);

/** The one outcome that no unknown could change, or null. */
const decide = (isNetwork: Three, isIntermediary: Three): Modality | null => {
  const outcomes = new Set(
    possible(isNetwork).flatMap((network) =>
      possible(isIntermediary).map((intermediary) => DECIDED[`${network} ${intermediary}`]),
    ),
  );
  const [only] = outcomes;
  return outcomes.size === 1 ? (only ?? null) : null;
};

const inWords = (answer: Three, what: string): string =>
  answer === null
    ? `Whether it is ${what} is unknown.`
    : `It is ${answer ? '' : 'not '}${what} by this rule.`;

const CLAIMS: Record<DeclarationFact['declared'], Modality> = {
  NETWORK: Modality.NETWORK,
  INTERMEDIARY: Modality.INTERMEDIARY,
  BOTH: Modality.HYBRID,
  NEITHER: Modality.NEITHER,
};

/** Whether a body calls itself something else than a decided outcome says. */
const isDisputed = (facts: BodyFacts, outcome: Modality): boolean => {
  const said = declared(facts)?.declared;
  return (
    said !== undefined && outcome !== Modality.INSUFFICIENT_EVIDENCE && CLAIMS[said] !== outcome
  );
};

/** What a body is for a period, with what it was decided by. */
const judge = (context: Context) => {
  const { facts, period } = context;
  const indicators = indicatorsOf(context);
  const verdict = (id: IndicatorId) => ofVerdict[indicators[id].verdict];
  const shown = and(verdict('I1'), verdict('I2'));
  const byKind = shown === null && hasNoMembersByKind(context);
  const isNetwork = byKind ? false : shown;
  const toOthers = verdict('I5') === null ? null : !verdict('I5');
  const isIntermediary = and(verdict('I4'), toOthers);
  const decided = decide(isNetwork, isIntermediary);
  const provisional = decided === null && isNetwork === true;
  const outcome = decided ?? (provisional ? Modality.NETWORK : Modality.INSUFFICIENT_EVIDENCE);
  const flags = [
    ...(provisional ? [ClassificationFlag.PROVISIONAL] : []),
    ...(isDisputed(facts, outcome) ? [ClassificationFlag.DISPUTED_BY_SELF_DECLARATION] : []),
    ...(isDormant(context) ? [ClassificationFlag.DORMANT] : []),
    ...(facts.hostedFundsUnknown && facts.hosts.some((host) => touches(host, period))
      ? [ClassificationFlag.HOSTED_FUNDS_UNKNOWN]
      : []),
    ...(facts.counts.some(({ individuals }) => (individuals ?? 0) > 0)
      ? [ClassificationFlag.INDIVIDUAL_MEMBERS]
      : []),
    ...(facts.constituencies.includes('STATES') ? [ClassificationFlag.STATE_NETWORK] : []),
  ];
  return { outcome, flags, indicators, isNetwork, isIntermediary, byKind, provisional };
};

/** The outcome of {@link classify} and what has to be said beside it, without the reasons for it. */
export const outcomeOf = (
  facts: BodyFacts,
  period: Period,
  rule: ClassificationRule,
): Pick<Classified, 'outcome' | 'flags'> => {
  const { outcome, flags } = judge({ facts, period, rule });
  return { outcome, flags };
};

/**
 * Classifies a body for a period: rule NI-1, three-valued. Deterministic: a function of the facts, the
 * period and the rule, in whatever order the facts come.
 */
export const classify = (
  unordered: BodyFacts,
  period: Period,
  rule: ClassificationRule,
): Classified => {
  const facts = inOrder(unordered);
  const { outcome, flags, indicators, isNetwork, isIntermediary, byKind, provisional } = judge({
    facts,
    rule,
    period,
  });
  const insufficient = outcome === Modality.INSUFFICIENT_EVIDENCE;
  const all = Object.values(indicators);
  const deciding = [
    ...(isNetwork === null ? [indicators.I1, indicators.I2] : []),
    ...(isIntermediary === null ? [indicators.I4, indicators.I5] : []),
  ];
  return {
    outcome,
    flags,
    confidence: all.filter(({ verdict: known }) => known !== 'UNKNOWN').length / all.length,
    indicators: all,
    missing: insufficient
      ? [...new Set(deciding.flatMap(({ missing }) => (missing === null ? [] : [missing])))]
      : [],
    reasoning: [
      indicators.I1.says,
      indicators.I2.says,
      ...(byKind
        ? [
            `Bodies of its kind (${facts.kind}, ${facts.legalForm}) are taken to have no members unless both are shown.`,
          ]
        : []),
      inWords(isNetwork, 'a network'),
      indicators.I4.says,
      ...(indicators.I4.verdict === 'UNKNOWN' ? [] : [indicators.I5.says]),
      inWords(isIntermediary, 'an intermediary'),
      provisional
        ? 'A network whose money is unknown is a NETWORK, provisionally: networks often get none.'
        : insufficient
          ? 'What is unknown could change the outcome: INSUFFICIENT_EVIDENCE.'
          : `The outcome is ${outcome}.`,
      ...(indicators.I7.verdict === 'UNKNOWN' ? [] : [indicators.I7.says]),
    ],
    evidence: all.flatMap(({ evidence }) => evidence),
  };
};
