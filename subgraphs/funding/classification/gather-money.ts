import type { HeldFact, MoneyFact, MoneyFacts, Period, Ref } from './facts';
import type { FactsStore } from './facts.store';
import { type HeldRow, inSdr, type MoneyRow, type MoneyStore } from './money.store';
import { type RateOf, rememberRates } from './remembered';

/** Of many flows with one body, so many are pointed at. */
const REFS = 3;
const KINDS = ['TRANSFER', 'COMMITMENT'] as const;
type Kind = MoneyFacts['kind'];

/** Flows over all months and currencies, as one figure that grows. */
interface Sum {
  amount: bigint;
  fixed: bigint;
  flows: number;
  unconvertible: number;
  ids: Set<string>;
}
/** What came from one other body or went to it, over a host or not. */
interface Exchange extends Sum {
  otherId: string | null;
  hostId: string | null;
}
/** What a body got and gave of one kind of money. */
interface Account {
  incoming: Map<string | null, Exchange>;
  outgoing: Map<string | null, Exchange>;
  /** What it got and paid as a host, by the body that it hosts. */
  held: Map<string, { got: Sum; paid: Sum }>;
  /** Whether one of its own flows shows that it reports what it pays. */
  reports: boolean;
}
type Accounts = Record<Kind, Map<string, Account>>;

const nothing = (): Sum => ({
  amount: 0n,
  fixed: 0n,
  flows: 0,
  unconvertible: 0,
  ids: new Set(),
});

/** What a map has under a key, made where it has nothing. */
const under = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

const add = (sum: Sum, row: MoneyRow, rateOf: RateOf): void => {
  sum.flows += row.flows;
  if (row.first_id !== null) sum.ids.add(row.first_id);
  if (row.last_id !== null) sum.ids.add(row.last_id);
  const rate = rateOf(row.currency, row.month);
  if (rate) {
    sum.amount += inSdr(row.units, row.nanos, rate);
    sum.fixed += inSdr(row.fixed_units, row.fixed_nanos, rate);
  } else sum.unconvertible += row.flows;
};

const refsOf = (...sums: readonly Sum[]): Ref[] =>
  [...new Set(sums.flatMap(({ ids }) => [...ids]))]
    .sort()
    .slice(0, REFS)
    .map((id) => ({ kind: 'flow', id }));

const moneyFact = (exchange: Exchange): MoneyFact => {
  const { otherId, hostId, amount, flows, unconvertible, fixed, ids } = exchange;
  const refs = ids.size === 0 ? [] : refsOf(exchange);
  return { otherId, hostId, named: [], amount, flows, unconvertible, fixed, refs };
};

const heldFact = ([hostedId, { got, paid }]: [string, { got: Sum; paid: Sum }]): HeldFact => ({
  hostedId,
  got: got.amount,
  paid: paid.amount,
  flows: got.flows + paid.flows,
  refs: refsOf(got, paid),
});

const openAccount = (): Account => ({
  incoming: new Map(),
  outgoing: new Map(),
  held: new Map(),
  reports: false,
});

/** The keys of all other bodies in some rows, each once. */
const otherKeys = (rows: readonly MoneyRow[], held: readonly HeldRow[]): string[] => {
  const keys = new Set<string>();
  for (const { other_key } of rows) if (other_key !== null) keys.add(other_key);
  for (const { other_key, via_key } of held)
    for (const key of [other_key, via_key]) if (key !== null) keys.add(key);
  return [...keys];
};

/** Gathers the money of some bodies in a period, by the body on the other side. */
export const createMoneyGatherer = (facts: FactsStore, money: MoneyStore) => {
  const ratesOf = rememberRates(money);

  /** What bodies got and gave under some keys, in one pass over the flows. */
  const accountsOf = async (
    bodies: ReadonlyMap<string, string>,
    period: Period,
    refs: boolean,
  ): Promise<Accounts> => {
    const keys = [...bodies.keys()];
    const rows = await money.rows(keys, period, { ids: refs });
    const heldRows = await money.heldRows(keys, period);
    const rateOf = await ratesOf([...rows, ...heldRows]);
    const others = await facts.idsOf(otherKeys(rows, heldRows));
    const idOf = (key: string | null) => (key === null ? null : (others.get(key) ?? null));
    const accounts: Accounts = { TRANSFER: new Map(), COMMITMENT: new Map() };
    const exchange = (row: MoneyRow, hostId: string | null): Account => {
      const account = under(accounts[row.kind], bodies.get(row.own_key) ?? '', openAccount);
      const otherId = idOf(row.other_key);
      const sum = under(
        row.side === 'receiver' ? account.incoming : account.outgoing,
        hostId === null ? otherId : `${otherId ?? ''}\u0001${hostId}`,
        () => ({ otherId, hostId, ...nothing() }),
      );
      add(sum, row, rateOf);
      return account;
    };
    for (const row of rows) {
      const account = exchange(row, null);
      if (row.side === 'provider' && row.reported === 1) account.reports = true;
    }
    for (const row of heldRows)
      if (row.as !== 'HOST') exchange(row, idOf(row.via_key));
      else {
        const account = under(accounts[row.kind], bodies.get(row.own_key) ?? '', openAccount);
        const hostedId = idOf(row.other_key);
        if (hostedId === null) continue;
        const make = () => ({ got: nothing(), paid: nothing() });
        const { got, paid } = under(account.held, hostedId, make);
        add(row.side === 'receiver' ? got : paid, row, rateOf);
      }
    return accounts;
  };

  /** Of some bodies with money of a kind, those of which somebody reports what they pay of it. */
  const payersOf = async (
    kind: Kind,
    accounts: ReadonlyMap<string, Account>,
    bodies: ReadonlyMap<string, string>,
    period: Period,
  ): Promise<Set<string>> => {
    const payers = new Set<string>();
    for (const [id, { reports }] of accounts) if (reports) payers.add(id);
    const open: string[] = [];
    for (const [key, id] of bodies) if (accounts.has(id) && !payers.has(id)) open.push(key);
    for (const key of await money.payers(kind, open, period)) payers.add(bodies.get(key) ?? '');
    return payers;
  };

  /** @param refs whether to say by which flows. */
  return async (
    keys: readonly { key: string; id: string }[],
    period: Period,
    { refs }: { refs: boolean },
  ): Promise<Map<string, MoneyFacts[]>> => {
    const bodies = new Map(keys.map(({ key, id }) => [key, id]));
    const accounts = await accountsOf(bodies, period, refs);
    const heldPayers = await money.heldPayers([...bodies.keys()], period);
    const found = new Map<string, MoneyFacts[]>();
    for (const kind of KINDS) {
      const payers = await payersOf(kind, accounts[kind], bodies, period);
      for (const key of heldPayers[kind]) payers.add(bodies.get(key) ?? '');
      for (const [id, { incoming, outgoing, held }] of accounts[kind])
        under(found, id, () => []).push({
          kind,
          incoming: [...incoming.values()].map(moneyFact),
          outgoing: [...outgoing.values()].map(moneyFact),
          held: [...held].map(heldFact),
          reportsPayments: payers.has(id),
        });
    }
    return found;
  };
};
