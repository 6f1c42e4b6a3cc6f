import type { FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';
import type { RateStore } from '../rate/rate.store';
import { factorsTo, isNoRate, type NoRate } from './convert';
import { type Balances, balancesOf, type Lot } from './counting';
import { bodyKeyIn, type FlowDimension } from './dimension';
import { fixedOf, SAME } from './fixed';
import { isStated } from './lots-sql.store';
import { type LotQuestion, type LotRow, type LotStore, valueAt } from './lots.store';

/** A question to lots, without what is to be told apart. */
export type ScopeQuestion = Pick<LotQuestion, 'filter' | 'onlyFts' | 'currency'>;

/** A lot with the row that it is. */
export interface RowLot extends Lot {
  row: LotRow;
}

/** Rows of the database in one currency. */
export interface Converted {
  lots: RowLot[];
  /** Rows that FTS says are shared beyond the scope. */
  shared: LotRow[];
  unconvertible: { row: LotRow; why: NoRate }[];
}

/** The part of its flows that a row means. */
const shareOfRow = (row: LotRow) =>
  row.place_part === undefined && row.sector_part === undefined
    ? SAME
    : {
        over: BigInt(row.place_part ?? 1) * BigInt(row.sector_part ?? 1),
        under: BigInt(row.place_whole ?? 1) * BigInt(row.sector_whole ?? 1),
      };

/** Reads flows of a scope as lots in one currency. */
export const createScope = (lots: LotStore, facts: FactsStore, rates: RateStore) => {
  /** Adds the bodies that rows name, on either side and as values of dimensions, to those known by their keys. */
  const addIds = async (
    known: Map<string, string | null>,
    rows: readonly LotRow[],
    dimensions: readonly FlowDimension[] = [],
  ): Promise<void> => {
    const keys = new Set<string>();
    const add = (key: string | null | undefined) => {
      if (present(key) && !known.has(key)) keys.add(key);
    };
    for (const row of rows) {
      add(row.provider_key);
      add(row.receiver_key);
      dimensions.forEach((dimension, place) => {
        add(bodyKeyIn(dimension, valueAt(row, place)));
      });
    }
    const found = await facts.idsOf([...keys]);
    // Those of nobody are remembered too.
    for (const key of keys) known.set(key, found.get(key) ?? null);
  };

  /** The bodies that rows name on either side. */
  const idsOf = async (rows: readonly LotRow[]): Promise<Map<string, string | null>> => {
    const ids = new Map<string, string | null>();
    await addIds(ids, rows);
    return ids;
  };

  /** Rows as lots of one currency; those that cannot be converted apart. */
  const convert = async (
    rows: readonly LotRow[],
    target: string,
    ids: ReadonlyMap<string, string | null>,
  ): Promise<Converted> => {
    const factor = await factorsTo(rates, target, rows);
    const converted: Converted = { lots: [], shared: [], unconvertible: [] };
    for (const row of rows) {
      const by = factor(row.currency, row.month);
      const { origin = null } = row;
      if (origin === 'SHARED') converted.shared.push(row);
      else if (isNoRate(by)) converted.unconvertible.push({ row, why: by });
      else
        converted.lots.push({
          row,
          provider: (row.provider_key && ids.get(row.provider_key)) ?? null,
          receiver: (row.receiver_key && ids.get(row.receiver_key)) ?? null,
          origin,
          amount: fixedOf(row.units, row.nanos, by, shareOfRow(row)),
          flows: Number(row.flows),
        });
    }
    return converted;
  };

  /**
   * What went into and out of the bodies of a scope that both got and gave; of others only where records
   * say where their money comes from, whose way into the scope may be unseen.
   */
  const balance = async (question: ScopeQuestion): Promise<Balances> => {
    const bySide = async (side: 'provider' | 'receiver'): Promise<Lot[]> => {
      const rows = await lots.lots({
        ...question,
        dimensions: [],
        [side]: 'EACH',
        onlyMoving: true,
        ...(isStated(question.filter) ? {} : { only: { side, which: 'MIXED' } as const }),
      });
      const converted = await convert(rows, question.currency, await idsOf(rows));
      // Lots of receivers do not know their providers, whose money comes with their own lots.
      if (side === 'receiver') for (const lot of converted.lots) lot.origin = 'OUTSIDE';
      return converted.lots;
    };
    return balancesOf([...(await bySide('receiver')), ...(await bySide('provider'))]);
  };

  return { addIds, idsOf, convert, balance };
};
export type Scope = ReturnType<typeof createScope>;
