import type { Knex } from 'knex';
import { bodiesAt, keysAt, keysSeenBy, whereBodies } from '../../shared/bodies';
import { checkListed, whereIn } from '../../shared/filters';
import { type PageArgs, pageOf } from '../../shared/paging';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { Network } from './network';
import { NETWORK_ORDERS, type NetworkFilter, type NetworkOrder } from './network.args';

export const createNetworkStore = (db: Knex, viewer: Viewer) => {
  /** Keeps the memberships whose member exists for the viewer; with a hidden one there is none. */
  const withSeenMember = (memberships: Knex.QueryBuilder) =>
    keysSeenBy(
      db,
      memberships.join('body_keys as member', 'member.key', 'memberships.member_key'),
      viewer,
      'member',
    );
  /** Bodies that visible memberships name as a network. */
  const withMembers = (filter: NetworkFilter | undefined, ids?: readonly string[]) => {
    const memberships = visibleTo(
      keysAt(
        withSeenMember(
          db('memberships')
            .join('body_keys', 'body_keys.key', 'memberships.network_key')
            .select('body_keys.id'),
        ),
        viewer,
      ),
      viewer,
      'memberships.tier',
    );
    checkListed(filter?.sources, 'sources');
    checkListed(filter?.exceptSources, 'exceptSources');
    if (!filter?.includeWithdrawn) void memberships.whereNull('memberships.withdrawn_at');
    if (filter?.sources) void memberships.whereIn('memberships.source_id', filter.sources);
    if (filter?.exceptSources)
      void memberships.whereNotIn('memberships.source_id', filter.exceptSources);
    if (filter?.updatedAfter)
      void memberships.where('memberships.updated_at', '>', filter.updatedAfter);
    // Of a few bodies, only their own members are looked at.
    if (ids) void memberships.whereIn('body_keys.id', ids);
    return memberships;
  };
  const list = (filter: NetworkFilter | undefined, ids = filter?.ids) => {
    const query = bodiesAt(db('bodies').select('bodies.id'), viewer).whereIn(
      'bodies.id',
      withMembers(filter, ids),
    );
    whereIn(query, 'bodies.id', filter?.ids, 'ids');
    whereBodies(db, query, filter);
    return query;
  };
  return {
    byIds: async (ids: readonly string[]): Promise<Network[]> =>
      (await list(undefined, [...ids])) as Network[],

    page: ({ first, after }: PageArgs, filter: NetworkFilter | undefined, order: NetworkOrder) =>
      pageOf(
        () => list(filter),
        { first, after, order: NETWORK_ORDERS[order], scope: ['networks', filter] },
        ({ id }: Network): Network => ({ id }),
      ),

    /** The sources of a network: one record of each that names members, the first by id. */
    provenanceByIds: async (
      ids: readonly string[],
    ): Promise<(Stamp & { network_id: string })[]> => {
      const query = db('memberships')
        .join('body_keys', 'body_keys.key', 'memberships.network_key')
        .select('memberships.*', { network_id: 'body_keys.id' })
        .select(
          db.raw(
            'row_number() over (partition by body_keys.id, memberships.source_id order by memberships.id) as place',
          ),
        )
        .whereIn('body_keys.id', ids)
        .whereNull('memberships.withdrawn_at');
      const seen = withSeenMember(keysAt(query, viewer));
      const ranked = visibleTo(seen, viewer, 'memberships.tier').as('ranked');
      return (await db
        .select('*')
        .from(ranked)
        .where('place', 1)
        .orderBy(['network_id', 'source_id'])) as (Stamp & { network_id: string })[];
    },
  };
};
export type NetworkStore = ReturnType<typeof createNetworkStore>;
