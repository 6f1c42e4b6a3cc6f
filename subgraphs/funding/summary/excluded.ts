import { formatDecimal, fromStored } from '../../shared/money';
import { groupBy } from '../classification/grouping';
import type { LotRow, LotStore } from './lots.store';
import type { Scope, ScopeQuestion } from './scope';
import { type ExcludedFlows, ExclusionReason } from './summary';

const flowsOf = (some: readonly { flows: number }[]) =>
  some.reduce((sum, { flows }) => sum + flows, 0);

const amountOf = (some: readonly LotRow[]) =>
  formatDecimal(
    some.reduce((sum, { units, nanos }) => sum.plus(fromStored(units, nanos)), fromStored(0, 0)),
  );

const sorted = <T>(groups: ReadonlyMap<string, T>) =>
  [...groups].sort(([a], [b]) => (a < b ? -1 : 1));

/** Tells which flows no sum has. */
export const createExclusions = (lots: LotStore, { convert }: Pick<Scope, 'convert'>) => {
  /** The flows that no sum has, by reason, and how many the others are. */
  return async (
    question: ScopeQuestion,
  ): Promise<{ excluded: ExcludedFlows[]; usable: number }> => {
    // Without splits each flow is one, not as many as it has parts.
    const rows = await lots.lots({
      ...question,
      dimensions: [],
      provider: false,
      receiver: false,
      unsplit: true,
    });
    const { shared, unconvertible, converted } = await convert(rows, question.currency);
    const doubled = await lots.doubled(question);
    const others = question.onlyFts ? await lots.ofOtherStandards(question.filter) : 0;
    const excluded: ExcludedFlows[] = [
      ...sorted(groupBy(unconvertible, ({ reason }) => reason)).map(([says, some]) => ({
        reason: ExclusionReason.NOT_CONVERTIBLE,
        says,
        flows: flowsOf(some.map(({ row }) => row)),
        amount: amountOf(some.map(({ row }) => row)),
        currency: some[0]?.row.currency ?? null,
      })),
      ...sorted(groupBy(shared, ({ currency }) => currency)).map(([currency, some]) => ({
        reason: ExclusionReason.SHARED_BEYOND_SCOPE,
        says: 'Places or years beyond those asked for share the flow, in unknown parts.',
        flows: flowsOf(some),
        amount: amountOf(some),
        currency,
      })),
      ...(doubled > 0
        ? [
            {
              reason: ExclusionReason.PART_AND_WHOLE,
              says: 'The activity that it is a part of reports the same payment.',
              flows: doubled,
              amount: null,
              currency: null,
            },
          ]
        : []),
      ...(others > 0
        ? [
            {
              reason: ExclusionReason.SEVERAL_STATUSES,
              says: 'Standards other than FTS report a commitment and its payments both.',
              flows: others,
              amount: null,
              currency: null,
            },
          ]
        : []),
    ];
    return { excluded, usable: flowsOf(converted.map(({ row }) => row)) };
  };
};
