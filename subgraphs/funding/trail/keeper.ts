import { formatDecimal, fromStored } from '../../shared/money';
import type { RateStore } from '../rate/rate.store';
import { factorsTo, isNoRate, type NoRate, sayNoRates } from '../summary/convert';
import { divide } from '../summary/fixed';
import { type Books, booksOf, type Got, type Paid } from './books';
import type { GotRow, PaidRow, TrailMoney, TrailStore } from './trail.store';

/** Flows of a donor that are in no sum, and why. */
export interface LeftOut {
  because: string;
  currency: string;
  /** As reported. */
  amount: string;
  flows: number;
}

const BILLION = 1_000_000_000n;
const nanosOf = ({ units, nanos }: { units: string; nanos: string }) =>
  BigInt(units) * BILLION + BigInt(nanos);

/** What a body moved between activities of its own is no payment. */
const toOthers = (rows: readonly PaidRow[]) =>
  rows.filter(({ own_id, other_id }) => own_id !== other_id);

const placeOf = (
  { own_id, currency, month }: { own_id: string; currency: string; month: string },
  activity: string | null,
) => JSON.stringify([own_id, activity, currency, month]);

/** What bodies got from others: all that they got, less what they moved between activities of their own. */
const fromOthers = (got: readonly GotRow[], paid: readonly PaidRow[]): GotRow[] => {
  const moved = new Map<string, { nanos: bigint; flows: number }>();
  for (const row of paid)
    if (row.own_id === row.other_id) {
      const place = placeOf(row, row.other_activity);
      const known = moved.get(place) ?? { nanos: 0n, flows: 0 };
      moved.set(place, {
        nanos: known.nanos + nanosOf(row),
        flows: known.flows + Number(row.flows),
      });
    }
  return got.map((row) => {
    const place = placeOf(row, row.own_activity);
    const own = moved.get(place);
    if (!own) return row;
    moved.delete(place);
    return {
      ...row,
      units: '0',
      nanos: String(nanosOf(row) - own.nanos),
      flows: Number(row.flows) - own.flows,
    };
  });
};

interface Sum {
  currency: string;
  month: string;
  units: string;
  nanos: string;
}

/** A way to convert sums of flows of some months, to the billionth; the reason where there is no rate. */
const converterFor = async (rates: RateStore, currency: string, rows: readonly Sum[]) => {
  const factorOf = await factorsTo(rates, currency, rows);
  return (row: Sum): bigint | NoRate => {
    const factor = factorOf(row.currency, row.month);
    return isNoRate(factor) ? factor : divide(nanosOf(row) * factor.over, factor.under);
  };
};

/** Reads the books of bodies in a period and currency. */
export const createKeeper = (
  store: TrailStore,
  rates: RateStore,
  money: TrailMoney,
  currency: string,
) => {
  const toPaid = (row: PaidRow, amount: bigint): Paid => ({
    receiver: row.other_id,
    host: row.host_id,
    from: row.own_activity,
    into: row.other_activity,
    amount,
    flows: Number(row.flows),
    flowIds: row.first_id === row.last_id ? [row.first_id] : [row.first_id, row.last_id],
  });

  return {
    /** What the donor paid to others, for whatever activities, and what of it is in no sum. */
    donor: async (id: string): Promise<{ paid: Paid[]; leftOut: LeftOut[] }> => {
      const rows = (await store.paidTogether(money, id)).filter(({ other_id }) => other_id !== id);
      const convert = await converterFor(rates, currency, rows);
      const paid: Paid[] = [];
      const leftOut = new Map<string, { why: NoRate[]; nanos: bigint; n: number }>();
      for (const row of rows) {
        const converted = convert(row);
        if (typeof converted === 'bigint') {
          const { other_id: receiver, flows } = row;
          const of = { receiver, host: null, from: null, into: null, flowIds: [] };
          paid.push({ ...of, amount: converted, flows: Number(flows) });
          continue;
        }
        const known = leftOut.get(row.currency) ?? { why: [], nanos: 0n, n: 0 };
        known.why.push(converted);
        leftOut.set(row.currency, {
          ...known,
          nanos: known.nanos + nanosOf(row),
          n: known.n + Number(row.flows),
        });
      }
      return {
        paid,
        leftOut: [...leftOut]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([currency, { why, nanos, n }]) => ({
            because: sayNoRates(why).join(' '),
            currency,
            amount: formatDecimal(fromStored(0, String(nanos))),
            flows: n,
          })),
      };
    },

    /** What the donor paid to some of them, with the receivers' activities. */
    donorTo: async (id: string, receivers: readonly (string | null)[]): Promise<Paid[]> => {
      const rows = toOthers(await store.paidTo(money, id, receivers));
      const convert = await converterFor(rates, currency, rows);
      return rows.flatMap((row) => {
        const converted = convert(row);
        return typeof converted === 'bigint' ? [toPaid(row, converted)] : [];
      });
    },

    /** The books of some bodies. */
    books: async (ids: readonly string[]): Promise<Map<string, Books>> => {
      const all = await store.paid(money, ids);
      const got = fromOthers(await store.got(money, ids), all);
      const paid = toOthers(all);
      const convert = await converterFor(rates, currency, [...paid, ...got]);
      const partOf = await store.partOf([
        ...new Set(paid.flatMap(({ own_activity }) => own_activity ?? [])),
      ]);
      const found = new Map(
        ids.map((id) => [id, { got: [] as Got[], paid: [] as Paid[], unconverted: 0 }]),
      );
      for (const row of got) {
        const converted = convert(row);
        const books = found.get(row.own_id);
        if (!books) continue;
        if (typeof converted !== 'bigint') books.unconverted += Number(row.flows);
        else books.got.push({ into: row.own_activity, amount: converted });
      }
      for (const row of paid) {
        const converted = convert(row);
        const books = found.get(row.own_id);
        if (!books) continue;
        if (typeof converted !== 'bigint') books.unconverted += Number(row.flows);
        else books.paid.push(toPaid(row, converted));
      }
      return new Map(
        [...found].map(([id, own]) => [id, booksOf(own.got, own.paid, partOf, own.unconverted)]),
      );
    },
  };
};
export type Keeper = ReturnType<typeof createKeeper>;
