import type { Knex } from 'knex';
import { whereBody } from '../../shared/bodies';
import { chunksOf } from '../../shared/db';
import { whereCommon, whereDate, whereIn } from '../../shared/filters';
import { type PageArgs, pagesByParent } from '../../shared/paging';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { Stance, Submission, SubmissionFilter, SubmissionKind } from './submission';

type SubmissionRow = Stamp & {
  process: string;
  organisation_key: string;
  for_network_key: string | null;
  title: string;
  submission_kind: string;
  from_date: string;
};

const toSubmission = (row: SubmissionRow): Submission => ({
  id: row.id,
  title: row.title,
  kind: row.submission_kind as SubmissionKind,
  from: row.from_date || null,
  processId: row.process,
  organisationKey: row.organisation_key,
  forNetworkKey: row.for_network_key,
  stamp: row,
});

const AT_ONCE = 400;
const NEWEST_FIRST = { columns: ['submissions.from_date', 'submissions.id'], descending: true };

/** Whose submissions: of a process, or by a body. */
export type SubmissionsOf = 'process' | 'organisation_key';

export const createSubmissionStore = (db: Knex, viewer: Viewer) => {
  const list = (filter: SubmissionFilter | undefined) => {
    const query = visibleTo(db('submissions'), viewer, 'submissions.tier');
    whereCommon(query, 'submissions', filter);
    whereIn(query, 'submissions.submission_kind', filter?.kinds, 'kinds');
    whereIn(query, 'submissions.process', filter?.processes, 'processes');
    whereBody(
      db,
      query,
      viewer,
      'submissions.organisation_key',
      filter?.organisations,
      'organisations',
    );
    whereDate(query, 'submissions.from_date', filter?.date);
    return query;
  };
  return {
    /** All submissions in some processes, or under some keys of bodies. */
    all: async (column: SubmissionsOf, keys: readonly string[]): Promise<Submission[]> => {
      const found: Submission[] = [];
      for (const some of chunksOf(keys, AT_ONCE))
        found.push(
          ...(
            (await list(undefined)
              .select('submissions.*')
              .whereIn(`submissions.${column}`, some)
              .orderBy(['submissions.from_date', 'submissions.id'])) as SubmissionRow[]
          ).map(toSubmission),
        );
      return found;
    },

    /** A page for each parent, by the keys under which submissions name it. */
    pagesByParent: (
      column: SubmissionsOf,
      parents: readonly { id: string; keys: readonly string[] }[],
      { first, after }: PageArgs,
      filter: SubmissionFilter | undefined,
    ) => {
      const idOf = new Map(
        parents.flatMap(({ id, keys }) => keys.map((key) => [key, id] as const)),
      );
      return pagesByParent(
        db,
        parents,
        (key) => list(filter).select('submissions.*').where(`submissions.${column}`, key),
        { first, after, order: NEWEST_FIRST, scope: ['submissions', column, filter] },
        toSubmission,
        async () => {
          const rows = (await list(filter)
            .whereIn(`submissions.${column}`, [...idOf.keys()])
            .select({ key: `submissions.${column}` })
            .count({ n: '*' })
            .groupBy(`submissions.${column}`)) as { key: string; n: number }[];
          const counts = new Map<string, number>();
          for (const { key, n } of rows)
            counts.set(idOf.get(key) ?? '', (counts.get(idOf.get(key) ?? '') ?? 0) + Number(n));
          return counts;
        },
      );
    },

    themesByIds: async (
      ids: readonly string[],
    ): Promise<{ parent_id: string; theme: string; stance: Stance }[]> =>
      (await db('submission_themes').whereIn('parent_id', ids).orderBy(['parent_id', 'theme'])) as {
        parent_id: string;
        theme: string;
        stance: Stance;
      }[],

    citationsByIds: async (
      ids: readonly string[],
    ): Promise<{ parent_id: string; body_key: string }[]> =>
      (await db('submission_citations')
        .whereIn('parent_id', ids)
        .orderBy(['parent_id', 'position'])) as { parent_id: string; body_key: string }[],
  };
};
export type SubmissionStore = ReturnType<typeof createSubmissionStore>;
