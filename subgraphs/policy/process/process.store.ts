import type { Knex } from 'knex';
import { prefixRange } from '../../shared/db';
import { whereCommon, whereDate, whereIn } from '../../shared/filters';
import { wordsOf } from '../../shared/ids';
import { type PageArgs, pageOf, pagesByParent } from '../../shared/paging';
import { type Viewer, visibleTo } from '../../shared/viewer';
import { normaliseSymbol } from '../document/symbol';
import type { Agenda } from '../../shared/vocabulary';
import { PolicyProcessKind, type PolicyProcessFilter, type ProcessRow } from './process';

type ChildTable = 'process_implements' | 'process_towards';

const BY_ID = { columns: ['processes_found.process'] };

export const createProcessStore = (db: Knex, viewer: Viewer) => {
  const visible = () => visibleTo(db('processes'), viewer, 'processes.tier');
  const implementing = (symbols: readonly string[]) =>
    db('process_implements').select('parent_id').whereIn('symbol', symbols);

  const list = (filter: PolicyProcessFilter | undefined) => {
    const query = visible();
    whereCommon(query, 'processes', filter, 'process');
    whereIn(query, 'processes.process_kind', filter?.kinds, 'kinds');
    whereIn(
      query,
      'processes.country',
      filter?.countries?.map((code) => code.toUpperCase()),
      'countries',
    );
    whereDate(query, 'processes.adopted_on', filter?.adopted);
    if (filter?.agendas)
      void query.whereIn(
        'processes.id',
        db('process_agendas').select('parent_id').whereIn('agenda', filter.agendas),
      );
    if (filter?.symbols)
      void query.whereIn('processes.id', implementing(filter.symbols.map(normaliseSymbol)));
    for (const word of wordsOf(filter?.text)) {
      void query.whereIn(
        'processes.id',
        db('process_words').select('parent_id').whereBetween('word', prefixRange(word)),
      );
    }
    return query;
  };
  /** Several records of one process are one row. */
  const distinct = (query: Knex.QueryBuilder) =>
    db
      .select('processes_found.process')
      .from(query.distinct('processes.process').as('processes_found'));

  const pagesByChild = (
    table: ChildTable,
    column: 'symbol' | 'process',
    values: readonly string[],
    { first, after }: PageArgs,
  ) =>
    pagesByParent(
      db,
      values.map((value) => ({ id: value, keys: [value] })),
      (value) =>
        distinct(
          list(undefined).whereIn(
            'processes.id',
            db(table).select('parent_id').whereIn(column, [value]),
          ),
        ),
      { first, after, order: BY_ID, scope: ['processes', table] },
      ({ process }: { process: string }) => process,
      async () => {
        const rows = (await list(undefined)
          .join(`${table} as named`, 'named.parent_id', 'processes.id')
          .whereIn(`named.${column}`, values)
          .select({ value: `named.${column}` })
          .countDistinct({ n: 'processes.process' })
          .groupBy(`named.${column}`)) as { value: string; n: number }[];
        return new Map(rows.map(({ value, n }) => [value, Number(n)]));
      },
    );

  return {
    rowsByIds: async (ids: readonly string[]): Promise<ProcessRow[]> =>
      (await visible()
        .select('processes.*')
        .whereIn('process', ids)
        .whereNull('withdrawn_at')) as ProcessRow[],

    page: ({ first, after }: PageArgs, filter: PolicyProcessFilter | undefined) =>
      pageOf(
        () => distinct(list(filter)),
        { first, after, order: BY_ID, scope: ['processes', filter] },
        ({ process }: { process: string }) => process,
      ),

    /** A page of the processes that implement each document. */
    pagesBySymbol: (symbols: readonly string[], page: PageArgs) =>
      pagesByChild('process_implements', 'symbol', symbols, page),

    /** A page of the processes that prepare each process. */
    pagesByTowards: (processes: readonly string[], page: PageArgs) =>
      pagesByChild('process_towards', 'process', processes, page),

    /** The processes that name each of these values in a child table, all of them. */
    allByChild: async (
      table: ChildTable,
      column: 'symbol' | 'process',
      values: readonly string[],
    ): Promise<{ process: string; value: string }[]> =>
      (await list(undefined)
        .join(`${table} as named`, 'named.parent_id', 'processes.id')
        .whereIn(`named.${column}`, values)
        .distinct({ process: 'processes.process', value: `named.${column}` })
        .orderBy('processes.process')) as { process: string; value: string }[],

    /** The action plans of some countries on an agenda; of all countries if none are given. */
    plans: async (agenda: string, countries: readonly string[] | null): Promise<string[]> =>
      (
        (await distinct(
          list({
            kinds: [PolicyProcessKind.NATIONAL_ACTION_PLAN],
            agendas: [agenda as Agenda],
            ...(countries && { countries: [...countries] }),
          }).whereNotNull('processes.country'),
        )) as { process: string }[]
      ).map(({ process }) => process),

    agendasByRows: async (
      ids: readonly string[],
    ): Promise<{ parent_id: string; agenda: string }[]> =>
      (await db('process_agendas').whereIn('parent_id', ids).orderBy(['parent_id', 'agenda'])) as {
        parent_id: string;
        agenda: string;
      }[],

    implementsByRows: async (
      ids: readonly string[],
    ): Promise<{ parent_id: string; symbol: string }[]> =>
      (await db('process_implements')
        .whereIn('parent_id', ids)
        .orderBy(['parent_id', 'symbol'])) as { parent_id: string; symbol: string }[],

    towardsByRows: async (
      ids: readonly string[],
    ): Promise<{ parent_id: string; process: string }[]> =>
      (await db('process_towards').whereIn('parent_id', ids).orderBy(['parent_id', 'process'])) as {
        parent_id: string;
        process: string;
      }[],

    leadersByRows: async (
      ids: readonly string[],
    ): Promise<{ parent_id: string; body_key: string }[]> =>
      (await db('process_leaders')
        .whereIn('parent_id', ids)
        .orderBy(['parent_id', 'position'])) as { parent_id: string; body_key: string }[],
  };
};
export type ProcessStore = ReturnType<typeof createProcessStore>;
