import DataLoader from 'dataloader';
import { hashOf } from '../../shared/ids';
import { groupedByKey, inKeyOrder } from '../../shared/keyed';
import type { Page, PageArgs } from '../../shared/paging';
import type { Convening } from './convening';
import type { ConveningFilter } from './convening.args';
import type { ConveningStore, PartyConvening } from './convening.store';

export const createConveningLoader = (store: ConveningStore) => {
  const pages = new Map<string, DataLoader<string, Page<Convening>>>();
  const ofParties = new Map<string, DataLoader<string, PartyConvening[]>>();
  const pagesBy = (
    parent: 'pagesByOrganiser' | 'pagesByProcess',
    page: PageArgs,
    filter: ConveningFilter | undefined,
  ) => {
    const name = hashOf(parent, page, filter);
    const loader =
      pages.get(name) ??
      new DataLoader<string, Page<Convening>>((ids) => store[parent](ids, page, filter));
    pages.set(name, loader);
    return loader;
  };
  return {
    byId: new DataLoader(async (ids: readonly string[]) =>
      inKeyOrder(ids, await store.byIds(ids), ({ id }) => id),
    ),
    parties: new DataLoader(
      async (ids: readonly string[]) =>
        groupedByKey(ids, await store.partiesByConveningIds(ids), ({ conveningId }) => conveningId),
      { maxBatchSize: 400 },
    ),
    /** All convenings that a body organised or took part in, begun up to a day, the oldest first. */
    ofParty: (id: string, filter: Pick<ConveningFilter, 'kinds' | 'date'>, day: string) => {
      const name = hashOf(filter, day);
      const loader =
        ofParties.get(name) ??
        new DataLoader(async (ids: readonly string[]) =>
          groupedByKey(ids, await store.byParties(ids, filter, day), ({ bodyId }) => bodyId),
        );
      ofParties.set(name, loader);
      return loader.load(id);
    },
    activities: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(
        ids,
        await store.activitiesByConveningIds(ids),
        ({ conveningId }) => conveningId,
      ),
    ),
    processes: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.processesByConveningIds(ids), ({ conveningId }) => conveningId),
    ),
    page: (page: PageArgs, filter: ConveningFilter | undefined) => store.page(page, filter),
    byOrganiser: (id: string, page: PageArgs, filter: ConveningFilter | undefined) =>
      pagesBy('pagesByOrganiser', page, filter).load(id),
    byProcess: (id: string, page: PageArgs, filter: ConveningFilter | undefined) =>
      pagesBy('pagesByProcess', page, filter).load(id),
  };
};
export type ConveningLoader = ReturnType<typeof createConveningLoader>;
