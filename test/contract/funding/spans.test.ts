import type { Graph } from '../../../gateway/graph';
import { spansOf } from '../../../subgraphs/funding/summary/spans.store';
import { openTestGraph } from '../../support/databases';
import { activityFile, anActivity, aTransaction, importXml } from '../../support/iati';

let graph: Graph;
beforeEach(async () => {
  graph = await openTestGraph();
});
afterEach(() => graph.close());

const DATES = ['2019-01-05', '2019-01-20', '2019-03-01', '2020-01-01', '2020-01-31', '2020-02-01'];
const spans = (filter: object, most: number) => spansOf(graph.funding.db, filter, most);

describe('spans of time', () => {
  beforeEach(() =>
    importXml(
      graph,
      activityFile(
        anActivity(
          'XM-DAC-1-A',
          'XM-DAC-1',
          DATES.map((date) => aTransaction('3', '1', '<receiver-org ref="GB-CHC-1"/>', date)).join(
            '',
          ),
        ),
      ),
    ),
  );

  it('are one where there is little', async () => {
    expect(await spans({}, 6)).toEqual([{}]);
  });

  it('follow each other without gap, each of whole months and of so many flows at most', async () => {
    expect(await spans({}, 3)).toEqual([{ until: '2020-01' }, { from: '2020-01' }]);
    expect(await spans({}, 2)).toEqual([
      { until: '2019-03' },
      { from: '2019-03', until: '2020-01' },
      { from: '2020-01', until: '2020-02' },
      { from: '2020-02' },
    ]);
    expect(await spans({}, 1)).toHaveLength(4);
  });

  it('look at the time that is asked for only, and at none where the filter is narrow', async () => {
    expect(await spans({ year: 2019 }, 2)).toEqual([{ until: '2019-03' }, { from: '2019-03' }]);
    expect(await spans({ date: { from: '2020-01-31' } }, 1)).toEqual([
      { until: '2020-02' },
      { from: '2020-02' },
    ]);
    expect(await spans({ providers: ['XM-DAC-1'] }, 1)).toEqual([{}]);
  });
});
