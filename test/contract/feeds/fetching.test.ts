import { gzipSync } from 'node:zlib';
import { createAddressRules } from '../../../gateway/supergraph/contain/addresses';
import { lookAtDueFeeds } from '../../../scripts/feeds/work';
import { activityFile, anActivity } from '../../support/iati';
import { type Feeds, openFeeds } from '../../support/feeds';

let feeds: Feeds;
beforeEach(async () => {
  feeds = await openFeeds();
});
afterEach(() => feeds.close());

const ids = (...numbers: number[]) =>
  activityFile(...numbers.map((number) => anActivity(`PG-WILLOW-${number}`, 'PG-WILLOW')));
const activities = async () =>
  ((await feeds.graph.funding.db('activities').whereNull('withdrawn_at')) as { key: string }[])
    .map(({ key }) => key)
    .sort();
const runs = () => feeds.graph.organisations.write.runs(10);

describe('a feed', () => {
  it('is asked whether it has changed, and imported only if it has', async () => {
    await feeds.add('iati');
    feeds.server.has({ body: ids(1, 2), headers: { etag: '"one"', 'last-modified': 'today' } });
    await feeds.look();
    expect(await activities()).toEqual(['PG-WILLOW-1', 'PG-WILLOW-2']);
    await feeds.look();
    expect(feeds.server.asked).toMatchObject([
      { 'accept-encoding': 'gzip' },
      { 'if-none-match': '"one"', 'if-modified-since': 'today' },
    ]);
    expect(feeds.server.asked[0]).not.toHaveProperty('if-none-match');
    expect(await runs()).toHaveLength(1);
    expect(await feeds.view()).toMatchObject({
      ...{ result: 'CURRENT', failure: null, records: 2, source: 'partner-willow-web-iati' },
      report: { status: 'imported', read: { activities: 2 } },
    });
    expect((await feeds.kinds()).filter((kind) => kind.startsWith('FEED'))).toEqual([
      'FEED_ADDED',
      'FEED_CHANGED',
    ]);
  });

  it('is not imported again where the address knows no conditions, but has the same', async () => {
    await feeds.add('iati');
    feeds.server.has({ body: gzipSync(ids(1)), headers: { 'content-encoding': 'gzip' } });
    await feeds.look();
    await feeds.look();
    expect(await activities()).toEqual(['PG-WILLOW-1']);
    expect(await runs()).toHaveLength(1);
  });

  it('is due when its time has come, and not before', async () => {
    await feeds.add('iati');
    feeds.server.has({ body: ids(1) });
    expect((await feeds.desk.work()).due).toHaveLength(1);
    await lookAtDueFeeds(feeds.work);
    expect((await feeds.desk.work()).due).toEqual([]);
    await feeds.door.fetchFeed('partner:1', 'willow-web', 'iati');
    expect((await feeds.desk.work()).due).toEqual([]);
    expect(Date.parse((await feeds.view()).dueAt) - Date.now()).toBeLessThan(301_000);
    await feeds.door.fetchFeed('steward:1', 'willow-web', 'iati');
    expect((await feeds.desk.work()).due).toHaveLength(1);
  });

  it.each([
    ['is broken', { body: ids(1).slice(0, -20) }, /line \d+/],
    ['is none', { body: '<html><body>Not here</body></html>' }, /./],
    ['is missing', { status: 404, body: 'password=1' }, /^it answered 404\.$/],
    [
      'has moved',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' },
      /steward/,
    ],
    ['is too large', { body: ids(1).padEnd(20_000) }, /more than 10000 bytes/],
    [
      'unpacks to too much',
      { body: gzipSync(Buffer.alloc(1_000_000)), headers: { 'content-encoding': 'gzip' } },
      /more than 10000 bytes/,
    ],
    ['is no gzip', { body: 'no', headers: { 'content-encoding': 'gzip' } }, /did not answer/],
    ['is packed otherwise', { body: 'x', headers: { 'content-encoding': 'br' } }, /gzip/],
    ['does not come', { body: '', meanwhile: () => new Promise<void>(() => undefined) }, /longer/],
  ])('changes nothing when it %s, and says why', async (_what, contents, words) => {
    await feeds.add('iati');
    feeds.server.has({ body: ids(1), headers: { etag: '"one"' } });
    await feeds.look();
    feeds.server.has(contents);
    await feeds.look({ bytes: 10_000, deadlineMs: 2000 });
    const { result, failure } = await feeds.view();
    expect({ result, failure }).toEqual({
      result: 'FAILED',
      failure: expect.stringMatching(words) as string,
    });
    expect(failure).not.toContain('password');
    expect(await activities()).toEqual(['PG-WILLOW-1']);
    feeds.server.has({ body: ids(1), headers: { etag: '"one"' } });
    await feeds.look();
    expect(await feeds.view()).toMatchObject({ result: 'CURRENT', failure: null });
  });

  it('that lost more than half of its records waits for a steward', async () => {
    await feeds.add('iati');
    feeds.server.has({ body: ids(1, 2, 3) });
    await feeds.look();
    feeds.server.has({ body: ids(1) });
    await feeds.look();
    expect(await feeds.view()).toMatchObject({
      ...{ result: 'HELD', records: 3 },
      failure: expect.stringContaining('of 3 records it had there are 1') as string,
    });
    expect(await activities()).toHaveLength(3);
    await feeds.door.acceptFeed('steward:1', 'willow-web', 'iati');
    await lookAtDueFeeds(feeds.work);
    expect(await activities()).toEqual(['PG-WILLOW-1']);
    feeds.server.has({ body: activityFile() });
    await feeds.look();
    expect(await feeds.view()).toMatchObject({ result: 'HELD' });
  });

  it('may not be at a private address', async () => {
    await feeds.add('iati');
    await lookAtDueFeeds({ ...feeds.work, addresses: createAddressRules({ allowed: [] }) });
    expect((await feeds.view()).failure).toContain('it may not be asked');
    expect(feeds.server.asked).toEqual([]);
  });

  it('that is removed while it is fetched does not come into the graph', async () => {
    await feeds.add('iati');
    feeds.server.has({
      body: ids(1),
      meanwhile: async () => {
        await feeds.door.removeFeed('partner:1', 'willow-web', 'iati', null);
      },
    });
    await feeds.look();
    expect(await activities()).toEqual([]);
  });
});

describe('the registry', () => {
  it('takes feeds in by names of their own, and for somebody', async () => {
    await feeds.add('iati');
    await expect(feeds.add('iati')).rejects.toThrow('has a feed iati already');
    await expect(feeds.add('360giving', { publishers: [] })).rejects.toThrow('identifiers');
    await expect(feeds.door.removeFeed('x', 'willow-web', 'grants', null)).rejects.toThrow(
      'no feed "grants"',
    );
    await feeds.door.removeFeed('x', 'willow-web', 'iati', null);
    await expect(feeds.add('iati')).rejects.toThrow('being erased');
    await feeds.withdraw();
    expect((await feeds.add('iati')).feeds).toMatchObject([{ status: 'ACTIVE' }]);
  });
});
