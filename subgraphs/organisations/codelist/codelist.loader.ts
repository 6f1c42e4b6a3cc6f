import DataLoader from 'dataloader';
import { groupedByKey, inKeyOrder } from '../../shared/keyed';
import type { CodelistStore } from './codelist.store';

export const createCodelistLoader = (store: CodelistStore) => ({
  all: () => store.all(),
  byName: new DataLoader(async (names: readonly string[]) =>
    inKeyOrder(names, await store.byNames(names), ({ name }) => name),
  ),
  itemsByName: new DataLoader(async (names: readonly string[]) =>
    groupedByKey(names, await store.itemsByNames(names), ({ codelist }) => codelist),
  ),
  /** Items by `<codelist>/<code>`. */
  itemsByCode: new DataLoader(async (keys: readonly string[]) => {
    const pairs = keys.map((key): [string, string] => {
      const at = key.indexOf('/');
      return [key.slice(0, at), key.slice(at + 1)];
    });
    return inKeyOrder(
      keys,
      await store.itemsByCodes(pairs),
      ({ codelist, code }) => `${codelist}/${code}`,
    );
  }),
});
export type CodelistLoader = ReturnType<typeof createCodelistLoader>;
