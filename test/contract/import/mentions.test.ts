import { type Graph, openGraph } from '../../../gateway/graph';
import { importStatements } from '../../../scripts/import/statements/import';
import { askSubgraph, dataOf } from '../../support/ask';
import { inputOf } from '../../support/iati';

const SOURCE = {
  kind: 'source',
  id: 'src',
  title: 'A source',
  publisherName: 'Somebody',
  licence: 'CC0',
  retrievedAt: '2026-05-01',
};
const NET = { kind: 'organisation', organisation: 'PG-NET', organisationName: 'Net' };
const open = { kind: 'membership', member: 'PG-A', network: 'PG-NET' };
const hidden = { ...open, id: 'h', memberName: 'Secret name', visibility: 'DONOR' };

let graph: Graph;
beforeEach(async () => {
  graph = await openGraph(null);
});
afterEach(() => graph.close());

const bodySeenBy = async (tier: number) =>
  dataOf(
    await askSubgraph(graph.organisations, '{ organisation(id: "PG-A") { name aliases } }', tier),
  );

describe('a body that an open and a hidden record name', () => {
  it.each([
    ['the open one first', [open, hidden]],
    ['the hidden one first', [hidden, open]],
  ])('has the hidden one’s name for those alone who may see that: %s', async (_order, records) => {
    const text = [SOURCE, NET, ...records].map((record) => JSON.stringify(record)).join('\n');
    const { problems } = await importStatements(graph, [inputOf(text, 'test.jsonl')]);
    expect(problems).toMatchObject({ rejected: 0 });
    expect(await bodySeenBy(0)).toEqual({ organisation: { name: 'PG-A', aliases: [] } });
    expect(await bodySeenBy(2)).toEqual({ organisation: { name: 'Secret name', aliases: [] } });
  });
});
