import DataLoader from 'dataloader';
import { inKeyOrder } from '../../shared/keyed';
import { proportionOf } from '../../shared/proportion';
import { type IdentifierReader, OWN_PREFIX } from '../identity/registers';
import type { SourceStore } from './source.store';

export const createSourceLoader = (
  store: SourceStore,
  identifierReader: () => Promise<IdentifierReader>,
) => ({
  all: () => store.all(),
  byId: new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.byIds(ids), ({ id }) => id),
  ),
  records: new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.recordsByIds(ids), ({ id }) => id).map((row) =>
      Number(row?.n ?? 0),
    ),
  ),
  registered: new DataLoader(async (ids: readonly string[]) => {
    const read = await identifierReader();
    const found = await store.identifiedByIds(ids, (identifier) => {
      const { scheme } = read(identifier);
      return scheme !== null && scheme !== OWN_PREFIX;
    });
    return ids.map((id) => found.get(id) ?? proportionOf(0, 0));
  }),
});
export type SourceLoader = ReturnType<typeof createSourceLoader>;
