import { MATCHING_RULE } from './rule';
import { type Amounted, byDay, countWithin, pairUp, sumUp, within } from './pairing';

/** In whose books a report stands. */
export type Side = 'PROVIDER' | 'RECEIVER';

/** What kind of event is reported; one never matches another. */
export type Stage = 'PLEDGE' | 'COMMITMENT' | 'TRANSFER';

/** One report of a transfer between the two bodies of a pair, as far as matching looks at it. */
export interface Report extends Amounted {
  sourceId: string;
  /** The standard it is reported in: of one standard, one body makes one report of one transfer. */
  standard: string;
  side: Side;
  stage: Stage;
  /** The activity whose report has it. */
  own: string | null;
  /** The other side's activity, if it names one that is on record. */
  other: string | null;
  /** The bodies that it shows as provider and receiver. */
  parties: string;
  /** Both bodies are one: money moved between activities of its own. */
  internal: boolean;
}

/** On what it rests that two reports are one transfer, the strongest first. */
export type MatchBasis = 'ACTIVITY_PAIR' | 'ACTIVITY' | 'ORGANISATION_PAIR';

/** A report that is part of a flow which another report leads. */
export interface Member {
  flowId: string;
  recordId: string;
  basis: MatchBasis;
  state: 'MATCHED' | 'CONFLICT';
}

type Groups = Map<string, Report[]>;

const groupBy = (reports: readonly Report[], keyOf: (report: Report) => string | null): Groups => {
  const groups: Groups = new Map();
  for (const report of reports) {
    const key = keyOf(report);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(report);
    else groups.set(key, [report]);
  }
  return groups;
};

/** The ways in which reports of the two sides can find each other, the strongest first. */
const LEVELS: {
  basis: MatchBasis;
  keyOf: Record<Side, (report: Report) => string | null>;
}[] = [
  {
    basis: 'ACTIVITY_PAIR',
    keyOf: {
      PROVIDER: ({ own, other }) => own && other && `${own}\u0001${other}`,
      RECEIVER: ({ own, other }) => own && other && `${other}\u0001${own}`,
    },
  },
  {
    // The provider names the receiver's activity, and the receiver names none.
    basis: 'ACTIVITY',
    keyOf: {
      PROVIDER: ({ other }) => other,
      RECEIVER: ({ own, other }) => (other === null ? own : null),
    },
  },
  {
    basis: 'ACTIVITY',
    keyOf: {
      PROVIDER: ({ own, other }) => (other === null ? own : null),
      RECEIVER: ({ other }) => other,
    },
  },
  {
    // Whoever names an activity on record does not mean another one; and that a body deals with
    // itself says nothing.
    basis: 'ORGANISATION_PAIR',
    keyOf: {
      PROVIDER: ({ other, internal }) => (other === null && !internal ? '' : null),
      RECEIVER: ({ other, internal }) => (other === null && !internal ? '' : null),
    },
  },
];

/** Whose report leads where several standards report the same side: the earlier of these. */
const STANDARDS = ['IATI', '360GIVING', 'FTS'];

/** Two reports of one transfer agree on the amount; they may still name other bodies. */
const stateOf = (lead: Report, report: Report): Member['state'] =>
  lead.parties === report.parties ? 'MATCHED' : 'CONFLICT';

/** Matches the reports of one stage between the two bodies of one pair. */
const matchStage = (reports: readonly Report[]): Member[] => {
  const members: Member[] = [];
  const used = new Set<string>();
  const join = (
    lead: Report,
    report: Report,
    basis: MatchBasis,
    state: Member['state'] = stateOf(lead, report),
  ) => {
    members.push({ flowId: lead.id, recordId: report.id, basis, state });
    used.add(lead.id).add(report.id);
  };
  const free = (side: Side) => reports.filter((one) => one.side === side && !used.has(one.id));

  for (const { basis, keyOf } of LEVELS) {
    const received = groupBy(free('RECEIVER'), keyOf.RECEIVER);
    if (received.size === 0) continue;
    for (const [key, given] of groupBy(free('PROVIDER'), keyOf.PROVIDER)) {
      const taken = received.get(key);
      if (!taken) continue;
      for (const [lead, report] of pairUp(given, taken)) join(lead, report, basis);
      const rest = (group: Report[]) => group.filter(({ id }) => !used.has(id));
      // A receiver's row for a year of payments, and the other way round.
      for (const { one, many } of sumUp(rest(taken), rest(given)))
        for (const lead of many) join(lead, one, basis);
      for (const { one, many } of sumUp(rest(given), rest(taken)))
        for (const report of many) join(one, report, basis);
      if (basis === 'ACTIVITY_PAIR')
        for (const [lead, report] of lonelyPairs(rest(given), rest(taken)))
          join(lead, report, basis, 'CONFLICT');
    }
  }
  joinOtherStandards(reports, members);
  return members;
};

/**
 * Reports that both name each other's activities, each with only the other in its window, but do not
 * agree on the amount: one transfer in conflict.
 */
const lonelyPairs = (given: Report[], taken: Report[]): [Report, Report][] => {
  const { windowDays } = MATCHING_RULE;
  const [providers, receivers] = [[...given].sort(byDay), [...taken].sort(byDay)];
  const around = ({ day }: Report): [number, number] => [day - windowDays, day + windowDays + 1];
  return providers.flatMap((provider): [Report, Report][] => {
    if (countWithin(receivers, ...around(provider)) !== 1) return [];
    const [receiver] = within(receivers, ...around(provider));
    return receiver && countWithin(providers, ...around(receiver)) === 1
      ? [[provider, receiver]]
      : [];
  });
};

/**
 * Adds what other standards report of the same transfers: the same two bodies, amount and window, and
 * not yet a report in that standard.
 */
const joinOtherStandards = (reports: readonly Report[], members: Member[]): void => {
  const byId = new Map(reports.map((report) => [report.id, report]));
  const inside = new Set(members.map(({ recordId }) => recordId));
  const standardsOf = new Map<string, Set<string>>();
  for (const report of reports)
    if (!inside.has(report.id)) standardsOf.set(report.id, new Set([report.standard]));
  for (const { flowId, recordId } of members) {
    const standard = byId.get(recordId)?.standard;
    if (standard) standardsOf.get(flowId)?.add(standard);
  }
  const alone = new Set(standardsOf.keys());
  for (const { flowId } of members) alone.delete(flowId);
  for (const [place, standard] of STANDARDS.entries()) {
    for (const side of ['PROVIDER', 'RECEIVER'] as const) {
      const additions = reports.filter(
        (one) =>
          one.standard === standard && one.side === side && !one.internal && alone.has(one.id),
      );
      if (additions.length === 0) continue;
      const events = [...standardsOf]
        .filter(([, standards]) => !standards.has(standard))
        .flatMap(([id]) => byId.get(id) ?? [])
        .filter((lead) => lead.side === side && STANDARDS.indexOf(lead.standard) < place);
      for (const [lead, report] of pairUp(events, additions)) {
        members.push({
          flowId: lead.id,
          recordId: report.id,
          basis: 'ORGANISATION_PAIR',
          state: stateOf(lead, report),
        });
        standardsOf.get(lead.id)?.add(standard);
        standardsOf.delete(report.id);
        alone.delete(report.id);
        alone.delete(lead.id);
      }
    }
  }
};

/**
 * Finds which reports of transfers between two bodies are one transfer (same-event matching): by the
 * pair of activities that name each other, else by one activity that is named, else by the two bodies;
 * always with amount and window, never on the amount alone. A year that one side reports in one row
 * matches the rows of the other side that add up to it. A function of the set of reports: their order
 * does not matter.
 * @param reports all between one provider and one receiver that stand and that one viewer sees.
 * @returns which reports are part of which flow; a flow has the id of the report that leads it.
 */
export const matchReports = (reports: readonly Report[]): Member[] => {
  const ordered = [...reports].sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...groupBy(ordered, ({ stage }) => stage)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, stage]) => matchStage(stage));
};
