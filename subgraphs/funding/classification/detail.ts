import { compareTexts } from '../../shared/ids';
import type { AidType } from '../flow/purpose';
import { type DetailStore, type DirectedRow, kindOf } from './detail.store';
import type { BodyFacts, JointFact, MoneyFact, Period } from './facts';
import type { FactsStore } from './facts.store';
import { groupBy, present } from './grouping';
import { inSdr, type MoneyStore } from './money.store';

type Facts = Omit<BodyFacts, 'names'>;

/** OECD DAC's vocabulary of types of aid. */
const DAC = '1';
const isDirected = (aidTypes: string): boolean =>
  (JSON.parse(aidTypes) as AidType[]).some(
    ({ vocabulary, code }) => vocabulary === DAC && /^(B03|B04|C01)/.test(code),
  );

/**
 * Adds to the facts of bodies what only the indicators that decide nothing look at: what members gave to each
 * other (I3), and income whose end recipients the donor's own record names (I6).
 */
export const createDetailer = (facts: FactsStore, money: MoneyStore, store: DetailStore) => {
  /** What members gave to each other. */
  const grantsAmong = async (bodies: readonly Facts[], period: Period) => {
    const members = bodies
      .filter(({ members }) => members.length > 1)
      .flatMap(({ members }) => members.map(({ id }) => id));
    const keys = await facts.keysOf([...new Set(members)]);
    const idOf = new Map(keys.map(({ key, id }) => [key, id]));
    const given = new Map<string, JointFact>();
    for (const { from_key, to_key, id } of await store.grants([...idOf.keys()], period)) {
      const [from, to] = [idOf.get(from_key), idOf.get(to_key ?? '')];
      if (from === undefined || to === undefined || from === to) continue;
      const pair = `${from} ${to}`;
      const known = given.get(pair);
      // Of several keys of the same two the first flow, whatever the order of the rows.
      if (!known || compareTexts(id, known.ref.id) < 0)
        given.set(pair, { bodies: [from, to], ref: { kind: 'flow', id } });
    }
    const byGiver = groupBy([...given.values()], ({ bodies: [from = ''] }) => from);
    return ({ members }: Facts): JointFact[] => {
      const own = new Set(members.map(({ id }) => id));
      return [...own].flatMap((id) =>
        (byGiver.get(id) ?? []).filter(({ bodies: [, to = ''] }) => own.has(to)),
      );
    };
  };

  /** Income by which the donor's record names others than the receiver as those that implement, and pays them nothing itself. */
  const directedTo = async (bodies: readonly Facts[], period: Period) => {
    const keys = await facts.keysOf(bodies.map(({ id }) => id));
    const rows = (
      await store.directed(
        keys.map(({ key }) => key),
        period,
      )
    ).filter(({ aid_types }) => isDirected(aid_types));
    const workers = await store.workers([...new Set(rows.map((row) => row.activity_record))]);
    const rates = await money.rates(rows);
    const ids = await facts.idsOf([
      ...new Set(
        [
          ...rows.flatMap((row) => [row.own_key, row.other_key, row.receiver_key]),
          ...workers.map(({ key }) => key),
        ].filter(present),
      ),
    ]);
    const idOf = (key: string | null) => ids.get(key ?? '') ?? null;
    const byRecord = groupBy(workers, ({ record }) => record);
    /** Whom a row's record names in the place of its receiver. */
    const namedBy = (row: DirectedRow): string[] => {
      const own = idOf(row.own_key);
      const known = byRecord.get(row.activity_record) ?? [];
      const of = (does: string) =>
        known.filter((worker) => worker.does === does).map(({ key }) => idOf(key));
      const implementing = of('IMPLEMENTS');
      if (implementing.includes(own)) return [];
      const beside = new Set([own, idOf(row.other_key), idOf(row.receiver_key), ...of('IS_PAID')]);
      return [...new Set(implementing.filter(present))].filter((id) => !beside.has(id)).sort();
    };
    const placeOf = (id: string | null, kind: string, other: string | null, host: string | null) =>
      JSON.stringify([id, kind, other, host]);
    const found = groupBy(
      rows.flatMap((row) => {
        const named = namedBy(row);
        const rate = rates.get(`${row.currency} ${row.month}`);
        return named.length === 0 || !rate
          ? []
          : [{ row, named, amount: inSdr(row.units, row.nanos, rate) }];
      }),
      ({ row }) => {
        const own = idOf(row.own_key);
        const legal = idOf(row.receiver_key);
        return placeOf(own, kindOf(row.kind), idOf(row.other_key), legal === own ? null : legal);
      },
    );
    return (body: Facts, kind: string, fact: MoneyFact): MoneyFact => {
      const some = found.get(placeOf(body.id, kind, fact.otherId, fact.hostId)) ?? [];
      const named = new Map(
        some.map(({ row, named }) => [
          row.activity_record,
          { ids: named, ref: { kind: 'activity', id: row.activity_record } },
        ]),
      );
      return {
        ...fact,
        fixed: some.reduce((sum, { amount }) => sum + amount, fact.fixed),
        named: [...named.values()].sort((a, b) => compareTexts(a.ref.id, b.ref.id)),
      };
    };
  };

  return async (bodies: readonly Facts[], period: Period): Promise<Facts[]> => {
    const given = await grantsAmong(bodies, period);
    const withNamed = await directedTo(bodies, period);
    return bodies.map((body) => ({
      ...body,
      joint: [...body.joint, ...given(body)],
      money: body.money.map((money) => ({
        ...money,
        incoming: money.incoming.map((fact) => withNamed(body, money.kind, fact)),
      })),
    }));
  };
};
