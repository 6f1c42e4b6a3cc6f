import { Big } from 'big.js';
import { BadInput } from '../../shared/errors';
import { toStored } from '../../shared/money';
import { Modality } from '../../shared/outcomes';
import type { ClassificationLoader } from '../classification/classification.loader';
import type { FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';
import { CLASSIFICATION_RULES } from '../classification/rule';
import { CountedMoney } from '../flow/counted-money';
import type { FlowFilter } from '../flow/flow.args';
import type { RateStore } from '../rate/rate.store';
import { CountingBasis } from '../summary/basis';
import { createFactors, isNoRate } from '../summary/convert';
import { createExclusions } from '../summary/excluded';
import { type Fixed, fixedOf, SAME } from '../summary/fixed';
import type { LotStore } from '../summary/lots.store';
import { readWithOutcomes } from '../summary/question';
import { createScope } from '../summary/scope';
import { batchesOf } from './batches';
import { createReceiver, type ReceiverTerms } from './receiver';
import { cohortOf, rowsOf } from './rows';
import type { FundingTerms, FundingTermsCoverage, FundingTermsRow } from './terms';
import type { ReceiverKey, TermsQuestion, TermsStore } from './terms.store';

const MOST_FLOWS = 1_000_000;
const MOST_EXCLUDED = 50;

/** What is asked of terms. */
export interface AskedTerms {
  filter: FlowFilter | undefined;
  money: CountedMoney;
  currency: string;
  smallUpTo: string | null | undefined;
  asOf: string | null | undefined;
}

const readSmall = (smallUpTo: string | null | undefined): Fixed | null => {
  if (smallUpTo === null || smallUpTo === undefined) return null;
  const { units, nanos } = toStored(new Big(smallUpTo));
  const small = fixedOf(units, nanos, SAME);
  if (small <= 0n) throw new BadInput('`smallUpTo` must be above 0.');
  return small;
};

const gapsOf = (rows: readonly FundingTermsRow[], left: number, usable: number): string[] => {
  const known = rows.reduce((sum, { knownDurations }) => sum + knownDurations, 0);
  const nobody = rows.find(({ outcome }) => outcome === null);
  return [
    ...(left > 0 ? [`${left} of ${left + usable} flows are in no row; see \`excluded\`.`] : []),
    ...(known < usable
      ? [`Of ${usable - known} of ${usable} flows no record says how long they are for.`]
      : []),
    ...(nobody ? [`Of ${nobody.flows} of ${usable} flows the receiver is unknown.`] : []),
    ...(usable === 0
      ? ['No flow on record fits; that is not to say that there was no money.']
      : []),
  ];
};

/** Reads on what terms bodies are funded. */
export const createTermsLoader = (
  terms: TermsStore,
  lots: LotStore,
  facts: FactsStore,
  rates: RateStore,
  { outcomesOf, standingDay }: ClassificationLoader,
) => {
  const exclusions = createExclusions(lots, createScope(lots, facts, rates));

  /** What each receiver's flows come to, read one receiver after the other. */
  const readReceivers = async (
    question: TermsQuestion,
    named: readonly ReceiverKey[],
    smallUpTo: Fixed | null,
  ): Promise<ReceiverTerms[]> => {
    const newest = named.reduce((last, { newest }) => (newest > last ? newest : last), '') || null;
    const read: ReceiverTerms[] = [];
    let current: { id: string; tally: ReturnType<typeof createReceiver> } | undefined;
    const factorsOf = createFactors(rates, question.currency);
    const givers = new Map<string, string | null>();
    for await (const batch of batchesOf(terms, facts, question, named)) {
      const rows = batch.map(({ row }) => row);
      const factor = await factorsOf(rows);
      const keys = new Set(rows.map((row) => row.provider_key).filter(present));
      const unknown = [...keys].filter((key) => !givers.has(key));
      const found = await facts.idsOf(unknown);
      for (const key of unknown) givers.set(key, found.get(key) ?? null);
      for (const { receiver, row } of batch) {
        const by = factor(row.currency, row.month);
        if (isNoRate(by) || row.origin === 'SHARED') continue;
        if (current?.id !== receiver) {
          if (current) read.push(current.tally.terms());
          current = { id: receiver, tally: createReceiver(receiver, newest, smallUpTo) };
        }
        const giver = row.provider_key === null ? null : (givers.get(row.provider_key) ?? null);
        current.tally.add(row, giver, fixedOf(row.units, row.nanos, by));
      }
    }
    if (current) read.push(current.tally.terms());
    return read;
  };

  return {
    /**
     * On what terms the receivers of some flows are funded.
     * @throws BadInput if the question makes no sense, or is about too many flows.
     */
    terms: async (asked: AskedTerms): Promise<FundingTerms> => {
      const { money, smallUpTo } = asked;
      const basis = CountingBasis.GROSS_THROUGHPUT;
      const { selected, currency, asOf } = await readWithOutcomes(
        { ...asked, basis, groupBy: [], first: 1 },
        standingDay,
      );
      const small = readSmall(smallUpTo);
      const question = { filter: selected, onlyFts: money === CountedMoney.FUNDING, currency };
      const named = await terms.receivers(question);
      const flows = named.reduce((sum, each) => sum + each.flows, 0);
      if (flows > MOST_FLOWS)
        throw new BadInput(
          `${flows} flows fit; at most ${MOST_FLOWS} at a time. Narrow the filter, by years for example.`,
        );
      const receivers = await readReceivers(question, named, small);
      const ids = receivers.flatMap(({ id, firstDonor }) => [id || null, firstDonor]);
      const outcomes = await outcomesOf([...new Set(ids.filter(present))], asOf);
      const outcomeOf = (id: string) => outcomes.get(id) ?? Modality.INSUFFICIENT_EVIDENCE;
      const rows = rowsOf(receivers, outcomeOf, small !== null);
      const coverageOf = async (): Promise<FundingTermsCoverage> => {
        const { excluded, usable } = await exclusions(question);
        const left = excluded.reduce((sum, each) => sum + each.flows, 0);
        return {
          flows: left + usable,
          usable,
          excluded: excluded.slice(0, MOST_EXCLUDED),
          missing: gapsOf(rows, left, usable),
        };
      };
      return {
        money,
        currency,
        smallUpTo: smallUpTo ?? null,
        asOf,
        rule: CLASSIFICATION_RULES[0]?.version ?? '',
        rows,
        cohorts:
          small === null
            ? null
            : {
                smallFlexible: cohortOf(receivers, 'SMALL_FLEXIBLE'),
                largeProject: cohortOf(receivers, 'LARGE_PROJECT'),
              },
        coverageOf,
      };
    },
  };
};
export type TermsLoader = ReturnType<typeof createTermsLoader>;
