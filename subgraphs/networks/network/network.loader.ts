import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import { normaliseIdentifier } from '../../shared/ids';
import { groupedByKey, inKeyOrder } from '../../shared/keyed';
import type { PageArgs } from '../../shared/paging';
import type { UnPlace } from '../../shared/vocabulary';
import type { Wanted } from '../membership/covering.store';
import type { Reach } from '../membership/membership';
import type { NetworkFilter, NetworkOrder } from './network.args';
import type { NetworkStore } from './network.store';

export const createNetworkLoader = (store: NetworkStore, bodies: BodiesLoader) => {
  const byId = new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.byIds(ids), ({ id }) => id),
  );
  const accesses = new Map<string, Promise<string[]>>();
  return {
    byId,
    /** By any identifier ever recorded for the body; null if it has no members on record. */
    byIdentifier: async (identifier: string) => {
      const id = await bodies.idOf.load(normaliseIdentifier(identifier));
      return id === null ? null : byId.load(id);
    },
    page: (page: PageArgs, filter: NetworkFilter | undefined, order: NetworkOrder) =>
      store.page(page, filter, order),
    /** Networks that cover something of what is asked for, those that cover most first. */
    covering: (args: Wanted & { reach: Reach; asOf?: string | undefined }, page: PageArgs) =>
      store.pageCovering(args, args, page),
    /** The bodies with access to a seat of the United Nations on a day. */
    withAccess: (place: UnPlace, day: string): Promise<string[]> => {
      const name = `${place} ${day}`;
      const asked = accesses.get(name) ?? store.idsWithAccess(place, day);
      accesses.set(name, asked);
      return asked;
    },
    provenance: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.provenanceByIds(ids), ({ network_id }) => network_id),
    ),
  };
};
export type NetworkLoader = ReturnType<typeof createNetworkLoader>;
