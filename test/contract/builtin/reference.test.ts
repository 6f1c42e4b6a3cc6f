import type { Graph } from '../../../gateway/graph';
import { loadBuiltins } from '../../../scripts/builtin/load';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';

describe('the reference data that comes along', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openTestGraph();
    await loadBuiltins(graph);
  });
  afterAll(() => graph.close());

  const ask = async (query: string) => dataOf(await askSubgraph(graph.organisations, query));

  it('has the codelists with their items, withdrawn ones marked', async () => {
    const { codelists, sector } = (await ask(`{
      codelists { name items { code } }
      sector: codelist(name: "Sector") { items { code name nameFr status } }
    }`)) as {
      codelists: { name: string; items: object[] }[];
      sector: { items: { code: string; name: string; nameFr: string | null; status: string }[] };
    };
    expect(codelists).toHaveLength(25);
    expect(codelists.find(({ name }) => name === 'CRSChannelCode')?.items).toHaveLength(438);
    const of = (code: string) => sector.items.find((item) => item.code === code);
    expect(of('15220')).toMatchObject({
      name: 'Civilian peace-building, conflict prevention and resolution',
      status: 'ACTIVE',
    });
    expect(of('92010')?.status).toBe('WITHDRAWN');
  });

  it('names countries and regions in the facts, and recognises their identifiers', async () => {
    const { organisations } = (await ask(`{ organisations(filter: { countries: ["NL"] }) {
      nodes { country { name regions { name } } identifiers { raw scheme } } } }`)) as {
      organisations: {
        nodes: { country: object; identifiers: { scheme: string | null }[] }[];
      };
    };
    expect(organisations.nodes.length).toBeGreaterThan(0);
    for (const { country, identifiers } of organisations.nodes) {
      expect(country).toEqual({
        name: 'Netherlands',
        regions: [{ name: 'Europe' }, { name: 'Western Europe' }],
      });
      for (const { scheme } of identifiers) expect(scheme).not.toBeNull();
    }
  });

  it('says of each where it is from, and under which licence', async () => {
    const { sources } = (await ask('{ sources { id licence publisherName attribution } }')) as {
      sources: { id: string }[];
    };
    expect(sources).toEqual(
      expect.arrayContaining([
        {
          id: 'iati-codelists',
          licence: 'MIT',
          publisherName: 'IATI',
          attribution: 'Copyright (c) IATI 2017',
        },
        expect.objectContaining({ id: 'org-id', licence: 'ODbL 1.0' }),
        expect.objectContaining({ id: 'm49', licence: 'PDDL' }),
        expect.objectContaining({ id: 'imf-rates' }),
      ]),
    );
  });

  it('is left alone when it is there', async () => {
    const runs = await graph.organisations.write.runs(500);
    await loadBuiltins(graph);
    expect(await graph.organisations.write.runs(500)).toEqual(runs);
  });
});
