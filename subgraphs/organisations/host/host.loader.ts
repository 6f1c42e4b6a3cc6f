import DataLoader from 'dataloader';
import { groupedByKey } from '../../shared/keyed';
import type { HostStore } from './host.store';

export const createHostLoader = (store: HostStore) => {
  const bySide = (side: 'host_key' | 'hosted_key') =>
    new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.bySide(side, ids), ({ bodyId }) => bodyId),
    );
  return { byHost: bySide('host_key'), byHosted: bySide('hosted_key') };
};
export type HostLoader = ReturnType<typeof createHostLoader>;
