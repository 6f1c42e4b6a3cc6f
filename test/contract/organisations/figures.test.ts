import type { OrganisationsSubgraph } from '../../../subgraphs/organisations';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { askSubgraph, dataOf } from '../../support/ask';
import { anOrganisation, aSource, openOrganisations } from '../../support/organisations';
import { aRecord } from '../../support/records';

let subgraph: OrganisationsSubgraph;
let statements: string[];
let close: () => Promise<void>;
beforeEach(async () => {
  ({ subgraph, statements, close } = await openOrganisations());
  const edition = await subgraph.write.openEdition(
    { sourceId: 'src', retrievedAt: '2026-01-01T00:00:00.000Z' },
    aSource(),
  );
  await edition.organisations(['A', 'B', 'C'].map((key) => anOrganisation({ key })));
  const year = (of: string, key: string, income: string | null, more = {}) =>
    aRecord(
      `${key} ${of}`,
      {
        key,
        year: of,
        currency: 'KES',
        income,
        secretariat_budget: null,
        requests: 3,
        requests_met: null,
      },
      more,
    );
  await edition.figures([
    year('2023', 'A', '10.5'),
    year('2025', 'A', null),
    year('2024', 'A', '0', { visibility: Visibility.DONOR }),
    year('2024', 'B', '7'),
  ]);
  const access = (key: string, place: string, to: string | null, more = {}) =>
    aRecord(
      `${key} at ${place}`,
      { key, place, form: 'OFFICE', from_date: '2010', to_date: to },
      more,
    );
  await edition.accesses([
    access('A', 'NEW_YORK', null),
    access('A', 'GENEVA', '2015'),
    access('B', 'NEW_YORK', null, { visibility: Visibility.PARTNER }),
  ]);
  await edition.commit();
  statements.length = 0;
});
afterEach(() => close());

const ask = async (query: string, tier = 0) => dataOf(await askSubgraph(subgraph, query, tier));

it('shows what bodies publish of their years, the newest first, in one query for all', async () => {
  const query =
    '{ organisations { nodes { id annualFigures { year income currency requests } } } }';
  expect(await ask(query)).toEqual({
    organisations: {
      nodes: [
        {
          id: 'A',
          annualFigures: [
            { year: '2025', income: null, currency: 'KES', requests: 3 },
            { year: '2023', income: '10.5', currency: 'KES', requests: 3 },
          ],
        },
        { id: 'B', annualFigures: [{ year: '2024', income: '7', currency: 'KES', requests: 3 }] },
        { id: 'C', annualFigures: [] },
      ],
    },
  });
  expect(statements.filter((sql) => sql.includes('annual_figures'))).toHaveLength(1);
  expect(JSON.stringify(await ask(query, 2))).toContain('{"year":"2024","income":"0"');
});

it('finds bodies by access to a seat of the United Nations that goes on', async () => {
  const found = async (place: string, tier = 0) =>
    (
      (await ask(
        `{ organisations(filter: { unAccess: [${place}] }) { nodes { id unAccess { place to } } } }`,
        tier,
      )) as { organisations: { nodes: { id: string; unAccess: object[] }[] } }
    ).organisations.nodes;
  expect(await found('NEW_YORK')).toEqual([
    {
      id: 'A',
      unAccess: expect.arrayContaining([
        { place: 'NEW_YORK', to: null },
        { place: 'GENEVA', to: '2015' },
      ]) as object[],
    },
  ]);
  expect((await found('NEW_YORK', 1)).map(({ id }) => id)).toEqual(['A', 'B']);
  expect(await found('GENEVA')).toEqual([]);
});
