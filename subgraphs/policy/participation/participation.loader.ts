import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import { hashOf } from '../../shared/ids';
import { groupedByKey } from '../../shared/keyed';
import type { Page, PageArgs } from '../../shared/paging';
import type { Participation, ParticipationFilter } from './participation';
import type { ParticipationStore } from './participation.store';

export const createParticipationLoader = (store: ParticipationStore, bodies: BodiesLoader) => {
  const pages = new Map<string, DataLoader<string, Page<Participation>>>();
  const pagesFor = (
    column: 'process' | 'organisation_key',
    page: PageArgs,
    filter: ParticipationFilter | undefined,
  ) => {
    const name = hashOf(column, page, filter);
    const loader =
      pages.get(name) ??
      new DataLoader<string, Page<Participation>>(async (ids) => {
        const keys =
          column === 'process' ? ids.map((id) => [id]) : await bodies.keysOf.loadMany(ids);
        const parents = ids.map((id, index) => {
          const own = keys[index];
          return { id, keys: Array.isArray(own) ? own : [] };
        });
        return store.pagesByParent(column, parents, page, filter);
      });
    pages.set(name, loader);
    return loader;
  };
  return {
    /** All participations in each process. */
    allByProcess: new DataLoader(async (processes: readonly string[]) =>
      groupedByKey(processes, await store.all('process', processes), ({ processId }) => processId),
    ),
    /** All participations under each key of a body. */
    allByKey: new DataLoader(async (keys: readonly string[]) =>
      groupedByKey(
        keys,
        await store.all('organisation_key', keys),
        ({ organisationKey }) => organisationKey,
      ),
    ),
    byProcess: (id: string, page: PageArgs, filter: ParticipationFilter | undefined) =>
      pagesFor('process', page, filter).load(id),
    byOrganisation: (id: string, page: PageArgs, filter: ParticipationFilter | undefined) =>
      pagesFor('organisation_key', page, filter).load(id),
  };
};
export type ParticipationLoader = ReturnType<typeof createParticipationLoader>;
