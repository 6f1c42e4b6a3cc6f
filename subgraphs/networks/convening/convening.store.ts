import type { Knex } from 'knex';
import { keysAt, whereBody } from '../../shared/bodies';
import { prefixRange } from '../../shared/db';
import { whereCommon, whereDate, whereIn } from '../../shared/filters';
import { wordsOf } from '../../shared/ids';
import { type PageArgs, pageOf, pagesByParent } from '../../shared/paging';
import { readTexts, type Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { Convening, ConveningKind } from './convening';
import type { ConveningFilter } from './convening.args';

type ConveningRow = Stamp & {
  title: string;
  convening_kind: string;
  country: string | null;
  city: string | null;
  from_date: string;
  to_date: string | null;
  themes: string;
};

type PartyRow = ConveningRow & { body_id: string; role: string };

/** A convening of a body, and whether it is one of those who called it. */
export interface PartyConvening {
  bodyId: string;
  convening: Convening;
  organised: boolean;
}

/** A body that a convening names, seen by the viewer or not. */
export interface ConveningParty {
  conveningId: string;
  role: string;
  bodyKey: string;
}

const toConvening = (row: ConveningRow): Convening => ({
  id: row.id,
  title: row.title,
  kind: row.convening_kind as ConveningKind,
  city: row.city,
  from: row.from_date || null,
  to: row.to_date,
  themes: readTexts(row.themes),
  updatedAt: row.updated_at,
  countryCode: row.country,
  stamp: row,
});

const NEWEST_FIRST = { columns: ['convenings.from_date', 'convenings.id'], descending: true };

export const createConveningStore = (db: Knex, viewer: Viewer) => {
  const visible = () =>
    visibleTo(db('convenings'), viewer, 'convenings.tier').select('convenings.*');
  const partiesOf = (role: 'ORGANISER' | 'PARTICIPANT', ids: readonly string[]) => {
    const query = db('convening_parties').select('parent_id').where({ role });
    whereBody(
      db,
      query,
      viewer,
      'body_key',
      ids,
      role === 'ORGANISER' ? 'organisers' : 'participants',
    );
    return query;
  };
  const towards = (ids: readonly string[]) => {
    const query = db('convening_processes').select('parent_id');
    whereIn(query, 'process', ids, 'processes');
    return query;
  };
  const list = (filter: ConveningFilter | undefined) => {
    const query = visible();
    whereCommon(query, 'convenings', filter);
    whereIn(query, 'convenings.convening_kind', filter?.kinds, 'kinds');
    whereIn(
      query,
      'convenings.country',
      filter?.countries?.map((code) => code.toUpperCase()),
      'countries',
    );
    whereDate(query, 'convenings.from_date', filter?.date);
    if (filter?.organisers)
      void query.whereIn('convenings.id', partiesOf('ORGANISER', filter.organisers));
    if (filter?.participants)
      void query.whereIn('convenings.id', partiesOf('PARTICIPANT', filter.participants));
    if (filter?.processes) void query.whereIn('convenings.id', towards(filter.processes));
    for (const word of wordsOf(filter?.text)) {
      void query.whereIn(
        'convenings.id',
        db('convening_words').select('parent_id').whereBetween('word', prefixRange(word)),
      );
    }
    return query;
  };

  const pagesBy = (
    scope: string,
    ids: readonly string[],
    { first, after }: PageArgs,
    filter: ConveningFilter | undefined,
    { of, counts }: { of: (id: string) => Knex.QueryBuilder; counts: () => Knex.QueryBuilder },
  ) =>
    pagesByParent(
      db,
      ids.map((id) => ({ id, keys: [id] })),
      of,
      { first, after, order: NEWEST_FIRST, scope: ['convenings', scope, filter] },
      toConvening,
      async () => {
        const rows = (await counts().countDistinct({ n: 'convenings.id' })) as {
          id: string;
          n: number;
        }[];
        return new Map(rows.map(({ id, n }) => [id, Number(n)]));
      },
    );

  return {
    byIds: async (ids: readonly string[]): Promise<Convening[]> =>
      ((await visible().whereIn('convenings.id', ids)) as ConveningRow[]).map(toConvening),

    page: ({ first, after }: PageArgs, filter: ConveningFilter | undefined) =>
      pageOf(
        () => list(filter),
        { first, after, order: NEWEST_FIRST, scope: ['convenings', filter] },
        toConvening,
      ),

    /** A page of the convenings that each body organised. */
    pagesByOrganiser: (
      ids: readonly string[],
      page: PageArgs,
      filter: ConveningFilter | undefined,
    ) =>
      pagesBy('organiser', ids, page, filter, {
        of: (id) => list(filter).whereIn('convenings.id', partiesOf('ORGANISER', [id])),
        counts: () => {
          const query = list(filter)
            .clearSelect()
            .join('convening_parties as party', 'party.parent_id', 'convenings.id')
            .join('body_keys as organiser', 'organiser.key', 'party.body_key')
            .where('party.role', 'ORGANISER')
            .whereIn('organiser.id', ids)
            .select({ id: 'organiser.id' })
            .groupBy('organiser.id');
          return keysAt(query, viewer, 'organiser');
        },
      }),

    /** A page of the convenings held towards each policy process. */
    pagesByProcess: (ids: readonly string[], page: PageArgs, filter: ConveningFilter | undefined) =>
      pagesBy('process', ids, page, filter, {
        of: (id) => list(filter).whereIn('convenings.id', towards([id])),
        counts: () =>
          list(filter)
            .clearSelect()
            .join('convening_processes as towards', 'towards.parent_id', 'convenings.id')
            .whereIn('towards.process', ids)
            .select({ id: 'towards.process' })
            .groupBy('towards.process'),
      }),

    /** The convenings that each body organised or took part in, begun up to a day, by body. */
    byParties: async (
      ids: readonly string[],
      filter: Pick<ConveningFilter, 'kinds' | 'date'>,
      day: string,
    ): Promise<PartyConvening[]> => {
      const query = list(filter)
        .join('convening_parties as party', 'party.parent_id', 'convenings.id')
        .join('body_keys as body', 'body.key', 'party.body_key')
        .whereIn('body.id', ids)
        .where('convenings.from_date', '<=', day)
        .select({ body_id: 'body.id', role: 'party.role' })
        .orderBy(['convenings.from_date', 'convenings.id']);
      const found = new Map<string, PartyConvening>();
      for (const row of (await keysAt(query, viewer, 'body')) as PartyRow[]) {
        const known = found.get(`${row.body_id} ${row.id}`) ?? {
          bodyId: row.body_id,
          convening: toConvening(row),
          organised: false,
        };
        known.organised ||= row.role === 'ORGANISER';
        found.set(`${row.body_id} ${row.id}`, known);
      }
      return [...found.values()];
    },

    partiesByConveningIds: async (ids: readonly string[]): Promise<ConveningParty[]> =>
      (await db('convening_parties')
        .select({ conveningId: 'parent_id', role: 'role', bodyKey: 'body_key' })
        .whereIn('parent_id', ids)
        .orderBy(['parent_id', 'role', 'position'])) as ConveningParty[],

    activitiesByConveningIds: async (
      ids: readonly string[],
    ): Promise<{ conveningId: string; identifier: string }[]> =>
      (await db('convening_activities')
        .select({ conveningId: 'parent_id', identifier: 'identifier' })
        .whereIn('parent_id', ids)
        .orderBy(['parent_id', 'position'])) as { conveningId: string; identifier: string }[],

    processesByConveningIds: async (
      ids: readonly string[],
    ): Promise<{ conveningId: string; process: string }[]> =>
      (await db('convening_processes')
        .select({ conveningId: 'parent_id', process: 'process' })
        .whereIn('parent_id', ids)
        .orderBy(['parent_id', 'process'])) as { conveningId: string; process: string }[],
  };
};
export type ConveningStore = ReturnType<typeof createConveningStore>;
