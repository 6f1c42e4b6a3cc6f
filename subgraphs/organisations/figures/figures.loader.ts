import DataLoader from 'dataloader';
import { groupedByKey } from '../../shared/keyed';
import type { FiguresStore } from './figures.store';

export const createFiguresLoader = (store: FiguresStore) => ({
  byOrganisation: new DataLoader(async (ids: readonly string[]) =>
    groupedByKey(ids, await store.byOrganisationIds(ids), ({ bodyId }) => bodyId),
  ),
});
export type FiguresLoader = ReturnType<typeof createFiguresLoader>;
