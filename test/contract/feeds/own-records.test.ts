import { askSubgraph, dataOf } from '../../support/ask';
import { type Feeds, openFeeds } from '../../support/feeds';
import { activityFile, anActivity, importXml } from '../../support/iati';
import { sayIn } from '../../support/say';

let feeds: Feeds;
beforeEach(async () => {
  feeds = await openFeeds();
});
afterEach(() => feeds.close());

const NEWER = 'last-updated-datetime="2030-01-01T00:00:00Z"';
const OLDER = 'last-updated-datetime="2020-01-01T00:00:00Z"';
const problems = async () =>
  ((await feeds.view()).report?.problems ?? []).map(({ line, record, code }) => ({
    line,
    record,
    code,
  }));
const ask = async (name: 'organisations' | 'funding', query: string) =>
  dataOf(await askSubgraph(feeds.graph[name], query));

const lines = (...records: object[]) => records.map((record) => JSON.stringify(record)).join('\n');
const header = (more = {}) => ({
  kind: 'source',
  id: 'oak',
  title: 'What the web says',
  publisher: 'PG-OAK',
  publisherName: 'Oak Trust',
  licence: 'CC0',
  retrievedAt: '2026-05-01',
  ...more,
});

describe('a feed of money', () => {
  it('reports no activity of another publisher, and replaces none', async () => {
    const { graph, server } = feeds;
    await importXml(graph, activityFile(anActivity('PG-OAK-1', 'PG-OAK', '', OLDER)), 'oak');
    await feeds.add('iati');
    server.has({
      body: activityFile(
        anActivity('PG-OAK-1', 'PG-OAK', '', NEWER),
        anActivity('PG-OAK-1', 'PG-WILLOW', '', NEWER),
        anActivity('PG-WILLOWS-1', 'PG-WILLOW'),
        anActivity('PG-WILLOW-1', ''),
        anActivity('pg-willow-2', 'pg-willow'),
      ),
    });
    await feeds.look();
    const code = 'NOT_ITS_OWN';
    expect(await problems()).toEqual([
      { line: 3, record: 'PG-OAK-1', code },
      { line: 6, record: 'PG-OAK-1', code },
      { line: 9, record: 'PG-WILLOWS-1', code },
      { line: 12, record: 'PG-WILLOW-1', code },
    ]);
    const stand = '{ activities { nodes { identifier } } }';
    expect((await ask('funding', stand)).activities).toEqual({
      nodes: expect.arrayContaining([
        { identifier: 'PG-OAK-1' },
        { identifier: 'pg-willow-2' },
      ]) as object[],
    });
    const [theirs] = (await graph.funding
      .db('activities')
      .where('source_id', 'oak')
      .select('superseded_from', 'withdrawn_at')) as object[];
    expect(theirs).toEqual({ superseded_from: 4, withdrawn_at: null });
  });

  it('has no budget of another body, whichever identifier comes first', async () => {
    await feeds.add('iati');
    const file = (first: string, second: string) => `<iati-organisation>
      <iati-identifier>${first}</iati-identifier>
      <organisation-identifier>${second}</organisation-identifier>
      <reporting-org ref="PG-WILLOW"><narrative>Willow</narrative></reporting-org>
      <total-budget><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
      <value currency="USD" value-date="2024-01-01">5</value></total-budget></iati-organisation>`;
    feeds.server.has({
      body: `<iati-organisations version="2.03">${file('PG-WILLOW', 'PG-OAK')}${file('PG-OAK', 'PG-WILLOW')}</iati-organisations>`,
    });
    await feeds.look();
    expect(await problems()).toMatchObject([{ code: 'NOT_ITS_OWN' }]);
    expect(await feeds.graph.funding.db('budgets').select('provider_key')).toEqual([
      { provider_key: 'PG-WILLOW' },
    ]);
  });

  it('has no grant of another funder, nor under another’s prefix', async () => {
    await feeds.add('360giving', { publishers: ['PG-WILLOW', '360G-willow'] });
    const grant = (id: string, funder: string) => ({
      id,
      title: 'A grant',
      currency: 'GBP',
      amountAwarded: 5,
      awardDate: '2024-01-01',
      fundingOrganization: [{ id: funder, name: 'A funder' }],
      recipientOrganization: [{ id: 'PG-REED', name: 'Reed' }],
    });
    feeds.server.has({
      body: JSON.stringify({
        grants: [
          grant('360G-willow-1', 'PG-WILLOW'),
          grant('360G-willow-2', 'PG-OAK'),
          grant('360G-oak-3', 'PG-WILLOW'),
        ],
      }),
    });
    await feeds.look();
    expect((await problems()).map(({ record }) => record)).toEqual(['360G-willow-2', '360G-oak-3']);
    expect(await ask('funding', '{ activities { nodes { identifier } } }')).toEqual({
      activities: { nodes: [{ identifier: '360G-willow-1' }] },
    });
  });
});

describe('a feed of statements', () => {
  const OAK = { kind: 'organisation', organisation: 'PG-OAK', organisationName: 'Oak Trust' };

  it('stands beside what others say, and is believed after them', async () => {
    await sayIn(feeds.graph, [{ ...OAK, country: 'KE' }], 'oak');
    await importXml(feeds.graph, activityFile(anActivity('PG-ELM-1', 'PG-ELM')), 'elm');
    await feeds.add('statements');
    feeds.server.has({
      body: lines(
        header(),
        { ...OAK, organisationName: 'Fake', country: 'NO', verification: 'VERIFIED' },
        { ...OAK, organisation: 'PG-ELM', organisationName: 'Fake', verification: 'VERIFIED' },
        { ...OAK, organisation: 'PG-WILLOW', organisationName: 'Willow Web' },
      ),
    });
    await feeds.look();
    const query = `{ oak: organisation(id: "PG-OAK") { name country { id } provenance { source { id } } }
      elm: organisation(id: "PG-ELM") { name } willow: organisation(id: "PG-WILLOW") { name } }`;
    expect(await ask('organisations', query)).toMatchObject({
      oak: {
        name: 'Oak Trust',
        country: { id: 'KE' },
        provenance: [
          { source: { id: 'oak' } },
          { source: { id: 'partner-willow-web-statements' } },
        ],
      },
      elm: { name: 'Reporter PG-ELM' },
      willow: { name: 'Willow Web' },
    });
  });

  it('is its own source, and of its own publisher, whatever it says', async () => {
    await sayIn(feeds.graph, [OAK], 'oak', { title: 'Theirs' });
    await feeds.add('statements', { licence: 'CC BY 4.0' });
    feeds.server.has({ body: lines(header(), OAK) });
    await feeds.look();
    expect(
      await ask('organisations', '{ sources { id title licence publisherName publisher { id } } }'),
    ).toMatchObject({
      sources: [
        { id: 'oak', title: 'Theirs' },
        {
          id: 'partner-willow-web-statements',
          licence: 'CC BY 4.0',
          publisherName: 'willow-web',
          publisher: null,
        },
      ],
    });
  });

  it('names no document otherwise than others do, however new and checked it says it is', async () => {
    const document = { kind: 'policy-document', symbol: 'S/RES/1325', agenda: ['WPS'] };
    await sayIn(feeds.graph, [{ ...document, title: 'Women, peace and security' }], 'oak');
    await feeds.add('statements');
    const checked = { verification: 'VERIFIED', citation: 'p. 1' };
    feeds.server.has({
      body: lines(
        header({ retrievedAt: '2099-01-01' }),
        { ...document, ...checked, title: 'Something else' },
        { ...document, symbol: 'S/RES/1', title: 'Its own' },
      ),
    });
    await feeds.look();
    const query = `{ ours: policyDocument(symbol: "S/RES/1325") { title
        provenance { sourceId: source { id } verification } disputes { property values { value } } }
      theirs: policyDocument(symbol: "S/RES/1") { title } }`;
    expect(dataOf(await askSubgraph(feeds.graph.policy, query))).toMatchObject({
      ours: {
        title: 'Women, peace and security',
        provenance: [{ sourceId: { id: 'oak' } }, { verification: null }],
        disputes: [
          {
            property: 'title',
            values: [{ value: 'Women, peace and security' }, { value: 'Something else' }],
          },
        ],
      },
      theirs: { title: 'Its own' },
    });
  });

  it('joins no bodies but its own', async () => {
    await feeds.add('statements', { publishers: ['PG-WILLOW', 'XX-REG-7'] });
    feeds.server.has({
      body: lines(
        header(),
        { ...OAK, identifiers: ['PG-ELM', 'PG-WILLOW'] },
        { ...OAK, organisation: 'PG-WILLOW', identifiers: ['PG-REED', 'XX-REG-7'] },
        { kind: 'organisation', organisationName: 'Nobody', identifiers: ['PG-OAK'] },
      ),
    });
    await feeds.look();
    const links = (await feeds.graph.organisations.db('identity_links')) as object[];
    expect(links).toMatchObject([{ key: 'PG-WILLOW', same_as: 'XX-REG-7' }]);
  });

  it('has nobody else speak', async () => {
    await feeds.add('statements');
    const says = (organisation: string, selfMade: boolean) => ({
      ...{ kind: 'self-statement', organisation, topic: 'IDENTITY', selfMade },
      text: 'We are a network.',
    });
    feeds.server.has({
      body: lines(
        header(),
        says('PG-OAK', true),
        says('PG-OAK', false),
        says('PG-WILLOW', true),
        { kind: 'annual-figures', organisation: 'PG-OAK', year: '2030', requests: 1 },
        { kind: 'annual-figures', organisation: 'PG-WILLOW', year: '2030', requests: 1 },
      ),
    });
    await feeds.look();
    expect(await problems()).toMatchObject([
      { line: 2, code: 'NOT_ITS_OWN' },
      { line: 5, code: 'NOT_ITS_OWN' },
    ]);
    expect(await feeds.graph.organisations.db('self_statements')).toHaveLength(2);
    expect(await feeds.graph.organisations.db('annual_figures').select('key')).toEqual([
      { key: 'PG-WILLOW' },
    ]);
  });
});
