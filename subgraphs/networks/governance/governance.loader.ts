import DataLoader from 'dataloader';
import { groupedByKey } from '../../shared/keyed';
import type { GovernanceStore } from './governance.store';

export const createGovernanceLoader = (store: GovernanceStore) => ({
  bodies: new DataLoader(async (ids: readonly string[]) =>
    groupedByKey(ids, await store.bodiesByNetworkIds(ids), ({ networkId }) => networkId),
  ),
  seats: new DataLoader(async (ids: readonly string[]) =>
    groupedByKey(ids, await store.seatsByBodyIds(ids), ({ governingBody }) => governingBody),
  ),
});
export type GovernanceLoader = ReturnType<typeof createGovernanceLoader>;
