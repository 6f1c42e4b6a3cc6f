import type { Big } from 'big.js';
import type { MoneyFact, MoneyFacts, Period } from './facts';
import type { FactsStore } from './facts.store';
import { groupBy, present } from './grouping';
import { inSdr, type MoneyRow, type MoneyStore } from './money.store';

/** Of many flows with one body, so many are pointed at. */
const REFS = 3;

/** Flows with one other body over all months and currencies, as one figure. */
const addUp = (
  otherId: string | null,
  rows: readonly MoneyRow[],
  rates: ReadonlyMap<string, Big>,
): MoneyFact => {
  let [amount, fixed] = [0n, 0n];
  let [flows, unconvertible] = [0, 0];
  for (const row of rows) {
    flows += row.flows;
    const rate = rates.get(`${row.currency} ${row.month}`);
    if (!rate) {
      unconvertible += row.flows;
      continue;
    }
    amount += inSdr(row.units, row.nanos, rate);
    fixed += inSdr(row.fixed_units, row.fixed_nanos, rate);
  }
  const ids = new Set(rows.flatMap(({ first_id, last_id }) => [first_id, last_id]));
  return {
    otherId,
    amount,
    flows,
    unconvertible,
    fixed,
    refs: [...ids]
      .sort()
      .slice(0, REFS)
      .map((id) => ({ kind: 'flow', id })),
  };
};

/** Gathers the money of some bodies in a period, by the body on the other side. */
export const createMoneyGatherer = (facts: FactsStore, money: MoneyStore) => {
  return async (
    keys: readonly { key: string; id: string }[],
    period: Period,
  ): Promise<Map<string, MoneyFacts[]>> => {
    const names = keys.map(({ key }) => key);
    const rows = await money.rows(names, period);
    const rates = await money.rates(rows);
    const payers = await money.payers(names, period);
    const keysOf = groupBy(keys, ({ id }) => id);
    const idOf = new Map(keys.map(({ key, id }) => [key, id]));
    const others = await facts.idsOf([
      ...new Set(rows.map(({ other_key }) => other_key).filter(present)),
    ]);
    const found = new Map<string, MoneyFacts[]>();
    const byBody = groupBy(rows, ({ own_key, kind }) => `${idOf.get(own_key) ?? ''}\u0001${kind}`);
    for (const id of keysOf.keys())
      for (const kind of ['TRANSFER', 'COMMITMENT'] as const) {
        const own = byBody.get(`${id}\u0001${kind}`) ?? [];
        if (own.length === 0) continue;
        const of = (side: MoneyRow['side']): MoneyFact[] =>
          [
            ...groupBy(
              own.filter((row) => row.side === side),
              ({ other_key }) => others.get(other_key ?? '') ?? '',
            ),
          ].map(([otherId, some]) => addUp(otherId === '' ? null : otherId, some, rates));
        found.set(id, [
          ...(found.get(id) ?? []),
          {
            kind,
            incoming: of('receiver'),
            outgoing: of('provider'),
            reportsPayments: (keysOf.get(id) ?? []).some(({ key }) => payers[kind].has(key)),
          },
        ]);
      }
    return found;
  };
};
