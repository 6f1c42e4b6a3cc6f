import { gini, hhi, topShare } from '../../shared/concentration';
import type { ClassificationLoader } from '../classification/classification.loader';
import type { FactsStore } from '../classification/facts.store';
import { DEFAULT_RULE } from '../classification/rule';
import { CountedMoney } from '../flow/counted-money';
import type { RateStore } from '../rate/rate.store';
import { BASES, CountingBasis } from './basis';
import { type BodiesOn, createBodyCounter, rowBodies } from './bodies';
import { createChains, isFollowed } from './chains';
import { count, NO_BALANCES, unseenEntry } from './counting';
import { BODIES, DIMENSIONS, FlowDimension, withBodyId } from './dimension';
import { createExclusions } from './excluded';
import { centsOf, centsTogether, type Fixed, formatCents, shareOf } from './fixed';
import { createKeyReader, whole } from './keys';
import { type LotQuestion, type LotStore, valueAt } from './lots.store';
import { type ReadQuestion, readWithOutcomes, type SummaryQuestion } from './question';
import { type Counted, createRows, type Sum } from './rows';
import { createScope, type RowLot, type ScopeQuestion } from './scope';
import type { FlowSummary, FlowSummaryCoverage, FlowSummaryKey } from './summary';

const MOST_EXCLUDED = 50;
const MOST_SOURCES = 500;
const CONVERSION =
  'Each amount at the average rate of the month of its value date (IMF, SDR per currency unit). What FTS gives in US dollars is taken as it is where US dollars are asked for.';

/** Values that say that something is not known. */
const UNKNOWN = new Set(['UNKNOWN', 'INSUFFICIENT_EVIDENCE']);
const isKnown = (value: string | null) => value !== null && !UNKNOWN.has(value);

const flowsOf = (some: readonly { flows: number }[]): number =>
  some.reduce((sum, { flows }) => sum + flows, 0);
const addUp = (some: readonly bigint[]): bigint => some.reduce((sum, each) => sum + each, 0n);

const toKey = (dimension: FlowDimension, value: string | null): FlowSummaryKey => ({
  dimension,
  value,
  organisation: BODIES.has(dimension) && value !== null ? { id: value } : null,
  country: dimension === FlowDimension.COUNTRY && value !== null ? { id: value } : null,
});

/** The figures of sorted sums: rows that add up to the total to the cent. */
const figuresOf = (sums: readonly Sum[], dimensions: readonly FlowDimension[], first: number) => {
  const cents = centsTogether(sums.map(({ amount }) => amount));
  const total = addUp(cents);
  const isRowKnown = sums.map(({ values }) => values.every(isKnown));
  const known = addUp(cents.filter((_, index) => isRowKnown[index]));
  const parts = cents.filter((_, index) => isRowKnown[index]).map(Number);
  return {
    total,
    known,
    concentration: {
      parts: parts.length,
      gini: gini(parts),
      hhi: hhi(parts),
      top1: topShare(parts, 1),
      top3: topShare(parts, 3),
    },
    rows: sums.slice(0, first).map(({ values, flows, estimated, attributed }, index) => ({
      values,
      keys: values.map((value, place) => toKey(dimensions[place] ?? FlowDimension.YEAR, value)),
      amount: formatCents(cents[index] ?? 0n),
      share: shareOf(cents[index] ?? 0n, total),
      flows,
      estimatedAmount: formatCents(centsOf(estimated)),
      attributedAmount: formatCents(centsOf(attributed)),
    })),
    rest: addUp(cents.slice(first)),
    knownFlowsShare: shareOf(
      BigInt(flowsOf(sums.filter((_, index) => isRowKnown[index]))),
      BigInt(flowsOf(sums)),
    ),
  };
};

/** What a basis needs to know of flows. */
const MEANS: Record<
  CountingBasis,
  Pick<LotQuestion, 'provider' | 'receiver' | 'onlyMoving' | 'only'>
> = {
  SOURCE: { provider: 'MIXED', onlyMoving: true },
  FINAL: { receiver: 'MIXED', onlyMoving: true },
  FIRST_RECIPIENT: { onlyMoving: true, only: { side: 'provider', which: 'PURE' } },
  GROSS_THROUGHPUT: {},
};

/** Counts money. */
export const createSummaryLoader = (
  lots: LotStore,
  facts: FactsStore,
  rates: RateStore,
  classifications: ClassificationLoader,
) => {
  const scopes = createScope(lots, facts, rates);
  const keys = createKeyReader(facts, classifications);
  const follow = createChains(lots, scopes, facts, keys);
  const exclusions = createExclusions(lots, scopes);
  const countBodies = createBodyCounter(lots, scopes, keys);

  /**
   * Adds up what is counted of the flows that are asked for; and says what came into the scope unseen, and
   * how to count bodies.
   */
  const countFlows = async (
    { basis, scope, selected, isWhole, asOf }: ReadQuestion,
    dimensions: readonly FlowDimension[],
    of: Omit<ScopeQuestion, 'filter'>,
  ): Promise<{ sums: Sum[]; entry: Fixed; bodiesOn: BodiesOn | null }> => {
    const isNetted = basis === CountingBasis.SOURCE || basis === CountingBasis.FINAL;
    const balances = isNetted ? await scopes.balance({ ...of, filter: scope }) : NO_BALANCES;
    // Where flows count each by itself, some months after the others: so few lots are held at a time.
    const asked = { ...of, filter: selected, within: scope, dimensions, ...MEANS[basis] };
    const spans = basis === CountingBasis.GROSS_THROUGHPUT ? await lots.spans(asked) : [{}];
    const rows = createRows();
    const readers = keys.readers(dimensions, asOf);
    const ids = new Map<string, string | null>();
    const idOf = (key: string) => ids.get(key) ?? null;
    const valueOf = ({ row }: RowLot, place: number) =>
      withBodyId(dimensions[place] ?? FlowDimension.YEAR, valueAt(row, place), idOf);
    for (const span of spans) {
      const found = await lots.lots({ ...asked, span });
      await scopes.addIds(ids, found, dimensions);
      const { lots: converted } = await scopes.convert(found, of.currency, ids);
      await readers.prepare((place) => converted.map((lot) => valueOf(lot, place)));
      const { counted, ofNoFlow } = count(basis, converted, balances, isWhole);
      const each = function* (): Generator<Counted> {
        for (const [index, lot] of converted.entries()) {
          const amount = counted[index] ?? 0n;
          if (amount === 0n && lot.amount !== 0n) continue;
          yield {
            parts: dimensions.map((_, place) => readers.read(valueOf(lot, place), place)),
            amount,
            flows: lot.flows,
            estimated: Number(lot.row.estimated ?? 0) > 0,
            attributed: amount !== lot.amount,
          };
        }
        if (ofNoFlow > 0n)
          yield {
            parts: dimensions.map(() => whole(null)),
            amount: ofNoFlow,
            flows: 0,
            estimated: false,
            attributed: true,
          };
      };
      rows.add(each());
    }
    return {
      sums: rows.inOrder(),
      entry: unseenEntry(balances),
      bodiesOn: countBodies(asked, { basis, balances, asOf }),
    };
  };

  /** The same of ways along several flows. */
  const countWays = async (...asked: Parameters<typeof follow>) => {
    const { counted, entry } = await follow(...asked);
    const rows = createRows();
    rows.add(counted);
    return { sums: rows.inOrder(), entry, bodiesOn: null };
  };

  const gapsOf = (
    currency: string,
    {
      left,
      usable,
      unknown,
      entry,
    }: { left: number; usable: number; unknown: bigint; entry: bigint },
  ): string[] => [
    ...(left > 0 ? [`${left} of ${left + usable} flows are in no sum; see \`excluded\`.`] : []),
    ...(unknown !== 0n
      ? [
          `Of ${formatCents(unknown)} ${currency} at least one key is unknown; that money stands in rows of its own.`,
        ]
      : []),
    ...(entry > 0n
      ? [
          `${formatCents(entry)} ${currency} moved on within the scope, and no record shows how it came in.`,
        ]
      : []),
    ...(usable === 0
      ? ['No flow on record fits; that is not to say that there was no money.']
      : []),
  ];

  return {
    /**
     * Adds flows up on a basis.
     * @throws BadInput without a basis, with too many dimensions or rows, or if money would count twice.
     */
    summary: async (asked: SummaryQuestion): Promise<FlowSummary> => {
      const question = await readWithOutcomes(asked, classifications.standingDay);
      const { basis, selected, currency, asOf, from, to } = question;
      const of = { onlyFts: asked.money === CountedMoney.FUNDING, currency };
      const { sums, entry, bodiesOn } = isFollowed(asked.groupBy)
        ? await countWays(question, asked.groupBy, of)
        : await countFlows(question, asked.groupBy, of);
      const figures = figuresOf(sums, asked.groupBy, asked.first);
      const bodiesOf = bodiesOn && rowBodies(bodiesOn);
      const coverage = async (): Promise<FlowSummaryCoverage> => {
        const { excluded, usable, sources } = await exclusions(
          { ...of, filter: selected },
          { onlyMoving: basis !== CountingBasis.GROSS_THROUGHPUT },
        );
        const left = flowsOf(excluded);
        const unknown = figures.total - figures.known;
        return {
          flows: left + usable,
          usable,
          usableShare: shareOf(BigInt(usable), BigInt(left + usable)),
          knownAmount: formatCents(figures.known),
          knownShare: shareOf(figures.known, figures.total),
          knownFlowsShare: figures.knownFlowsShare,
          unseenEntry: formatCents(centsOf(entry)),
          excluded: excluded.slice(0, MOST_EXCLUDED),
          sources: sources.slice(0, MOST_SOURCES).map((id) => ({ id })),
          missing: gapsOf(currency, { left, usable, unknown, entry: centsOf(entry) }),
        };
      };
      return {
        basis,
        basisText: BASES[basis],
        definitions: asked.groupBy.map((dimension) => `${dimension}: ${DIMENSIONS[dimension]}`),
        money: asked.money,
        currency,
        conversion: CONVERSION,
        from,
        to,
        asOf,
        rule: DEFAULT_RULE.version,
        rows: figures.rows.map(({ values, ...row }) => ({
          ...row,
          bodiesOf: (side) => bodiesOf?.(side, values) ?? null,
        })),
        rowCount: sums.length,
        restAmount: formatCents(figures.rest),
        total: formatCents(figures.total),
        concentration: figures.concentration,
        coverageOf: coverage,
      };
    },
  };
};
export type SummaryLoader = ReturnType<typeof createSummaryLoader>;
