import DataLoader from 'dataloader';
import { groupedByKey } from '../../shared/keyed';
import type { StatementStore } from './statement.store';

export const createStatementLoader = (store: StatementStore) => ({
  byOrganisation: new DataLoader(async (ids: readonly string[]) =>
    groupedByKey(ids, await store.byOrganisationIds(ids), ({ bodyId }) => bodyId),
  ),
});
export type StatementLoader = ReturnType<typeof createStatementLoader>;
