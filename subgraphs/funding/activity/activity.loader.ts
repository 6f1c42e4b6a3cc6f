import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import { hashOf, normaliseIdentifier } from '../../shared/ids';
import { groupedByKey, inKeyOrder } from '../../shared/keyed';
import type { Page, PageArgs } from '../../shared/paging';
import type { BudgetStore } from '../budget/budget.store';
import type { ShareStore } from '../share/share.store';
import type { Activity } from './activity';
import type { ActivityFilter, ActivityOrder } from './activity.args';
import type { ActivityStore } from './activity.store';

export const createActivityLoader = (
  store: ActivityStore,
  shares: ShareStore,
  budgets: BudgetStore,
  bodies: BodiesLoader,
) => {
  const byId = new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.byIds(ids), ({ id }) => id),
  );
  const byKey = new DataLoader(async (keys: readonly string[]) =>
    inKeyOrder(keys, await store.byKeys(keys), ({ key }) => key),
  );
  const pages = new Map<string, DataLoader<string, Page<Activity>>>();
  const pagesFor = (page: PageArgs, filter: ActivityFilter | undefined, order: ActivityOrder) => {
    const name = hashOf(page, filter, order);
    const loader =
      pages.get(name) ??
      new DataLoader<string, Page<Activity>>(async (ids) => {
        const keys = await bodies.keysOf.loadMany(ids);
        const parents = ids.map((id, index) => {
          const own = keys[index];
          return { id, keys: Array.isArray(own) ? own : [] };
        });
        return store.pagesByReporter(parents, page, filter, order);
      });
    pages.set(name, loader);
    return loader;
  };
  return {
    byId,
    byKey,
    /** By the graph's id, or by the IATI identifier: then the newest report. */
    byEither: async (id: string) => (await byId.load(id)) ?? byKey.load(normaliseIdentifier(id)),
    page: (page: PageArgs, filter: ActivityFilter | undefined, order: ActivityOrder) =>
      store.page(page, filter, order),
    byReporter: (
      id: string,
      page: PageArgs,
      filter: ActivityFilter | undefined,
      order: ActivityOrder,
    ) => pagesFor(page, filter, order).load(id),
    parties: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.partiesByActivityIds(ids), ({ parentId }) => parentId),
    ),
    relations: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.relationsByActivityIds(ids), ({ parentId }) => parentId),
    ),
    shares: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await shares.byParentIds(ids), ({ parentId }) => parentId),
    ),
    budgets: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(
        ids,
        await budgets.byActivityRecords(ids),
        ({ activityRecord }) => activityRecord ?? '',
      ),
    ),
    budgetsByBody: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await budgets.byProviderIds(ids), ({ bodyId }) => bodyId),
    ),
  };
};
export type ActivityLoader = ReturnType<typeof createActivityLoader>;
