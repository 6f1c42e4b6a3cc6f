import type { OrganisationsSubgraph } from '../../../subgraphs/organisations';
import { askSubgraph, dataOf } from '../../support/ask';
import { openOrganisations } from '../../support/organisations';

let subgraph: OrganisationsSubgraph;
let close: () => Promise<void>;
beforeEach(async () => ({ subgraph, close } = await openOrganisations()));
afterEach(() => close());

it('names a country that no list has by its code, so that the record that uses it stays whole', async () => {
  const kenya = { code: 'KE', iso3: 'KEN', m49: '404', name: 'Kenya', nameFr: null };
  await subgraph.write.putCountries(
    [{ ...kenya, regions: ['002'] }],
    [{ code: '002', name: 'Africa', nameFr: null, parent: null }],
    'm49',
  );
  // Another source's list stands beside it, and goes alone.
  await subgraph.write.putCountries([{ ...kenya, code: 'QM', regions: [] }], [], 'other');
  await subgraph.write.putCountries([], [], 'other');
  expect(
    dataOf(
      await askSubgraph(
        subgraph,
        `{ _entities(representations: [{ __typename: "Country", id: "KE" }, { __typename: "Country", id: "QM" }]) {
          ... on Country { id name regions { name } } } }`,
      ),
    ),
  ).toEqual({
    _entities: [
      { id: 'KE', name: 'Kenya', regions: [{ name: 'Africa' }] },
      { id: 'QM', name: 'QM', regions: [] },
    ],
  });
});
