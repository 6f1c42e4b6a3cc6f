import DataLoader from 'dataloader';
import { groupedByKey } from '../../shared/keyed';
import type { Figures, FiguresStore } from './figures.store';

/** Of figures of several years the newest, no later than a day, that say something. */
export const newestOf = (
  figures: readonly Figures[],
  day: string,
  says: (figures: Figures) => boolean,
): Figures | null => figures.find((one) => one.year <= day.slice(0, 4) && says(one)) ?? null;

export const createFiguresLoader = (store: FiguresStore) => ({
  byId: new DataLoader(async (ids: readonly string[]) =>
    groupedByKey(ids, await store.byIds(ids), ({ bodyId }) => bodyId),
  ),
});
export type FiguresLoader = ReturnType<typeof createFiguresLoader>;
