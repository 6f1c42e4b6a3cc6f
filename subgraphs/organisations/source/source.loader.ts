import DataLoader from 'dataloader';
import { inKeyOrder } from '../../shared/keyed';
import type { SourceStore } from './source.store';

export const createSourceLoader = (store: SourceStore) => ({
  all: () => store.all(),
  byId: new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.byIds(ids), ({ id }) => id),
  ),
  records: new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.recordsByIds(ids), ({ id }) => id).map((row) => row?.n ?? 0),
  ),
});
export type SourceLoader = ReturnType<typeof createSourceLoader>;
