import type { Knex } from 'knex';
import { whereBody } from '../../shared/bodies';
import { chunksOf } from '../../shared/db';
import { whereCommon, whereDate, whereIn } from '../../shared/filters';
import { type PageArgs, pagesByParent } from '../../shared/paging';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type {
  Participation,
  ParticipationCapacity,
  ParticipationFilter,
  ParticipationRole,
  ProcessStage,
} from './participation';

type ParticipationRow = Stamp & {
  process: string;
  organisation_key: string;
  role: string;
  capacity: string | null;
  for_network_key: string | null;
  stage: string | null;
  from_date: string;
  to_date: string | null;
  named_in_own_right: number | null;
};

const toParticipation = (row: ParticipationRow): Participation => ({
  id: row.id,
  role: row.role as ParticipationRole,
  capacity: row.capacity as ParticipationCapacity | null,
  stage: row.stage as ProcessStage | null,
  from: row.from_date || null,
  to: row.to_date,
  namedInOwnRight: row.named_in_own_right === null ? null : row.named_in_own_right === 1,
  processId: row.process,
  organisationKey: row.organisation_key,
  forNetworkKey: row.for_network_key,
  stamp: row,
});

const AT_ONCE = 400;
const NEWEST_FIRST = {
  columns: ['participations.from_date', 'participations.id'],
  descending: true,
};

export const createParticipationStore = (db: Knex, viewer: Viewer) => {
  const list = (filter: ParticipationFilter | undefined) => {
    const query = visibleTo(db('participations'), viewer, 'participations.tier');
    whereCommon(query, 'participations', filter);
    whereIn(query, 'participations.role', filter?.roles, 'roles');
    whereIn(query, 'participations.capacity', filter?.capacities, 'capacities');
    whereIn(query, 'participations.stage', filter?.stages, 'stages');
    whereIn(query, 'participations.process', filter?.processes, 'processes');
    whereBody(
      db,
      query,
      viewer,
      'participations.organisation_key',
      filter?.organisations,
      'organisations',
    );
    whereDate(query, 'participations.from_date', filter?.date);
    return query;
  };
  return {
    /** All participations in some processes, or of some bodies. */
    all: async (
      column: 'process' | 'organisation_key',
      keys: readonly string[],
    ): Promise<Participation[]> => {
      const found: Participation[] = [];
      for (const some of chunksOf(keys, AT_ONCE))
        found.push(
          ...(
            (await list(undefined)
              .select('participations.*')
              .whereIn(`participations.${column}`, some)
              .orderBy(['participations.from_date', 'participations.id'])) as ParticipationRow[]
          ).map(toParticipation),
        );
      return found;
    },

    /** A page for each parent, by the keys under which participations name it. */
    pagesByParent: (
      column: 'process' | 'organisation_key',
      parents: readonly { id: string; keys: readonly string[] }[],
      { first, after }: PageArgs,
      filter: ParticipationFilter | undefined,
    ) => {
      const idOf = new Map(
        parents.flatMap(({ id, keys }) => keys.map((key) => [key, id] as const)),
      );
      return pagesByParent(
        db,
        parents,
        (key) => list(filter).select('participations.*').where(`participations.${column}`, key),
        { first, after, order: NEWEST_FIRST, scope: ['participations', column, filter] },
        toParticipation,
        async () => {
          const rows = (await list(filter)
            .whereIn(`participations.${column}`, [...idOf.keys()])
            .select({ key: `participations.${column}` })
            .count({ n: '*' })
            .groupBy(`participations.${column}`)) as { key: string; n: number }[];
          const counts = new Map<string, number>();
          for (const { key, n } of rows)
            counts.set(idOf.get(key) ?? '', (counts.get(idOf.get(key) ?? '') ?? 0) + Number(n));
          return counts;
        },
      );
    },
  };
};
export type ParticipationStore = ReturnType<typeof createParticipationStore>;
