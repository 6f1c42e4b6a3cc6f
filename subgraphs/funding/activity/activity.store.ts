import type { Knex } from 'knex';
import { whereBody } from '../../shared/bodies';
import { prefixRange } from '../../shared/db';
import { whereCommon, whereDate, whereIn } from '../../shared/filters';
import { normaliseIdentifier, wordsOf } from '../../shared/ids';
import { type PageArgs, pageOf, pagesByParent } from '../../shared/paging';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type {
  Activity,
  ActivityParty,
  ActivityRelation,
  ActivityStatus,
  PartyRole,
  RelatedActivity,
} from './activity';
import { ACTIVITY_ORDERS, type ActivityFilter, type ActivityOrder } from './activity.args';
import { whereShares } from '../share/share.store';

type ActivityRow = Stamp & {
  key: string;
  identifier: string;
  title: string | null;
  description: string | null;
  reporter_key: string | null;
  status: string;
  start_date: string;
  end_date: string | null;
  planned_start: string | null;
  planned_end: string | null;
  actual_start: string | null;
  actual_end: string | null;
  duration_months: string | null;
  last_reported: string | null;
  hierarchy: string | null;
  humanitarian: number | null;
  collaboration_type: string | null;
  superseded_from: number;
};

const reader =
  ({ tier }: Viewer) =>
  (row: ActivityRow): Activity => ({
    id: row.id,
    identifier: row.identifier,
    title: row.title,
    description: row.description,
    status: row.status as ActivityStatus,
    startDate: row.start_date || null,
    endDate: row.end_date,
    plannedStart: row.planned_start,
    plannedEnd: row.planned_end,
    actualStart: row.actual_start,
    actualEnd: row.actual_end,
    plannedMonths: row.duration_months,
    lastReported: row.last_reported,
    hierarchy: row.hierarchy,
    humanitarian: row.humanitarian === null ? null : row.humanitarian === 1,
    collaborationType: row.collaboration_type,
    superseded: row.superseded_from <= tier,
    updatedAt: row.updated_at,
    key: row.key,
    reporterKey: row.reporter_key,
    stamp: row,
  });

interface PartyRow {
  parent_id: string;
  role: string;
  name: string | null;
  channel: string | null;
  body_key: string | null;
  activity_key: string | null;
}

export const createActivityStore = (db: Knex, viewer: Viewer) => {
  const visible = () => visibleTo(db('activities'), viewer, 'activities.tier');
  const read = reader(viewer);

  const list = (filter: ActivityFilter | undefined) => {
    const query = visible();
    whereCommon(query, 'activities', filter);
    if (!filter?.includeSuperseded)
      void query.where('activities.superseded_from', '>', viewer.tier);
    whereIn(query, 'activities.key', filter?.identifiers?.map(normaliseIdentifier), 'identifiers');
    whereIn(query, 'activities.status', filter?.statuses, 'statuses');
    whereBody(db, query, viewer, 'activities.reporter_key', filter?.reporters, 'reporters');
    whereDate(query, 'activities.start_date', filter?.started);
    if (filter?.parties) {
      const parties = db('activity_parties').select('parent_id');
      whereBody(db, parties, viewer, 'body_key', filter.parties, 'parties');
      void query.whereIn('activities.id', parties);
    }
    if (filter?.text !== undefined) {
      const words = wordsOf(filter.text);
      if (words.length === 0) void query.whereRaw('1 = 0');
      for (const word of words) {
        void query.whereIn(
          'activities.id',
          db('activity_words').select('parent_id').whereBetween('word', prefixRange(word)),
        );
      }
    }
    whereShares(db, query, ['activities', 'activity_shares'], filter);
    return query;
  };

  return {
    byIds: async (ids: readonly string[]): Promise<Activity[]> =>
      ((await visible().select('activities.*').whereIn('activities.id', ids)) as ActivityRow[]).map(
        read,
      ),

    /** For each identifier, the newest report that stands and is visible. */
    byKeys: async (keys: readonly string[]): Promise<Activity[]> =>
      (
        (await visible()
          .select('activities.*')
          .whereIn('activities.key', keys)
          .whereNull('activities.withdrawn_at')
          .where('activities.superseded_from', '>', viewer.tier)) as ActivityRow[]
      ).map(read),

    page: ({ first, after }: PageArgs, filter: ActivityFilter | undefined, order: ActivityOrder) =>
      pageOf(
        () => list(filter).select('activities.*'),
        { first, after, order: ACTIVITY_ORDERS[order], scope: ['activities', filter] },
        read,
      ),

    /** A page of the activities that each body reports, by the body's keys. */
    pagesByReporter: (
      parents: readonly { id: string; keys: readonly string[] }[],
      { first, after }: PageArgs,
      filter: ActivityFilter | undefined,
      order: ActivityOrder,
    ) => {
      const idOf = new Map(
        parents.flatMap(({ id, keys }) => keys.map((key) => [key, id] as const)),
      );
      const counts = async () => {
        const rows = (await list(filter)
          .whereIn('reporter_key', [...idOf.keys()])
          .select({ key: 'reporter_key' })
          .count({ n: '*' })
          .groupBy('reporter_key')) as { key: string; n: number }[];
        const byParent = new Map<string, number>();
        for (const { key, n } of rows)
          byParent.set(idOf.get(key) ?? '', (byParent.get(idOf.get(key) ?? '') ?? 0) + Number(n));
        return byParent;
      };
      return pagesByParent(
        db,
        parents,
        (key) => list(filter).select('activities.*').where('activities.reporter_key', key),
        { first, after, order: ACTIVITY_ORDERS[order], scope: ['activities', 'reporter', filter] },
        read,
        counts,
      );
    },

    partiesByActivityIds: async (
      ids: readonly string[],
    ): Promise<(ActivityParty & { parentId: string })[]> =>
      (
        (await db('activity_parties')
          .whereIn('parent_id', ids)
          .orderBy(['parent_id', 'position'])) as PartyRow[]
      ).map((row) => ({
        parentId: row.parent_id,
        role: row.role as PartyRole,
        writtenName: row.name,
        channelCode: row.channel,
        bodyKey: row.body_key,
        activityKey: row.activity_key,
      })),

    relationsByActivityIds: async (
      ids: readonly string[],
    ): Promise<(RelatedActivity & { parentId: string })[]> =>
      (
        (await db('activity_relations')
          .whereIn('parent_id', ids)
          .orderBy(['parent_id', 'position'])) as {
          parent_id: string;
          relation: string;
          activity_key: string;
        }[]
      ).map((row) => ({
        parentId: row.parent_id,
        relation: row.relation as ActivityRelation,
        identifier: row.activity_key,
      })),
  };
};
export type ActivityStore = ReturnType<typeof createActivityStore>;
