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
  const pageBy = async (
    list: 'pagesBySymbol' | 'pagesByTowards',
    parent: string,
    args: PageArgs,
  ): Promise<Page<PolicyProcess>> => {
    const name = hashOf(list, args);
    const loader =
      pages.get(name) ??
      new DataLoader<string, Page<string>>((parents) => store[list](parents, args));
    pages.set(name, loader);
    return filled(await loader.load(parent));
  };
  const allBy = (table: 'process_implements' | 'process_towards', column: 'symbol' | 'process') =>
    new DataLoader(async (values: readonly string[]) =>
      groupedByKey(values, await store.allByChild(table, column, values), ({ value }) => value).map(
        (rows) => rows.map(({ process }) => process),
      ),
    );
  return {
    byId,
    /** Those of some processes that are on record, in the order asked. */
    known: async (ids: readonly string[]): Promise<PolicyProcess[]> =>
      (await byId.loadMany(ids)).filter(
        (process): process is PolicyProcess => process !== null && !(process instanceof Error),
      ),
    page: async (args: PageArgs, filter: PolicyProcessFilter | undefined) =>
      filled(await store.page(args, filter)),
    implementing: (symbol: string, args: PageArgs) => pageBy('pagesBySymbol', symbol, args),
    preparing: (id: string, args: PageArgs) => pageBy('pagesByTowards', id, args),
    /** The ids of all that implement each document, and of all that prepare each process. */
    allImplementing: allBy('process_implements', 'symbol'),
    allPreparing: allBy('process_towards', 'process'),
    plans: (agenda: string, countries: readonly string[] | null) => store.plans(agenda, countries),
    towards: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.towardsByRows(ids), (row) => row.parent_id).map((rows) =>
        rows.map(({ process }) => process),
      ),
    ),
    leaders: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.leadersByRows(ids), (row) => row.parent_id).map((rows) =>
        rows.map(({ body_key }) => body_key),
      ),
    ),
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
