import type { Knex } from 'knex';
import { prefixRange } from '../../shared/db';
import { whereCommon, whereDate, whereIn } from '../../shared/filters';
import { wordsOf } from '../../shared/ids';
import { type PageArgs, pageOf } from '../../shared/paging';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { DocumentRow, PolicyDocumentFilter } from './document';
import { normaliseSymbol } from './symbol';

export const createDocumentStore = (db: Knex, viewer: Viewer) => {
  const visible = () => visibleTo(db('documents'), viewer, 'documents.tier');

  const list = (filter: PolicyDocumentFilter | undefined) => {
    const query = visible();
    whereCommon(query, 'documents', filter);
    whereIn(query, 'documents.symbol', filter?.symbols?.map(normaliseSymbol), 'symbols');
    whereDate(query, 'documents.adopted_on', filter?.adopted);
    if (filter?.agendas) {
      void query.whereIn(
        'documents.id',
        db('document_agendas').select('parent_id').whereIn('agenda', filter.agendas),
      );
    }
    for (const word of wordsOf(filter?.text)) {
      void query.whereIn(
        'documents.id',
        db('document_words').select('parent_id').whereBetween('word', prefixRange(word)),
      );
    }
    return query;
  };

  return {
    rowsBySymbols: async (symbols: readonly string[]): Promise<DocumentRow[]> =>
      (await visible()
        .select('documents.*')
        .whereIn('symbol', symbols)
        .whereNull('withdrawn_at')) as DocumentRow[],

    /** The symbols of one page; several records of one document are one row. */
    page: ({ first, after }: PageArgs, filter: PolicyDocumentFilter | undefined) =>
      pageOf(
        () =>
          db.select('symbols.symbol').from(list(filter).distinct('documents.symbol').as('symbols')),
        { first, after, order: { columns: ['symbols.symbol'] }, scope: ['documents', filter] },
        ({ symbol }: { symbol: string }) => symbol,
      ),

    /** Symbols that name one of these as their twin. */
    twinsNaming: async (symbols: readonly string[]): Promise<{ symbol: string; twin: string }[]> =>
      (await visible()
        .select('symbol', 'twin')
        .whereIn('twin', symbols)
        .whereNull('withdrawn_at')
        .orderBy('symbol')) as { symbol: string; twin: string }[],

    agendasByRows: async (
      ids: readonly string[],
    ): Promise<{ parent_id: string; agenda: string }[]> =>
      (await db('document_agendas').whereIn('parent_id', ids).orderBy(['parent_id', 'agenda'])) as {
        parent_id: string;
        agenda: string;
      }[],

    recallsByRows: async (
      ids: readonly string[],
    ): Promise<{ parent_id: string; symbol: string }[]> =>
      (await db('document_recalls').whereIn('parent_id', ids).orderBy(['parent_id', 'symbol'])) as {
        parent_id: string;
        symbol: string;
      }[],
  };
};
export type DocumentStore = ReturnType<typeof createDocumentStore>;
