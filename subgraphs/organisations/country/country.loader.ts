import DataLoader from 'dataloader';
import { inKeyOrder } from '../../shared/keyed';
import type { CountryStore } from './country.store';

export const createCountryLoader = (store: CountryStore) => ({
  all: () => store.all(),
  byCode: new DataLoader(async (codes: readonly string[]) =>
    inKeyOrder(codes, await store.byCodes(codes), ({ id }) => id),
  ),
  regionByCode: new DataLoader(async (codes: readonly string[]) =>
    inKeyOrder(codes, await store.regionsByCodes(codes), ({ id }) => id),
  ),
});
export type CountryLoader = ReturnType<typeof createCountryLoader>;
