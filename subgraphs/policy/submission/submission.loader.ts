import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import { hashOf } from '../../shared/ids';
import { groupedByKey } from '../../shared/keyed';
import type { Page, PageArgs } from '../../shared/paging';
import type { Submission, SubmissionFilter } from './submission';
import type { SubmissionsOf, SubmissionStore } from './submission.store';

export const createSubmissionLoader = (store: SubmissionStore, bodies: BodiesLoader) => {
  const pages = new Map<string, DataLoader<string, Page<Submission>>>();
  const pagesFor = (
    column: SubmissionsOf,
    page: PageArgs,
    filter: SubmissionFilter | undefined,
  ) => {
    const name = hashOf(column, page, filter);
    const loader =
      pages.get(name) ??
      new DataLoader<string, Page<Submission>>(async (ids) => {
        const keys =
          column === 'process' ? ids.map((id) => [id]) : await bodies.keysOf.loadMany(ids);
        const parents = ids.map((id, index) => {
          const own = keys[index];
          return { id, keys: Array.isArray(own) ? own : [] };
        });
        return store.pagesByParent(column, parents, page, filter);
      });
    pages.set(name, loader);
    return loader;
  };
  const byKey = new DataLoader(async (keys: readonly string[]) =>
    groupedByKey(
      keys,
      await store.all('organisation_key', keys),
      ({ organisationKey }) => organisationKey,
    ),
  );
  const citations = new DataLoader(async (ids: readonly string[]) =>
    groupedByKey(ids, await store.citationsByIds(ids), (row) => row.parent_id).map((rows) =>
      rows.map(({ body_key }) => body_key),
    ),
  );
  return {
    byProcess: (id: string, page: PageArgs, filter: SubmissionFilter | undefined) =>
      pagesFor('process', page, filter).load(id),
    byOrganisation: (id: string, page: PageArgs, filter: SubmissionFilter | undefined) =>
      pagesFor('organisation_key', page, filter).load(id),
    /** All submissions in each process. */
    allByProcess: new DataLoader(async (processes: readonly string[]) =>
      groupedByKey(processes, await store.all('process', processes), ({ processId }) => processId),
    ),
    /** All submissions by a body, under whichever of its keys. */
    allByOrganisation: async (id: string): Promise<Submission[]> =>
      (await Promise.all((await bodies.keysOf.load(id)).map((key) => byKey.load(key)))).flat(),
    themes: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.themesByIds(ids), (row) => row.parent_id),
    ),
    /** The keys of the bodies that each submission cites. */
    citations,
    /** The bodies that a submission cites, of those that the viewer may see. */
    cited: async (id: string): Promise<string[]> => {
      const ids = await Promise.all((await citations.load(id)).map((key) => bodies.idOf.load(key)));
      return [...new Set(ids)].filter((found) => found !== null);
    },
  };
};
export type SubmissionLoader = ReturnType<typeof createSubmissionLoader>;
