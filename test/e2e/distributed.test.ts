import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { readConfig, type Running, start, startRemote } from '../../gateway';
import type { SourcesExtension } from '../../gateway/sources';
import { loadBuiltins } from '../../scripts/builtin/load';
import { createSigningKey } from '../../subgraphs/shared/http/keys';
import { placeIn } from '../support/databases';
import { openProcesses } from '../support/processes';
import { TWENTY_QUERIES } from '../support/twenty-queries';

const STARTS = 120_000;
const KEY = createSigningKey();

let folder: string;
let one: Running;
let five: Awaited<ReturnType<typeof openProcesses>>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  // The queries are many and wide; what they may cost has tests of its own.
  const unlimited = { COST_LIMITS: Array(4).fill('999999999').join(','), RATE_LIMITS: 'off' };
  const place = { ...placeIn(folder), ...unlimited };
  const config = readConfig({ PORT: '0', ...place, LOG_LEVEL: 'silent' });
  one = await start(config, (graph) => loadBuiltins(graph));
  five = await openProcesses(place, KEY);
}, STARTS);
afterAll(async () => {
  await five.close();
  await one.close();
  await rm(folder, { recursive: true });
}, STARTS);

const ask = async (address: string, query: string) => {
  const answer = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  // Each request has an id of its own.
  const text = (await answer.text()).replace(/"requestId":"[^"]+"/g, '"requestId":""');
  return { status: answer.status, text };
};
interface Answer {
  data: Record<string, unknown> | null;
  errors?: { extensions: { code: string; source?: string } }[];
  extensions?: { sources: SourcesExtension };
}
const lackingIn = ({ extensions }: Answer) =>
  extensions?.sources.asked.find(({ status }) => status !== 'ok');
const read = ({ text }: { text: string }) => JSON.parse(text) as Answer;

describe('one process and five give the same bytes', () => {
  it.each(Object.entries(TWENTY_QUERIES))('%s', async (title, query) => {
    const answer = await ask(one.address, query);
    expect(read(answer).errors !== undefined).toBe(title.includes('a mistake'));
    expect(answer.text.length).toBeGreaterThan(100);
    expect(await ask(five.address, query)).toEqual(answer);
  });

  it.each([
    ['a page too large', '{ flows(first: 1000) { totalCount } organisations { totalCount } }'],
    ['a cursor of nowhere', '{ organisations(after: "x") { totalCount } sources { id } }'],
    [
      'a cursor of nowhere, deep',
      '{ networks { nodes { id members(after: "x") { totalCount } } } }',
    ],
    ['a field that is not there', '{ nothing }'],
    ['no GraphQL', '{'],
    [
      'a query too deep',
      `{ organisations ${'{ nodes { network { organisation '.repeat(7)} { id } ${'} } }'.repeat(7)} }`,
    ],
  ])('also for %s', async (_what, query) => {
    const answer = await ask(one.address, query);
    expect(read(answer).errors).toBeDefined();
    expect(await ask(five.address, query)).toEqual(answer);
  });
});

describe('one of four subgraphs killed under load', () => {
  const BESIDE =
    '{ organisations(first: 20) { nodes { name country { name } network { members(first: 3) { totalCount } } flowsIn(first: 2) { totalCount } } } }';
  const WITH =
    '{ organisations(first: 20) { nodes { name participations(first: 2) { totalCount nodes { role process { title } } } } } }';

  /** Asks one query on and on; `after(n)` resolves when so many more have been answered. */
  const load = (query: string, verifyBody: (body: string) => boolean) => {
    const cannon = autocannon({
      url: `${five.address}/graphql`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      connections: 4,
      duration: 600,
      verifyBody,
    });
    let answered = 0;
    cannon.on('response', () => (answered += 1));
    return {
      cannon,
      after: (more: number) =>
        new Promise<void>((resolve) => {
          const until = answered + more;
          const look = () => {
            if (answered < until) return;
            cannon.off('response', look);
            resolve();
          };
          cannon.on('response', look);
        }),
    };
  };

  it(
    'fails no query beside it, leaves the others’ answers whole, and is back soon',
    async () => {
      const beside = await ask(five.address, BESIDE);
      const whole = await ask(five.address, WITH);
      const names = (answer: Answer) =>
        (answer.data as { organisations: { nodes: { name: string }[] } }).organisations.nodes.map(
          ({ name }) => name,
        );
      let lacking = 0;
      let back: (() => void) | undefined;
      const first = load(BESIDE, (body) => body === beside.text);
      const second = load(WITH, (body) => {
        const answer = JSON.parse(body) as Answer;
        if (!answer.errors) back?.();
        if (!answer.errors) return body === whole.text;
        lacking += 1;
        return (
          JSON.stringify(names(answer)) === JSON.stringify(names(read(whole))) &&
          answer.errors.every(({ extensions }) => extensions.source === 'policy') &&
          lackingIn(answer)?.name === 'policy'
        );
      });
      await Promise.all([first.after(20), second.after(20)]);

      const down = five.next('policy', 'down');
      const up = five.next('policy', 'up');
      five.kill('policy');
      await down;
      await Promise.all([first.after(20), second.after(20)]);
      await up;
      const returned = Date.now();
      await new Promise<void>((resolve) => (back = resolve));
      const backAfter = Date.now() - returned;
      await Promise.all([first.after(20), second.after(20)]);

      first.cannon.stop();
      second.cannon.stop();
      for (const result of [await first.cannon, await second.cannon]) {
        expect(result['2xx']).toBeGreaterThan(60);
        expect(result).toMatchObject({ non2xx: 0, errors: 0, timeouts: 0, mismatches: 0 });
      }
      expect(lacking).toBeGreaterThan(0);
      expect(backAfter).toBeLessThan(5000);
    },
    STARTS,
  );
});

describe('a gateway started while a subgraph is down', () => {
  it(
    'starts, says who is missing, and has it as soon as it is there',
    async () => {
      const down = five.next('funding', 'down');
      const up = five.next('funding', 'up');
      five.kill('funding');
      await down;
      // Until its place is free it cannot be back, however soon it is started again.
      const url = new URL(five.subgraphs.find(({ name }) => name === 'funding')?.url ?? '');
      const inItsPlace = createServer((socket) => socket.destroy());
      inItsPlace.listen(Number(url.port), url.hostname);
      await once(inItsPlace, 'listening');
      const SUBGRAPHS = five.subgraphs.map(({ name, url }) => `${name}=${url}`).join(',');
      const env = {
        PORT: '0',
        DATA_DIR: path.join(folder, 'gateway'),
        LOG_LEVEL: 'silent',
        SUBGRAPHS,
      };
      const gateway = await startRemote(readConfig(env), KEY);
      const query = '{ networks { nodes { id organisation { name flowsIn { totalCount } } } } }';
      const lacking = read(await ask(gateway.address, query));
      const readiness = await fetch(`${gateway.address}/readyz`);

      expect(readiness.status).toBe(200);
      expect(await readiness.json()).toEqual({
        status: 'ready',
        sources: { organisations: 'up', networks: 'up', funding: 'down', policy: 'up' },
      });
      expect(lacking.errors?.[0]?.extensions).toMatchObject({
        code: 'SOURCE_UNAVAILABLE',
        source: 'funding',
      });
      expect(lackingIn(lacking)?.name).toBe('funding');
      inItsPlace.close();
      await up;
      expect(await ask(gateway.address, query)).toEqual(await ask(one.address, query));
      await gateway.close();
    },
    STARTS,
  );
});
