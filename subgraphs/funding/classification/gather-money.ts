import type { Big } from 'big.js';
import type { HeldFact, MoneyFact, MoneyFacts, Period, Ref } from './facts';
import type { FactsStore } from './facts.store';
import { groupBy, present } from './grouping';
import { type HeldRow, inSdr, type MoneyRow, type MoneyStore } from './money.store';

/** Of many flows with one body, so many are pointed at. */
const REFS = 3;
type Rates = ReadonlyMap<string, Big>;

const refsOf = (rows: readonly MoneyRow[]): Ref[] =>
  [...new Set(rows.flatMap(({ first_id, last_id }) => [first_id, last_id]))]
    .sort()
    .slice(0, REFS)
    .map((id) => ({ kind: 'flow', id }));

/** Flows over all months and currencies, as one figure. */
const addUp = (rows: readonly MoneyRow[], rates: Rates) => {
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
  return { amount, flows, unconvertible, fixed, refs: refsOf(rows) };
};

/** What a body got and paid as a host, by the body that it hosts. */
const heldOf = (
  rows: readonly HeldRow[],
  idOf: (key: string | null) => string | null,
  rates: Rates,
) =>
  [...groupBy(rows, ({ other_key }) => idOf(other_key) ?? '')].flatMap(
    ([hostedId, some]): HeldFact[] => {
      if (hostedId === '') return [];
      const of = (side: MoneyRow['side']) =>
        addUp(
          some.filter((row) => row.side === side),
          rates,
        );
      const [came, went] = [of('receiver'), of('provider')];
      return [
        {
          hostedId,
          got: came.amount,
          paid: went.amount,
          flows: came.flows + went.flows,
          refs: refsOf(some),
        },
      ];
    },
  );

/** Gathers the money of some bodies in a period, by the body on the other side. */
export const createMoneyGatherer = (facts: FactsStore, money: MoneyStore) => {
  return async (
    keys: readonly { key: string; id: string }[],
    period: Period,
  ): Promise<Map<string, MoneyFacts[]>> => {
    const names = keys.map(({ key }) => key);
    const rows = await money.rows(names, period);
    const heldRows = await money.heldRows(names, period);
    const rates = await money.rates([...rows, ...heldRows]);
    const payers = await money.payers(names, period);
    const heldPayers = await money.heldPayers(names, period);
    const keysOf = groupBy(keys, ({ id }) => id);
    const ownIds = new Map(keys.map(({ key, id }) => [key, id]));
    const others = await facts.idsOf([
      ...new Set(
        [
          ...rows.map(({ other_key }) => other_key),
          ...heldRows.flatMap(({ other_key, via_key }) => [other_key, via_key]),
        ].filter(present),
      ),
    ]);
    const idOf = (key: string | null) => others.get(key ?? '') ?? null;
    const found = new Map<string, MoneyFacts[]>();
    const place = ({ own_key, kind }: MoneyRow) => `${ownIds.get(own_key) ?? ''}\u0001${kind}`;
    const all: (MoneyRow & { via_key?: string | null })[] = [
      ...rows,
      ...heldRows.filter(({ as }) => as !== 'HOST'),
    ];
    const byBody = groupBy(all, place);
    const byHost = groupBy(
      heldRows.filter(({ as }) => as === 'HOST'),
      place,
    );
    for (const id of keysOf.keys())
      for (const kind of ['TRANSFER', 'COMMITMENT'] as const) {
        const own = byBody.get(`${id}\u0001${kind}`) ?? [];
        const held = byHost.get(`${id}\u0001${kind}`) ?? [];
        if (own.length === 0 && held.length === 0) continue;
        const of = (side: MoneyRow['side']): MoneyFact[] =>
          [
            ...groupBy(
              own.filter((row) => row.side === side),
              ({ other_key, via_key = null }) =>
                `${idOf(other_key) ?? ''}\u0001${idOf(via_key) ?? ''}`,
            ),
          ].map(([ids, some]) => {
            const [otherId = '', hostId = ''] = ids.split('\u0001');
            return {
              otherId: otherId || null,
              hostId: hostId || null,
              named: [],
              ...addUp(some, rates),
            };
          });
        const reports = ({ [kind]: some }: typeof payers) =>
          (keysOf.get(id) ?? []).some(({ key }) => some.has(key));
        found.set(id, [
          ...(found.get(id) ?? []),
          {
            kind,
            incoming: of('receiver'),
            outgoing: of('provider'),
            held: heldOf(held, idOf, rates),
            reportsPayments: reports(payers) || reports(heldPayers),
          },
        ]);
      }
    return found;
  };
};
