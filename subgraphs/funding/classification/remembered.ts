import type { Big } from 'big.js';
import type { FactsStore } from './facts.store';
import type { MoneyRow, MoneyStore } from './money.store';

/** As many keys, and as many bodies, as are remembered: some tens of megabytes. */
const MOST = 200_000;

/**
 * The facts as one viewer sees them, where whoever gathers them for many bodies, some at a time, need not ask
 * again who a key is or what keys a body has. For one request or one transaction: nothing of it may change.
 */
export const rememberBodies = (facts: FactsStore): FactsStore => {
  let ids = new Map<string, string>();
  let nobodys = new Set<string>();
  let keys = new Map<string, readonly string[]>();
  const forget = () => {
    // Anew and not emptied: answers given before are still being read.
    ids = new Map();
    nobodys = new Set();
    keys = new Map();
  };
  return {
    ...facts,
    /** With those asked for before. */
    idsOf: async (asked) => {
      const isOpen = (key: string) => !ids.has(key) && !nobodys.has(key);
      let open = asked.filter(isOpen);
      if (open.length > 0 && ids.size + nobodys.size + open.length > MOST) {
        forget();
        open = [...asked];
      }
      // While it waits, another may forget.
      const [known, unknown] = [ids, nobodys];
      if (open.length === 0) return known;
      for (const [key, id] of await facts.idsOf(open)) known.set(key, id);
      for (const key of open) if (!known.has(key)) unknown.add(key);
      return known;
    },
    keysOf: async (asked) => {
      const found: { key: string; id: string }[] = [];
      const fresh = new Map<string, string[]>();
      for (const id of asked) {
        const own = keys.get(id);
        if (own) for (const key of own) found.push({ key, id });
        else fresh.set(id, []);
      }
      if (fresh.size === 0) return found;
      if (keys.size + fresh.size > MOST) forget();
      for (const { key, id } of await facts.keysOf([...fresh.keys()])) {
        fresh.get(id)?.push(key);
        ids.set(key, id);
        found.push({ key, id });
      }
      for (const [id, own] of fresh) keys.set(id, own);
      return found;
    },
  };
};

/** The SDR per unit of a currency in a month; null if nobody says. */
export type RateOf = (currency: string, month: string) => Big | null;

/** The rates of some flows' currencies and months, each asked for once. */
export const rememberRates = (money: MoneyStore) => {
  const known = new Map<string, Map<string, Big | null>>();
  const rateOf: RateOf = (currency, month) => known.get(currency)?.get(month) ?? null;
  return async (flows: readonly MoneyRow[]): Promise<RateOf> => {
    const open = new Map<string, MoneyRow>();
    for (const flow of flows)
      if (!known.get(flow.currency)?.has(flow.month))
        open.set(`${flow.currency} ${flow.month}`, flow);
    if (open.size === 0) return rateOf;
    const fresh = await money.rates([...open.values()]);
    for (const [name, { currency, month }] of open) {
      const months = known.get(currency) ?? new Map<string, Big | null>();
      known.set(currency, months.set(month, fresh.get(name) ?? null));
    }
    return rateOf;
  };
};
