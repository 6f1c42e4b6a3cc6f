import type { Knex } from 'knex';
import { bodiesAt, keysSeenBy, whereBodies } from '../../shared/bodies';
import { chunksOf } from '../../shared/db';
import { checkListed } from '../../shared/filters';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { MemberCount } from './member-count';
import type { MembershipFilter } from './membership.args';

/** A record of a membership, with the bodies that it joins. */
export type MembershipRow = Pick<Stamp, 'id' | 'source_id' | 'verification' | 'retrieved_at'> & {
  member_id: string;
  network_id: string;
  role: string;
  from_date: string | null;
  to_date: string | null;
};

type CountRow = Stamp & {
  network_id: string;
  organisations: number | null;
  individuals: number | null;
  counted_on: string | null;
};

const AT_ONCE = 400;

/** What decides of a membership; all else of its records is read for those that are shown. */
const COLUMNS = {
  id: 'memberships.id',
  source_id: 'memberships.source_id',
  role: 'memberships.role',
  from_date: 'memberships.from_date',
  to_date: 'memberships.to_date',
  verification: 'memberships.verification',
  retrieved_at: 'memberships.retrieved_at',
  member_id: 'member.id',
  network_id: 'network.id',
};

export const createMembershipStore = (db: Knex, viewer: Viewer) => ({
  /**
   * The records that stand, by the bodies on one side of them, of all times. A membership is nothing
   * but the link of two bodies: it exists for those who may see both.
   */
  bySide: async (
    side: 'member' | 'network',
    ids: readonly string[],
    filter: Pick<MembershipFilter, 'sources' | 'exceptSources'> = {},
  ): Promise<MembershipRow[]> => {
    checkListed(filter.sources, 'sources');
    checkListed(filter.exceptSources, 'exceptSources');
    const rows: MembershipRow[] = [];
    for (const some of chunksOf(ids, AT_ONCE)) {
      const query = visibleTo(
        db('memberships')
          .join('body_keys as member', 'member.key', 'memberships.member_key')
          .join('body_keys as network', 'network.key', 'memberships.network_key')
          .select(COLUMNS)
          .whereIn(`${side}.id`, some)
          .whereNull('memberships.withdrawn_at'),
        viewer,
        'memberships.tier',
      );
      keysSeenBy(db, keysSeenBy(db, query, viewer, 'member'), viewer, 'network');
      if (filter.sources) void query.whereIn('memberships.source_id', filter.sources);
      if (filter.exceptSources)
        void query.whereNotIn('memberships.source_id', filter.exceptSources);
      rows.push(...((await query) as MembershipRow[]));
    }
    return rows;
  },

  /** All that is known of where some records came from. */
  stampsByIds: async (ids: readonly string[]): Promise<Stamp[]> =>
    (await visibleTo(db('memberships').whereIn('id', ids), viewer, 'tier')) as Stamp[],

  /** The counts of members that stand, of some bodies, the newest first. */
  countsByNetworkIds: async (ids: readonly string[]): Promise<MemberCount[]> => {
    const counts: MemberCount[] = [];
    for (const some of chunksOf(ids, AT_ONCE)) {
      const query = visibleTo(
        db('member_counts')
          .join('body_keys', 'body_keys.key', 'member_counts.network_key')
          .select('member_counts.*', { network_id: 'body_keys.id' })
          .whereIn('body_keys.id', some)
          .whereNull('withdrawn_at')
          .orderByRaw('counted_on desc nulls last, member_counts.id'),
        viewer,
        'tier',
      );
      counts.push(
        ...((await keysSeenBy(db, query, viewer)) as CountRow[]).map((row) => ({
          id: row.id,
          organisations: row.organisations,
          individuals: row.individuals,
          countedOn: row.counted_on,
          networkId: row.network_id,
          stamp: row,
        })),
      );
    }
    return counts;
  },

  /** Of some bodies, those that the filter wants, with the name they sort by. */
  bodiesAmong: async (
    ids: readonly string[],
    filter: MembershipFilter | undefined,
  ): Promise<{ id: string; sort_name: string }[]> => {
    const found: { id: string; sort_name: string }[] = [];
    for (const some of chunksOf(ids, AT_ONCE)) {
      const query = bodiesAt(
        db('bodies').select('bodies.id', 'bodies.sort_name').whereIn('bodies.id', some),
        viewer,
      );
      whereBodies(db, query, filter);
      found.push(...((await query) as { id: string; sort_name: string }[]));
    }
    return found;
  },
});
export type MembershipStore = ReturnType<typeof createMembershipStore>;
