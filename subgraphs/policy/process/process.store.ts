import type { Knex } from 'knex';
import { prefixRange } from '../../shared/db';
import { whereCommon, whereDate, whereIn } from '../../shared/filters';
import { wordsOf } from '../../shared/ids';
import { type PageArgs, pageOf, pagesByParent } from '../../shared/paging';
import { type Viewer, visibleTo } from '../../shared/viewer';
import { normaliseSymbol } from '../document/symbol';
import type { PolicyProcessFilter, ProcessRow } from './process';

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
    pagesBySymbol: (symbols: readonly string[], { first, after }: PageArgs) =>
      pagesByParent(
        db,
        symbols.map((symbol) => ({ id: symbol, keys: [symbol] })),
        (symbol) => distinct(list(undefined).whereIn('processes.id', implementing([symbol]))),
        { first, after, order: BY_ID, scope: ['processes', 'symbol'] },
        ({ process }: { process: string }) => process,
        async () => {
          const rows = (await list(undefined)
            .join('process_implements', 'process_implements.parent_id', 'processes.id')
            .whereIn('process_implements.symbol', symbols)
            .select({ symbol: 'process_implements.symbol' })
            .countDistinct({ n: 'processes.process' })
            .groupBy('process_implements.symbol')) as { symbol: string; n: number }[];
          return new Map(rows.map(({ symbol, n }) => [symbol, Number(n)]));
        },
      ),

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
  };
};
export type ProcessStore = ReturnType<typeof createProcessStore>;
