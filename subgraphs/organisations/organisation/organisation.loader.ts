import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import { normaliseIdentifier } from '../../shared/ids';
import { groupedByKey, inKeyOrder } from '../../shared/keyed';
import type { PageArgs } from '../../shared/paging';
import type { OrganisationFilter, OrganisationOrder } from './organisation.args';
import type { OrganisationStore } from './organisation.store';

export const createOrganisationLoader = (store: OrganisationStore, bodies: BodiesLoader) => {
  const byId = new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.byIds(ids), ({ id }) => id),
  );
  return {
    byId,

    /** A body by any identifier ever recorded for it, however it is written. */
    byIdentifier: async (identifier: string) => {
      const key = normaliseIdentifier(identifier);
      const id = (await bodies.idOf.load(key)) ?? (await bodies.idOf.load(identifier));
      return id === null ? null : byId.load(id);
    },

    records: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.recordsByIds(ids), (record) => record.body_id),
    ),

    bySortName: new DataLoader(async (names: readonly string[]) =>
      groupedByKey(names, await store.bySortNames(names), ({ sortName }) => sortName),
    ),

    page: (page: PageArgs, filter: OrganisationFilter | undefined, order: OrganisationOrder) =>
      store.page(page, filter, order),

    countByOutcome: (filter: OrganisationFilter | undefined) => store.countByOutcome(filter),
  };
};
export type OrganisationLoader = ReturnType<typeof createOrganisationLoader>;
