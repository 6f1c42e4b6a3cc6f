import type { MoneyFact, MoneyFacts, Period, Ref } from './facts';
import type { FactsStore } from './facts.store';
import { type MoneyRow, type MoneyStore, inSdr } from './money.store';
import { type RateOf, rememberRates } from './remembered';

/** Of many flows with one body, so many are pointed at. */
const REFS = 3;
const KINDS = ['TRANSFER', 'COMMITMENT'] as const;
type Kind = MoneyFacts['kind'];
type Key = { key: string; id: string };

/** Flows with one other body over all months and currencies, as one figure that grows. */
interface Sum extends Omit<MoneyFact, 'refs'> {
  ids: Set<string>;
}
/** What a body got and gave of one kind of money, by the other body. */
interface Account {
  incoming: Map<string | null, Sum>;
  outgoing: Map<string | null, Sum>;
  /** Whether it is on record as having reported any of it. */
  reported: boolean;
}
type Accounts = Record<Kind, Map<string, Account>>;

const sumWith = (sums: Map<string | null, Sum>, otherId: string | null): Sum => {
  const known = sums.get(otherId);
  if (known) return known;
  const sum = {
    otherId,
    amount: 0n,
    flows: 0,
    unconvertible: 0,
    fixed: 0n,
    ids: new Set<string>(),
  };
  sums.set(otherId, sum);
  return sum;
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

const factOf = ({ otherId, amount, flows, unconvertible, fixed, ids }: Sum): MoneyFact => ({
  otherId,
  amount,
  flows,
  unconvertible,
  fixed,
  refs: [...ids]
    .sort()
    .slice(0, REFS)
    .map((id): Ref => ({ kind: 'flow', id })),
});

const accountOf = (accounts: Map<string, Account>, id: string): Account => {
  const known = accounts.get(id);
  if (known) return known;
  const account = { incoming: new Map(), outgoing: new Map(), reported: false };
  accounts.set(id, account);
  return account;
};

/** Gathers the money of some bodies in a period, by the body on the other side. */
export const createMoneyGatherer = (facts: FactsStore, money: MoneyStore) => {
  const ratesOf = rememberRates(money);

  const accountsOf = async (
    idOf: ReadonlyMap<string, string>,
    period: Period,
    refs: boolean,
  ): Promise<Accounts> => {
    const rows = await money.rows([...idOf.keys()], period, { ids: refs });
    const rateOf = await ratesOf(rows);
    const named = new Set<string>();
    for (const { other_key } of rows) if (other_key !== null) named.add(other_key);
    const others = await facts.idsOf([...named]);
    const accounts: Accounts = { TRANSFER: new Map(), COMMITMENT: new Map() };
    for (const row of rows) {
      const account = accountOf(accounts[row.kind], idOf.get(row.own_key) ?? '');
      const otherId = others.get(row.other_key ?? '') ?? null;
      if (row.side === 'receiver') add(sumWith(account.incoming, otherId), row, rateOf);
      else {
        add(sumWith(account.outgoing, otherId), row, rateOf);
        account.reported ||= row.reported === 1;
      }
    }
    return accounts;
  };

  /** Of some bodies with money of a kind, those of which somebody reports what they pay of it. */
  const payersOf = async (
    kind: Kind,
    accounts: ReadonlyMap<string, Account>,
    idOf: ReadonlyMap<string, string>,
    period: Period,
  ): Promise<Set<string>> => {
    const payers = new Set<string>();
    for (const [id, { reported }] of accounts) if (reported) payers.add(id);
    const open: string[] = [];
    for (const [key, id] of idOf) if (accounts.has(id) && !payers.has(id)) open.push(key);
    for (const key of await money.payers(kind, open, period)) payers.add(idOf.get(key) ?? '');
    return payers;
  };

  /** @param refs whether to say by which flows. */
  return async (
    keys: readonly Key[],
    period: Period,
    { refs }: { refs: boolean },
  ): Promise<Map<string, MoneyFacts[]>> => {
    const idOf = new Map(keys.map(({ key, id }) => [key, id]));
    const found = new Map<string, MoneyFacts[]>();
    const accounts = await accountsOf(idOf, period, refs);
    for (const kind of KINDS) {
      const payers = await payersOf(kind, accounts[kind], idOf, period);
      for (const [id, { incoming, outgoing }] of accounts[kind]) {
        const facts = {
          kind,
          incoming: [...incoming.values()].map(factOf),
          outgoing: [...outgoing.values()].map(factOf),
          reportsPayments: payers.has(id),
        };
        const known = found.get(id);
        if (known) known.push(facts);
        else found.set(id, [facts]);
      }
    }
    return found;
  };
};
