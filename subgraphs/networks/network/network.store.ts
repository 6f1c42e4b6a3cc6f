import type { Knex } from 'knex';
import { bodiesAt, keysAt, keysSeenBy, whereBodies } from '../../shared/bodies';
import { today } from '../../shared/dates';
import { checkListed, whereIn, whereInForce } from '../../shared/filters';
import { compareTexts } from '../../shared/ids';
import { type Page, type PageArgs, pageOf, pageOfAll } from '../../shared/paging';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { UnPlace } from '../../shared/vocabulary';
import { createCovering, itemsOf, type Wanted } from '../membership/covering.store';
import type { Reach } from '../membership/membership';
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
  const covering = createCovering(db, viewer);
  const withAccess = (places: readonly UnPlace[], day = today()) => {
    const query = visibleTo(
      db('facts')
        .join('body_keys', 'body_keys.key', 'facts.subject_key')
        .select('body_keys.id')
        .whereIn(
          'facts.kind',
          places.map((place) => `un-access ${place}`),
        ),
      viewer,
      'facts.tier',
    );
    whereInForce(query, { from: 'facts.from_date', to: 'facts.to_date' }, day);
    return keysSeenBy(db, query, viewer);
  };
  const list = (filter: NetworkFilter | undefined, ids = filter?.ids) => {
    const query = bodiesAt(db('bodies').select('bodies.id'), viewer).whereIn(
      'bodies.id',
      withMembers(filter, ids),
    );
    whereIn(query, 'bodies.id', filter?.ids, 'ids');
    whereBodies(db, query, filter);
    if (filter?.members) {
      const items = itemsOf(filter.members);
      void query.whereIn(
        'bodies.id',
        db
          .select('covering.id')
          .from(covering(items, filter.members.reach, filter.members.activeOn).as('covering'))
          .where('covering.covered', items.length),
      );
    }
    checkListed(filter?.unAccess, 'unAccess');
    if (filter?.unAccess) void query.whereIn('bodies.id', withAccess(filter.unAccess));
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

    /** The bodies on record with access to a seat of the United Nations on a day. */
    idsWithAccess: async (place: UnPlace, day: string): Promise<string[]> =>
      ((await withAccess([place], day).distinct().orderBy('body_keys.id')) as Network[]).map(
        ({ id }) => id,
      ),

    /** The networks that have a member for any of the items, those for most of them first. */
    pageCovering: async (
      wanted: Wanted,
      { reach, asOf }: { reach: Reach; asOf?: string | undefined },
      { first, after }: PageArgs,
    ): Promise<Page<Network>> => {
      const items = itemsOf(wanted);
      const rows = (await bodiesAt(
        db('bodies')
          .join(covering(items, reach, asOf).as('covering'), 'covering.id', 'bodies.id')
          .select('bodies.id', 'bodies.sort_name', 'covering.covered'),
        viewer,
      )) as { id: string; sort_name: string; covered: number }[];
      const placed = rows
        .map(({ id, sort_name, covered }) => ({
          id,
          place: `${String(items.length - Number(covered)).padStart(4, '0')}\u0001${sort_name}\u0001${id}`,
        }))
        .sort((a, b) => compareTexts(a.place, b.place));
      const scope = ['covering', items, reach, asOf];
      const page = pageOfAll(placed, { first, after, scope }, ({ place }) => place);
      return { ...page, rows: page.rows.map(({ id }) => ({ id })) };
    },

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
