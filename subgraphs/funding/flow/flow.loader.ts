import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import { hashOf } from '../../shared/ids';
import { groupedByKey } from '../../shared/keyed';
import type { PageArgs } from '../../shared/paging';
import type { ShareStore } from '../share/share.store';
import type { FlowFilter, FlowOrder } from './flow.args';
import type { FlowParent } from './flow-list.store';
import type { FlowStore } from './flow.store';

export const createFlowLoader = (store: FlowStore, shares: ShareStore, bodies: BodiesLoader) => {
  type Pages = DataLoader<string, Awaited<ReturnType<FlowStore['pagesByParent']>>[number]>;
  const pages = new Map<string, Pages>();
  /** One loader per column and arguments, so that all parents of one field are one query. */
  const pagesFor = (
    column: FlowParent,
    ofBodies: boolean,
    page: PageArgs,
    filter: FlowFilter | undefined,
    order: FlowOrder,
  ): Pages => {
    const name = hashOf(column, page, filter, order);
    const known = pages.get(name);
    if (known) return known;
    const loader: Pages = new DataLoader(async (ids) => {
      const keys = ofBodies ? await bodies.keysOf.loadMany(ids) : ids.map((id) => [id]);
      const parents = ids.map((id, index) => {
        const own = keys[index];
        return { id, keys: Array.isArray(own) ? own : [] };
      });
      return store.pagesByParent(column, parents, page, filter, order);
    });
    pages.set(name, loader);
    return loader;
  };
  return {
    byId: new DataLoader(async (ids: readonly string[]) => {
      const found = await store.byIds(ids);
      return ids.map((id) => found.get(id) ?? null);
    }),
    members: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.membersByFlowIds(ids), ({ flowId }) => flowId),
    ),
    shares: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await shares.byParentIds(ids), ({ parentId }) => parentId),
    ),
    page: (page: PageArgs, filter: FlowFilter | undefined, order: FlowOrder) =>
      store.page(page, filter, order),
    byBody: (
      side: 'provider_key' | 'receiver_key',
      id: string,
      page: PageArgs,
      filter: FlowFilter | undefined,
      order: FlowOrder,
    ) => pagesFor(side, true, page, filter, order).load(id),
    byActivity: (
      column: 'activity_key' | 'provider_activity_key' | 'receiver_activity_key',
      key: string,
      page: PageArgs,
      filter: FlowFilter | undefined,
      order: FlowOrder,
    ) => pagesFor(column, false, page, filter, order).load(key),
  };
};
export type FlowLoader = ReturnType<typeof createFlowLoader>;
