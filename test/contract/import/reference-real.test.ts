import { readdirSync, readFileSync } from 'node:fs';
import type { Graph } from '../../../gateway/graph';
import { inputsOf } from '../../../scripts/import/inputs';
import { importReference } from '../../../scripts/import/reference/import';
import type { ReferenceKind } from '../../../scripts/import/reference/kinds';
import { askSubgraph, dataOf } from '../../support/ask';
import { openTestGraph } from '../../support/databases';
import { describeReal, realFile } from '../../support/real-data';

describeReal('the real reference data', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await openTestGraph();
  });
  afterEach(() => graph.close());

  const importOne = async (kind: ReferenceKind, ...parts: string[]) => {
    const [input] = await inputsOf([realFile(...parts)], ['.xml', '.json', '.csv']);
    if (!input) throw new Error('no input');
    return importReference(graph, kind, input);
  };

  it('has every codelist with as many codes as the file has items', async () => {
    const files = readdirSync(realFile('iati-codelists')).filter((name) => name.endsWith('.xml'));
    for (const name of files) {
      const { read } = await importOne('codelists', 'iati-codelists', name);
      const items =
        readFileSync(realFile('iati-codelists', name), 'utf8').match(/<codelist-item[ >]/g)
          ?.length ?? 0;
      expect([name, read.codes]).toEqual([name, items]);
    }
    const { codelists, channel } = dataOf(
      await askSubgraph(
        graph.organisations,
        '{ codelists { name } channel: codelist(name: "CRSChannelCode") { items { code name status } } }',
      ),
    ) as { codelists: object[]; channel: { items: { code: string; name: string }[] } };
    expect(codelists).toHaveLength(files.length);
    expect(channel.items).toHaveLength(438);
    expect(channel.items.find(({ code }) => code === '32000')?.name).toMatch(/Network/i);
  });

  it('has 823 registers, and the same list again changes nothing', async () => {
    expect((await importOne('org-id', 'org-id', 'org-id-lists.json')).read).toEqual({
      registers: 823,
    });
    expect((await importOne('org-id', 'org-id', 'org-id-lists.json')).counts).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 823,
    });
  });

  it('has countries with their regions, Kosovo and Namibia among them', async () => {
    await importOne('countries', 'geo', 'country-codes.csv');
    const { countries } = dataOf(
      await askSubgraph(graph.organisations, '{ countries { id name regions { id name } } }'),
    ) as {
      countries: { id: string; name: string; regions: { id: string; name: string }[] }[];
    };
    const of = (code: string) => countries.find(({ id }) => id === code);
    expect(of('NA')).toEqual({
      id: 'NA',
      name: 'Namibia',
      regions: [
        { id: '002', name: 'Africa' },
        { id: '202', name: 'Sub-Saharan Africa' },
        { id: '018', name: 'Southern Africa' },
      ],
    });
    expect(of('XK')?.regions.map(({ id }) => id)).toEqual(['150', '039']);
    expect(of('TW')).toBeDefined();
  });

  it('has 17,519 rates', async () => {
    expect(
      (await importOne('rates', 'reference', 'imf-currency-monthly-average.json')).counts.created,
    ).toBe(17519);
  });
});
