import DataLoader from 'dataloader';
import { groupedByKey, inKeyOrder } from '../../shared/keyed';
import type { FtsFlow } from './fts';
import type { FtsStore, Relatives } from './fts.store';

export const createFtsLoader = (store: FtsStore) => ({
  byFlow: new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.byFlowIds(ids), ({ rowId }) => rowId),
  ),
  objects: new DataLoader(async (ids: readonly string[]) =>
    groupedByKey(ids, await store.objectsByFlowIds(ids), ({ parentId }) => parentId),
  ),
  relatives: new DataLoader<FtsFlow, Relatives, string>((flows) => store.relativesOf(flows), {
    cacheKeyFn: ({ rowId }) => rowId,
  }),
});
export type FtsLoader = ReturnType<typeof createFtsLoader>;
