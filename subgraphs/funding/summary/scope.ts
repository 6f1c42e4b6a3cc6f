import type { FactsStore } from '../classification/facts.store';
import type { RateStore } from '../rate/rate.store';
import { CountingBasis } from './basis';
import { factorsTo } from './convert';
import { type Balances, balancesOf, type Lot, NO_BALANCES } from './counting';
import { type Fixed, fixedOf } from './fixed';
import type { LotQuestion, LotRow, LotStore } from './lots.store';

/** A question to lots, without what is to be told apart. */
export type ScopeQuestion = Omit<LotQuestion, 'dimensions' | 'provider' | 'receiver' | 'unsplit'>;

/** Reads flows of a scope as lots in one currency. */
export const createScope = (lots: LotStore, facts: FactsStore, rates: RateStore) => {
  const idsOf = async (rows: readonly LotRow[]): Promise<Map<string, string>> => {
    const keys = new Set<string>();
    for (const { provider_key: provider, receiver_key: receiver, bodies } of rows)
      for (const key of [provider, receiver, ...bodies]) if (key !== null) keys.add(key);
    return facts.idsOf([...keys]);
  };

  /** Rows of the database as lots of one currency; those that cannot be converted apart. */
  const convert = async (rows: readonly LotRow[], target: string) => {
    const factor = await factorsTo(rates, target, rows);
    const shared: LotRow[] = [];
    const unconvertible: { row: LotRow; reason: string }[] = [];
    const converted: { row: LotRow; amount: Fixed }[] = [];
    for (const row of rows) {
      const by = factor(row.currency, row.month);
      if (row.origin === 'SHARED') shared.push(row);
      else if (typeof by === 'string') unconvertible.push({ row, reason: by });
      else
        converted.push({
          row,
          amount: fixedOf(row.units, row.nanos, by, {
            over: BigInt(row.place_part) * BigInt(row.sector_part),
            under: BigInt(row.place_whole) * BigInt(row.sector_whole),
          }),
        });
    }
    return { shared, unconvertible, converted };
  };

  const toLot = (row: LotRow, amount: Fixed, ids: ReadonlyMap<string, string>): Lot => ({
    provider: row.provider_key === null ? null : (ids.get(row.provider_key) ?? null),
    receiver: row.receiver_key === null ? null : (ids.get(row.receiver_key) ?? null),
    origin: row.origin === 'SHARED' ? null : row.origin,
    amount,
    flows: row.flows,
  });

  /** What went into and out of every body of the scope, as far as the basis needs it. */
  const balance = async (basis: CountingBasis, question: ScopeQuestion): Promise<Balances> => {
    if (basis === CountingBasis.GROSS_THROUGHPUT) return NO_BALANCES;
    const bySide = async (side: 'provider' | 'receiver') => {
      const rows = await lots.lots({
        ...question,
        dimensions: [],
        provider: side === 'provider',
        receiver: side === 'receiver',
        onlyMoving: true,
      });
      const ids = await idsOf(rows);
      const { converted, unconvertible } = await convert(rows, question.currency);
      const all = [
        ...converted.map(({ row, amount }) => toLot(row, amount, ids)),
        ...unconvertible.map(({ row }) => toLot(row, 0n, ids)),
      ];
      // Lots of receivers do not know their providers, whose money comes with their own lots.
      return side === 'provider' ? all : all.map((lot): Lot => ({ ...lot, origin: 'OUTSIDE' }));
    };
    const received = await bySide('receiver');
    return balancesOf(
      basis === CountingBasis.FIRST_RECIPIENT
        ? received
        : [...received, ...(await bySide('provider'))],
    );
  };

  return { idsOf, convert, toLot, balance };
};
export type Scope = ReturnType<typeof createScope>;
