import DataLoader from 'dataloader';
import { groupedByKey } from '../../shared/keyed';
import type { AccessStore } from './access.store';

export const createAccessLoader = (store: AccessStore) => ({
  byOrganisation: new DataLoader(async (ids: readonly string[]) =>
    groupedByKey(ids, await store.byOrganisationIds(ids), ({ bodyId }) => bodyId),
  ),
});
export type AccessLoader = ReturnType<typeof createAccessLoader>;
