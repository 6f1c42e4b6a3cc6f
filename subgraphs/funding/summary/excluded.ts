import { formatDecimal, fromStored } from '../../shared/money';
import { groupBy, present } from '../classification/grouping';
import { sayNoRates } from './convert';
import { FlowDimension } from './dimension';
import { type LotRow, type LotStore, valueAt } from './lots.store';
import type { Scope, ScopeQuestion } from './scope';
import { type ExcludedFlows, ExclusionReason } from './summary';

const flowsOf = (some: readonly Pick<LotRow, 'flows'>[]) =>
  some.reduce((sum, { flows }) => sum + Number(flows), 0);

const amountOf = (some: readonly Pick<LotRow, 'units' | 'nanos'>[]) =>
  formatDecimal(
    some.reduce((sum, { units, nanos }) => sum.plus(fromStored(units, nanos)), fromStored(0, 0)),
  );

const sorted = <T>(groups: ReadonlyMap<string, T>) =>
  [...groups].sort(([a], [b]) => (a < b ? -1 : 1));

/** What a question's flows are, and which of them no sum has. */
export interface Usability {
  excluded: ExcludedFlows[];
  usable: number;
  /** The sources whose reports lead them. */
  sources: string[];
}

/**
 * Tells which flows no sum has.
 * @param onlyMoving whether what bodies pay themselves is in no sum.
 */
export const createExclusions = (lots: LotStore, { convert }: Pick<Scope, 'convert'>) => {
  return async (question: ScopeQuestion, { onlyMoving = false } = {}): Promise<Usability> => {
    // Without splits each flow is one, not as many as it has parts.
    const rows = await lots.lots({
      ...question,
      onlyMoving,
      dimensions: [FlowDimension.SOURCE],
      unsplit: true,
    });
    const {
      shared,
      unconvertible,
      lots: usable,
    } = await convert(rows, question.currency, new Map());
    const unmoved = onlyMoving ? await lots.toThemselves(question) : [];
    const doubled = await lots.doubled(question);
    const others = question.onlyFts ? await lots.ofOtherStandards(question.filter) : 0;
    const excluded: ExcludedFlows[] = [
      ...sorted(groupBy(unconvertible, ({ row }) => row.currency)).map(([currency, some]) => ({
        reason: ExclusionReason.NOT_CONVERTIBLE,
        says: sayNoRates(some.map(({ why }) => why)).join(' '),
        flows: flowsOf(some.map(({ row }) => row)),
        amount: amountOf(some.map(({ row }) => row)),
        currency,
      })),
      ...sorted(groupBy(shared, ({ currency }) => currency)).map(([currency, some]) => ({
        reason: ExclusionReason.SHARED_BEYOND_SCOPE,
        says: 'Places or years beyond those asked for share the flow, in unknown parts.',
        flows: flowsOf(some),
        amount: amountOf(some),
        currency,
      })),
      ...unmoved.map((row) => ({
        reason: ExclusionReason.TO_ITSELF,
        says: 'Its body paid itself, or paid its host: no money moved to another.',
        flows: Number(row.flows),
        amount: amountOf([row]),
        currency: row.currency,
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
    return {
      excluded,
      usable: flowsOf(usable),
      sources: [...new Set(rows.map((row) => valueAt(row, 0)).filter(present))].sort(),
    };
  };
};
