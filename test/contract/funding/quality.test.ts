import type { Graph } from '../../../gateway/graph';
import { importReference } from '../../../scripts/import/reference/import';
import { openTestGraph } from '../../support/databases';
import { openGateway, type TestGateway } from '../../support/gateway';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';

let graph: Graph;
let gateway: TestGateway;
beforeEach(async () => {
  graph = await openTestGraph();
  gateway = await openGateway(graph);
});
afterEach(async () => {
  await gateway.close();
  await graph.close();
});

describe('the quality of a source', () => {
  it('says which links lead somewhere, what is matched, what can be converted, who is registered', async () => {
    await importReference(
      graph,
      'rates',
      inputOf(
        JSON.stringify([{ currency_id: 'USD', year: 2020, month: 5, value: 0.73 }]),
        'https://rates.example/rates.json',
      ),
    );
    await importReference(
      graph,
      'org-id',
      inputOf(
        JSON.stringify([{ code: 'GB-CHC', name: { en: 'Charities' } }]),
        'https://registers.example/registers.json',
      ),
    );
    const to = (activity: string) =>
      `<receiver-org ref="GB-CHC-10" receiver-activity-id="${activity}"/>`;
    await importXml(
      graph,
      activityFile(
        anActivity(
          'XM-9-A',
          'XM-9',
          [
            aTransaction('3', '100', to('GB-CHC-10-B')),
            aTransaction('3', '30', to('MISSPELT')),
            aTransaction('3', '40', '<receiver-org ref="GB-CHC-10"/>', '2020-09-01'),
            aTransaction('4', '7', '', '2020-09-02'),
          ].join(''),
        ),
      ),
      'donor',
    );
    await importXml(
      graph,
      activityFile(
        anActivity(
          'GB-CHC-10-B',
          'GB-CHC-10',
          aTransaction('1', '100', '<provider-org ref="XM-9" provider-activity-id="XM-9-A"/>'),
        ),
      ),
      'network',
      '2020-01-01T00:00:00.000Z',
    );
    const { sources } = (await gateway.dataOf(
      `{ sources { id ageDays registered { count of share }
         moneyQuality { links { count of } matched { count of share } convertible { count of } } } }`,
    )) as { sources: { id: string; ageDays: number }[] };
    const byId = new Map(sources.map((source) => [source.id, source]));
    expect(byId.get('donor')).toMatchObject({
      registered: { count: 1, of: 2, share: 0.5 },
      moneyQuality: {
        links: { count: 1, of: 2 },
        matched: { count: 1, of: 3, share: 1 / 3 },
        convertible: { count: 2, of: 4 },
      },
    });
    expect(byId.get('network')).toMatchObject({
      moneyQuality: { links: { count: 1, of: 1 }, matched: { count: 1, of: 1 } },
    });
    expect(byId.get('imf-rates')).toMatchObject({
      registered: { count: 0, of: 0, share: null },
      moneyQuality: null,
    });
    // Taken in 2020: some thousand days old.
    expect(byId.get('network')?.ageDays).toBeGreaterThan(2000);
  });
});
