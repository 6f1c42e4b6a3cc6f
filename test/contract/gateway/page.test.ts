import { pino } from 'pino';
import { DEFAULT_LIMITS } from '../../../gateway/config';
import { type Graph, openGraph } from '../../../gateway/graph';
import { createServer, type Server } from '../../../gateway/server';
import { composeSupergraph } from '../../../gateway/supergraph/compose';
import { type Apart, openApart } from '../../support/distributed';
import { activityFile, anActivity, aTransaction, importXml } from '../../support/iati';
import { openPage } from '../../support/page';

let graph: Graph;
let apart: Apart;
let server: Server;
beforeAll(async () => {
  graph = await openGraph(null);
  await importXml(graph, activityFile(anActivity('XX-1-A', 'XX-1', aTransaction('3', '5'))));
});
afterAll(() => graph.close());
beforeEach(async () => {
  apart = await openApart(graph.subgraphs);
  server = await createServer({
    config: { http: { port: 0, host: '127.0.0.1' }, limits: DEFAULT_LIMITS },
    subgraphs: [],
    remote: apart.remote,
    viewerFor: (tier) => apart.remote.viewerOf(tier),
    log: pino({ level: 'silent' }),
    supergraphSdl: composeSupergraph(graph.subgraphs).supergraphSdl,
  });
});
afterEach(async () => {
  await server.close();
  await apart.close();
});

const open = () =>
  openPage(async (url, { method, body } = {}) => {
    const answer = await server.app.inject({
      method: method === 'POST' ? 'POST' : 'GET',
      url,
      ...(body !== undefined && { payload: body, headers: { 'content-type': 'application/json' } }),
    });
    return answer.body;
  });
const end = async (name: string, isKnown = true) => {
  await apart.servers[graph.subgraphs.findIndex((subgraph) => subgraph.name === name)]?.close();
  if (isKnown) await apart.remote.look();
};

describe('the page for people', () => {
  it('shows each source with what it holds', async () => {
    const page = await open();
    expect(page.text('missing')).toBe('');
    expect(page.text('state')).toBe('1 source in the graph.');
    expect(page.isShown()).toBe(true);
    expect(page.rows()[0]?.[3]).toBe('1 organisations, 1 activities, 1 flows');
  });

  it.each([
    ['is known to be down', true],
    ['is found to be', false],
  ])('says in words which part %s, and shows the rest', async (_, isKnown) => {
    await end('funding', isKnown);
    const page = await open();
    expect(page.text('missing')).toBe(
      'Not answering at the moment: funding (activities and flows). Everything else is shown as it is.',
    );
    expect(page.text('state')).toBe('1 source in the graph.');
    expect(page.rows()[0]?.[3]).toBe(
      '1 organisations; activities and flows not known at the moment',
    );
  });

  it('counts what there is where the list of sources does not answer', async () => {
    await end('organisations');
    const page = await open();
    expect(page.text('missing')).toContain(
      'organisations (the list of sources, organisations and countries)',
    );
    expect(page.text('state')).toBe(
      'The list of sources cannot be had at the moment. The graph holds 1 activities, 1 flows; organisations not known at the moment.',
    );
    expect(page.isShown()).toBe(false);
  });

  it('says so where several do not answer', async () => {
    await end('networks');
    await end('policy');
    expect((await open()).text('missing')).toContain(
      'networks (networks and convenings) and policy (policy documents and policy processes)',
    );
  });
});
