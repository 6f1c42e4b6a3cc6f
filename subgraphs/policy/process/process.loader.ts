import DataLoader from 'dataloader';
import { hashOf } from '../../shared/ids';
import { groupedByKey } from '../../shared/keyed';
import type { Page, PageArgs } from '../../shared/paging';
import { bestFirst } from '../dispute';
import type { PolicyProcess, PolicyProcessFilter, PolicyProcessKind, ProcessRow } from './process';
import type { ProcessStore } from './process.store';

const toProcess = (rows: readonly ProcessRow[]): PolicyProcess | null => {
  const ordered = [...rows].sort(bestFirst);
  const [best] = ordered;
  if (!best) return null;
  const dated = ordered.find((row) => row.from_date !== null || row.to_date !== null);
  return {
    id: best.process,
    title: best.title,
    kind: best.process_kind as PolicyProcessKind,
    generation: ordered.find((row) => row.generation !== null)?.generation ?? null,
    adoptedOn: ordered.find((row) => row.adopted_on !== '')?.adopted_on ?? null,
    period: dated ? { from: dated.from_date, to: dated.to_date } : null,
    updatedAt:
      rows
        .map((row) => row.updated_at)
        .sort()
        .at(-1) ?? best.updated_at,
    rows: ordered,
  };
};

export const createProcessLoader = (store: ProcessStore) => {
  const byId = new DataLoader(async (ids: readonly string[]) =>
    groupedByKey(ids, await store.rowsByIds(ids), ({ process }) => process).map(toProcess),
  );
  const filled = async (page: Page<string>): Promise<Page<PolicyProcess>> => {
    const processes = await byId.loadMany(page.rows);
    return {
      ...page,
      rows: processes.filter(
        (process): process is PolicyProcess => process !== null && !(process instanceof Error),
      ),
    };
  };
  const pages = new Map<string, DataLoader<string, Page<string>>>();
  return {
    byId,
    page: async (args: PageArgs, filter: PolicyProcessFilter | undefined) =>
      filled(await store.page(args, filter)),
    implementing: async (symbol: string, args: PageArgs) => {
      const name = hashOf(args);
      const loader =
        pages.get(name) ??
        new DataLoader<string, Page<string>>((symbols) => store.pagesBySymbol(symbols, args));
      pages.set(name, loader);
      return filled(await loader.load(symbol));
    },
    agendas: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.agendasByRows(ids), (row) => row.parent_id).map((rows) =>
        rows.map(({ agenda }) => agenda),
      ),
    ),
    symbols: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.implementsByRows(ids), (row) => row.parent_id).map((rows) =>
        rows.map(({ symbol }) => symbol),
      ),
    ),
  };
};
export type ProcessLoader = ReturnType<typeof createProcessLoader>;
