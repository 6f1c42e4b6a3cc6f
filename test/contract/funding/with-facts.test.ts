import type { Graph } from '../../../gateway/graph';
import { importStatements } from '../../../scripts/import/statements/import';
import { createFactsStore } from '../../../subgraphs/funding/classification/facts.store';
import { openTestGraph } from '../../support/databases';
import { activityFile, anActivity, aTransaction, importXml, inputOf } from '../../support/iati';

let graph: Graph;
beforeEach(async () => {
  graph = await openTestGraph();
});
afterEach(() => graph.close());

const said = (records: readonly object[]) => [
  inputOf(
    [
      {
        kind: 'source',
        id: 'said',
        title: 'What was said',
        publisherName: 'Somebody',
        licence: 'CC0',
        retrievedAt: '2026-01-01',
      },
      ...records,
    ]
      .map((record) => JSON.stringify(record))
      .join('\n'),
    'said.jsonl',
  ),
];
const membership = (member: string, network: string, visibility: string) => ({
  kind: 'membership',
  member,
  memberName: `Body ${member}`,
  network,
  networkName: `Body ${network}`,
  visibility,
});

/** All bodies with facts, so many bodies looked at in one step, and the steps that it took. */
const allAt = async (tier: number, most: number) => {
  const store = createFactsStore(graph.funding.db, await graph.viewerOf(tier));
  const found: string[] = [];
  let [after, steps] = ['', 0];
  for (;;) {
    const some = await store.withFacts(after, most);
    if (!some) return { found, steps };
    expect(some.ids.every((id) => id > after && id <= some.last)).toBe(true);
    found.push(...some.ids);
    after = some.last;
    steps += 1;
  }
};

describe('bodies of which something is on record that a rule looks at', () => {
  it('are found in the order of ids whatever the size of a step, at each tier those that it sees', async () => {
    const tiers = ['PUBLIC', 'PARTNER', 'DONOR', 'STEWARD'];
    await importStatements(
      graph,
      said([
        // A network of each tier, and members of which nothing is on record but that they belong to it.
        ...tiers.flatMap((visibility, tier) =>
          ['A', 'B', 'C'].map((member) =>
            membership(`XX-1-${member}${tier}`, `XX-1-N${tier}`, visibility),
          ),
        ),
        // Known to all, with members that only stewards know of.
        { kind: 'organisation', organisation: 'XX-1-M', organisationName: 'Seen without members' },
        membership('XX-1-A0', 'XX-1-M', 'STEWARD'),
      ]),
    );
    await importXml(
      graph,
      activityFile(
        anActivity('1', 'XX-1-D', aTransaction('3', '5', '<receiver-org ref="XX-1-E"/>')),
      ),
    );
    await graph.follow();
    const paid = ['XX-1-D', 'XX-1-E'];
    const networks = ['XX-1-N0', 'XX-1-N1', 'XX-1-N2', 'XX-1-N3'];
    for (const tier of [0, 1, 2, 3]) {
      const expected = [
        ...paid,
        ...(tier === 3 ? ['XX-1-M'] : []),
        ...networks.slice(0, tier + 1),
      ].sort();
      for (const most of [1, 2, 3, 7, 500])
        expect([tier, most, (await allAt(tier, most)).found]).toEqual([tier, most, expected]);
      // Each step goes on where the last one ended: linear in the bodies.
      const { found, steps } = await allAt(tier, 3);
      const { steps: bodies } = await allAt(tier, 1);
      expect(found).toEqual(expected);
      expect(steps).toBe(Math.ceil(bodies / 3));
    }
  });
});
