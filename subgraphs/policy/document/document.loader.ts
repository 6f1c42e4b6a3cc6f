import DataLoader from 'dataloader';
import { groupedByKey } from '../../shared/keyed';
import type { Page, PageArgs } from '../../shared/paging';
import { bestFirst } from '../dispute';
import type { DocumentRow, PolicyDocument, PolicyDocumentFilter } from './document';
import type { DocumentStore } from './document.store';

const toDocument = (rows: readonly DocumentRow[]): PolicyDocument | null => {
  const ordered = [...rows].sort(bestFirst);
  const [best] = ordered;
  if (!best) return null;
  const first = (read: (row: DocumentRow) => string | null): string | null =>
    ordered.map(read).find(Boolean) ?? null;
  const url = first((row) => row.library_url);
  return {
    symbol: best.symbol,
    title: best.title,
    organ: first((row) => row.organ),
    adoptedOn: first((row) => row.adopted_on),
    meeting: first((row) => row.meeting),
    libraryUrl: url !== null && URL.canParse(url) ? url : null,
    updatedAt:
      rows
        .map((row) => row.updated_at)
        .sort()
        .at(-1) ?? best.updated_at,
    rows: ordered,
  };
};

export const createDocumentLoader = (store: DocumentStore) => {
  const bySymbol = new DataLoader(async (symbols: readonly string[]) =>
    groupedByKey(symbols, await store.rowsBySymbols(symbols), ({ symbol }) => symbol).map(
      toDocument,
    ),
  );
  return {
    bySymbol,
    page: async (
      args: PageArgs,
      filter: PolicyDocumentFilter | undefined,
    ): Promise<Page<PolicyDocument>> => {
      const page = await store.page(args, filter);
      const documents = await bySymbol.loadMany(page.rows);
      return {
        ...page,
        rows: documents.filter(
          (document): document is PolicyDocument =>
            document !== null && !(document instanceof Error),
        ),
      };
    },
    namingTwin: new DataLoader(async (symbols: readonly string[]) =>
      groupedByKey(symbols, await store.twinsNaming(symbols), ({ twin }) => twin).map(
        (rows) => rows[0]?.symbol ?? null,
      ),
    ),
    agendas: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.agendasByRows(ids), (row) => row.parent_id).map((rows) =>
        rows.map(({ agenda }) => agenda),
      ),
    ),
    recalls: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.recallsByRows(ids), (row) => row.parent_id).map((rows) =>
        rows.map(({ symbol }) => symbol),
      ),
    ),
  };
};
export type DocumentLoader = ReturnType<typeof createDocumentLoader>;
