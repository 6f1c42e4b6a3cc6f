import { Big } from 'big.js';
import DataLoader from 'dataloader';
import { chunksOf } from '../../shared/db';
import { BadInput } from '../../shared/errors';
import { toStored } from '../../shared/money';
import { monthsBetween } from '../../shared/dates';
import type { ActivityLoader } from '../activity/activity.loader';
import { type Budget, BudgetKind } from '../budget/budget';
import { present } from '../classification/grouping';
import type { RateStore } from '../rate/rate.store';
import { factorsTo, isNoRate, type NoRate, sayNoRates } from '../summary/convert';
import { centsOf, type Fixed, fixedOf, formatCents } from '../summary/fixed';
import type { Runway } from './runway';
import type { LaterIncome, RunwayStore } from './runway.store';

const AT_ONCE = 400;
const YEAR = 12;
type FactorOf = Awaited<ReturnType<typeof factorsTo>>;

const NEEDS: readonly BudgetKind[] = [BudgetKind.TOTAL_EXPENDITURE, BudgetKind.TOTAL_BUDGET];
const rank = ({ kind }: Budget) => NEEDS.indexOf(kind);

/** The latest own yearly figure that began by a day; of two as late, the budget. */
const needOf = (budgets: readonly Budget[], day: string): Budget | null =>
  budgets
    .filter((budget) => rank(budget) >= 0 && budget.from !== null && budget.from <= day)
    .sort((a, b) =>
      a.from === b.from ? rank(a) - rank(b) : (a.from ?? '') < (b.from ?? '') ? -1 : 1,
    )
    .at(-1) ?? null;

const monthOf = (need: Budget) => (need.from ?? '').slice(0, 7);

const yearlyOf = (need: Budget, factor: FactorOf): Fixed | string => {
  const by = factor(need.currency, monthOf(need));
  if (isNoRate(by)) return sayNoRates([by]).join(' ');
  const months = monthsBetween(need.from, need.to);
  if (!months) return 'Its period is not known.';
  const { units, nanos } = toStored(new Big(need.amountText));
  const yearly = (fixedOf(units, nanos, by) * BigInt(YEAR)) / BigInt(months);
  return yearly > 0n ? yearly : 'It is not above 0.';
};

const incomeOf = (rows: readonly LaterIncome[], factor: FactorOf) => {
  let [flows, left, amount] = [0, 0, 0n];
  const why: NoRate[] = [];
  for (const row of rows) {
    const by = factor(row.currency, row.month);
    if (isNoRate(by)) {
      left += Number(row.flows);
      why.push(by);
    } else {
      flows += Number(row.flows);
      amount += fixedOf(row.units, row.nanos, by);
    }
  }
  return { flows, left, amount, reasons: sayNoRates(why) };
};

const runwayOf = (
  { day, currency }: { day: string; currency: string },
  need: Budget | null,
  rows: readonly LaterIncome[],
  factor: FactorOf,
): Runway => {
  const { flows, left, amount, reasons } = incomeOf(rows, factor);
  const yearly = need && yearlyOf(need, factor);
  const known = typeof yearly === 'bigint' ? yearly : null;
  const missing = [
    ...(flows + left === 0
      ? [`No commitment to it dated after ${day} is on record; that is not to say there is none.`]
      : []),
    ...(left > 0 ? [`${left} commitments are left out: ${reasons.join(' ')}`] : []),
    ...(need
      ? []
      : [`No yearly budget or expenditure of its own that began by ${day} is on record.`]),
    ...(typeof yearly === 'string' ? [`Its yearly need cannot be told: ${yearly}`] : []),
  ];
  const tenths = known === null || flows === 0 ? null : (amount * BigInt(YEAR * 10)) / known;
  return {
    asOf: day,
    currency,
    committed: flows === 0 ? null : formatCents(centsOf(amount)),
    flows,
    yearlyNeed: known === null ? null : formatCents(centsOf(known)),
    needKind: need?.kind ?? null,
    needFrom: need?.from ?? null,
    needTo: need?.to ?? null,
    months: tenths === null ? null : new Big(String(tenths)).div(10).toFixed(),
    missing,
  };
};

/** Reads how long bodies' committed income lasts. */
export const createRunwayLoader = (
  store: RunwayStore,
  rates: RateStore,
  { budgetsByBody }: Pick<ActivityLoader, 'budgetsByBody'>,
) => {
  const loaders = new Map<string, DataLoader<string, Runway>>();

  const readAll = async (
    ids: readonly string[],
    asked: { day: string; currency: string },
  ): Promise<Runway[]> => {
    const later = new Map<string, LaterIncome[]>();
    for (const some of chunksOf([...ids], AT_ONCE))
      for (const row of await store.committedAfter(some, asked.day))
        later.set(row.id, [...(later.get(row.id) ?? []), row]);
    const budgets = await budgetsByBody.loadMany(ids);
    const needs = budgets.map((of) => {
      if (of instanceof Error) throw of;
      return needOf(of, asked.day);
    });
    const factor = await factorsTo(rates, asked.currency, [
      ...[...later.values()].flat(),
      ...needs.filter(present).map((need) => ({ currency: need.currency, month: monthOf(need) })),
    ]);
    return ids.map((id, index) =>
      runwayOf(asked, needs[index] ?? null, later.get(id) ?? [], factor),
    );
  };

  return {
    /**
     * How long a body's committed income lasts after a day.
     * @throws BadInput if the currency is none.
     */
    of: (id: string, day: string, asked: string): Promise<Runway> => {
      if (!/^[A-Za-z]{3}$/.test(asked))
        throw new BadInput(
          `\`currency\` is ${JSON.stringify(asked)}; it must be three letters (ISO 4217).`,
        );
      const currency = asked.toUpperCase();
      const name = `${day} ${currency}`;
      const loader =
        loaders.get(name) ??
        new DataLoader<string, Runway>((ids) => readAll(ids, { day, currency }));
      loaders.set(name, loader);
      return loader.load(id);
    },
  };
};
export type RunwayLoader = ReturnType<typeof createRunwayLoader>;
