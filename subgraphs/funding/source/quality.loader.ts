import DataLoader from 'dataloader';
import { inKeyOrder } from '../../shared/keyed';
import type { QualityStore } from './quality.store';

export const createQualityLoader = (store: QualityStore) => ({
  bySource: new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.bySourceIds(ids), ({ sourceId }) => sourceId),
  ),
});
export type QualityLoader = ReturnType<typeof createQualityLoader>;
