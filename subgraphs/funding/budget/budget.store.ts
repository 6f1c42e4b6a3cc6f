import type { Knex } from 'knex';
import { keysAt } from '../../shared/bodies';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { Budget, BudgetKind } from './budget';

type BudgetRow = Stamp & {
  kind: string;
  status: string;
  from_date: string;
  to_date: string | null;
  amount: string;
  currency: string;
  activity_record: string | null;
  provider_key: string | null;
  receiver_key: string | null;
  country: string | null;
  region: string | null;
  body_id?: string;
};

const toBudget = (row: BudgetRow): Budget => ({
  id: row.id,
  kind: row.kind as BudgetKind,
  status: row.status,
  from: row.from_date || null,
  to: row.to_date,
  country: row.country,
  region: row.region,
  amountText: row.amount,
  currency: row.currency,
  activityRecord: row.activity_record,
  providerKey: row.provider_key,
  receiverKey: row.receiver_key,
  bodyId: row.body_id ?? '',
  stamp: row,
});

export const createBudgetStore = (db: Knex, viewer: Viewer) => {
  const standing = () =>
    visibleTo(db('budgets'), viewer, 'budgets.tier')
      .whereNull('budgets.withdrawn_at')
      .orderBy(['budgets.from_date', 'budgets.id']);
  return {
    byActivityRecords: async (ids: readonly string[]): Promise<Budget[]> =>
      ((await standing().select('budgets.*').whereIn('activity_record', ids)) as BudgetRow[]).map(
        toBudget,
      ),

    /** The yearly budgets of organisations, by body. */
    byProviderIds: async (ids: readonly string[]): Promise<Budget[]> => {
      const rows = standing()
        .join('body_keys', 'body_keys.key', 'budgets.provider_key')
        .select('budgets.*', { body_id: 'body_keys.id' })
        .whereIn('body_keys.id', ids)
        .whereNull('activity_record');
      return ((await keysAt(rows, viewer)) as BudgetRow[]).map(toBudget);
    },
  };
};
export type BudgetStore = ReturnType<typeof createBudgetStore>;
