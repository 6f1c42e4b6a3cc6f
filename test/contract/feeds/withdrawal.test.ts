import { hashInstallation } from '../../../scripts/installation/hash';
import { withdrawFeed } from '../../../scripts/feeds/withdraw';
import { askSubgraph, dataOf } from '../../support/ask';
import { type Feeds, openFeeds } from '../../support/feeds';
import { activityFile, anActivity, aTransaction, importXml } from '../../support/iati';
import { sayIn } from '../../support/say';

let feeds: Feeds;
beforeEach(async () => {
  feeds = await openFeeds();
  const { graph } = feeds;
  await sayIn(graph, [{ kind: 'membership', member: 'PG-REED', network: 'PG-OAK' }], 'oak');
  await importXml(
    graph,
    activityFile(
      anActivity('PG-OAK-1', 'PG-OAK', aTransaction('3', '100', '<receiver-org ref="PG-WILLOW"/>')),
    ),
    'oak-money',
  );
});
afterEach(() => feeds.close());

const received = anActivity(
  'PG-WILLOW-1',
  'PG-WILLOW',
  aTransaction('1', '100', '<provider-org ref="PG-OAK"/>'),
);
const STATEMENTS = [
  {
    kind: 'source',
    id: 'x',
    title: 'Willow',
    publisherName: 'Willow Web',
    licence: 'CC0',
    retrievedAt: '2026-05-01',
  },
  { kind: 'organisation', organisation: 'PG-WILLOW', organisationName: 'Willow Web' },
  { kind: 'membership', member: 'PG-HERON', network: 'PG-WILLOW' },
  { kind: 'host-arrangement', host: 'PG-OAK', hosted: 'PG-WILLOW' },
  { kind: 'policy-document', symbol: 'S/RES/1325', title: 'Women, peace', agenda: ['WPS'] },
]
  .map((record) => JSON.stringify(record))
  .join('\n');

const SOURCE = 'partner-willow-web-statements';

const receipts = async () =>
  (await feeds.door.log({ after: 0 })).events.filter(({ kind }) => kind === 'FEED_WITHDRAWN');

/** Adds both kinds of feeds, with what they have. */
const fill = async () => {
  feeds.server.has({ body: STATEMENTS });
  await feeds.add('statements');
  await feeds.look();
  feeds.server.has({ body: activityFile(received) });
  await feeds.add('iati');
  await feeds.door.fetchFeed('steward:1', 'willow-web', 'iati');
  const { due } = await feeds.desk.work();
  const { lookAtFeed } = await import('../../../scripts/feeds/work');
  for (const feed of due) await lookAtFeed(feeds.work, feed);
};

describe('a feed that is removed', () => {
  it('leaves the graph as if it had never been there, and a receipt', async () => {
    const { graph, door } = feeds;
    const before = await hashInstallation(graph);
    await fill();
    const filled = await hashInstallation(graph);
    expect(filled.whole).not.toBe(before.whole);
    expect(await graph.funding.db('flow_members')).not.toEqual([]);

    await door.removeFeed('partner:1', 'willow-web', 'statements', 'they ask');
    await door.removeFeed('partner:1', 'willow-web', 'iati', null);
    await feeds.withdraw();

    expect((await hashInstallation(graph)).databases).toEqual(
      before.databases.map((database) => ({ ...database, version: expect.any(Number) as number })),
    );
    const [first, second] = await receipts();
    expect(first).toMatchObject({
      actor: 'gateway',
      partner: 'willow-web',
      payload: {
        ...{ feed: 'statements', source: SOURCE },
        records: { organisation_records: 3, host_arrangements: 1, memberships: 1, documents: 1 },
        hash: expect.stringMatching(/^[\da-f]{64}$/) as string,
      },
    });
    expect(second).toMatchObject({ payload: { records: { activities: 1, flows: 1 } } });
    expect((await door.feeds('willow-web')).feeds).toMatchObject([
      { status: 'WITHDRAWN', receipt: { records: { memberships: 1 } } },
      { status: 'WITHDRAWN' },
    ]);
  });

  it('is in no answer any more, also not in one that asks for what was withdrawn', async () => {
    const { graph, door } = feeds;
    await fill();
    const [activity] = (await graph.funding
      .db('activities')
      .where('key', 'PG-WILLOW-1')
      .select('id')) as { id: string }[];
    expect(activity).toBeDefined();
    await door.retire('partner:1', 'willow-web', 'it closed');
    await feeds.withdraw();
    const query = `{ activities(filter: { includeWithdrawn: true }) { nodes { identifier } }
      activity(id: "${activity?.id ?? ''}") { identifier } }`;
    expect(dataOf(await askSubgraph(graph.funding, query))).toEqual({
      activities: { nodes: [{ identifier: 'PG-OAK-1' }] },
      activity: null,
    });
    const bodies = `{ sources { id } organisation(id: "PG-HERON") { name }
      organisations(filter: { includeWithdrawn: true }) { nodes { name } } }`;
    const said = JSON.stringify(dataOf(await askSubgraph(graph.organisations, bodies)));
    expect(said).not.toMatch(/HERON|Willow Web|partner-willow-web/);
    for (const table of ['outcomes', 'outcome_bodies', 'facts'])
      expect(JSON.stringify(await graph.funding.db(table))).not.toContain('HERON');
    expect(await receipts()).toHaveLength(2);
  });

  it('is erased to the end after an interruption, against the same receipt', async () => {
    const { graph, desk, door } = feeds;
    await fill();
    await door.removeFeed('partner:1', 'willow-web', 'statements', null);
    const [feed] = (await desk.work()).removed;
    if (!feed) throw new Error('no feed');
    const erase = () => Promise.reject(new Error('the disk is full'));
    const broken = { ...graph.policy, write: { ...graph.policy.write, erase } };
    await expect(withdrawFeed({ ...graph, policy: broken }, desk, feed)).rejects.toThrow('disk');
    expect(await receipts()).toEqual([]);
    await feeds.withdraw();
    expect(await receipts()).toMatchObject([
      { payload: { records: { organisation_records: 3, documents: 1 } } },
    ]);
    expect(await graph.policy.db('documents')).toEqual([]);
  });

  it('is erased again where an older backup brought it back', async () => {
    const { graph, door } = feeds;
    await fill();
    await door.retire('partner:1', 'willow-web', null);
    await feeds.withdraw();
    const erased = await hashInstallation(graph);
    await sayIn(graph, [{ kind: 'organisation', organisation: 'PG-HERON' }], SOURCE);
    await importXml(graph, activityFile(received), 'partner-willow-web-iati');
    expect((await hashInstallation(graph)).whole).not.toBe(erased.whole);
    await feeds.withdraw();
    expect((await hashInstallation(graph)).whole).toBe(erased.whole);
    expect(await receipts()).toHaveLength(2);
  });

  it('whose name was given to another meanwhile takes nothing of that one along', async () => {
    const { graph, desk, door } = feeds;
    await feeds.add('statements');
    await door.removeFeed('partner:1', 'willow-web', 'statements', null);
    const { removed } = await desk.work();
    await feeds.withdraw();
    feeds.server.has({ body: STATEMENTS });
    await feeds.add('statements');
    await feeds.look();
    for (const feed of removed) expect(await withdrawFeed(graph, desk, feed)).toBeNull();
    expect(await graph.policy.db('documents').whereNull('withdrawn_at')).toHaveLength(1);
  });
});
