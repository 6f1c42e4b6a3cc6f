import DataLoader from 'dataloader';
import { groupedByKey, inKeyOrder } from '../../shared/keyed';
import type { GrantStore } from './grant.store';

export const createGrantLoader = (store: GrantStore) => ({
  byActivity: new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.byActivityIds(ids), ({ id }) => id),
  ),
  codes: new DataLoader(async (ids: readonly string[]) =>
    groupedByKey(ids, await store.codesByActivityIds(ids), ({ parentId }) => parentId),
  ),
});
export type GrantLoader = ReturnType<typeof createGrantLoader>;
