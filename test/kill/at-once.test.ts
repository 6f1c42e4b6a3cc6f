import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Graph, openGraph } from '../../gateway/graph';
import { loadBuiltins } from '../../scripts/builtin/load';
import { openGateway } from '../support/gateway';
import { argumentsOf, doImport, type Import, writeFiles } from './scenarios';
import { type Ended, hashOfFolder, runDisturbed, stateAfter } from './sabotage';

const DONOR: Import = { kind: 'iati', file: 'donor-1.xml' };
const NETWORK: Import = { kind: 'iati', file: 'network.xml' };
const SAYS: Import = { kind: 'statements', file: 'says-2.jsonl' };
const REGISTERS: Import = { kind: 'org-id', file: 'registers.json' };
const COUNTRIES: Import = { kind: 'countries', file: 'countries.csv' };

const QUERY = `{ flows { nodes { id provider { id name } receiver { id name } } totals { kind currency amount flows } }
  organisations { nodes { id name memberships { totalCount } } } }`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  writeFiles(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const inOrder = async (name: string, imports: readonly Import[]): Promise<string> => {
  const dataDir = path.join(folder, name);
  return (
    await stateAfter(dataDir, async (graph) => {
      for (const one of imports) await doImport(graph, folder, one);
    })
  ).whole;
};

/** Imports by processes that are all at the lock before any may go. */
const atOnce = async (dataDir: string, imports: readonly Import[]): Promise<Ended[]> => {
  const graph = await openGraph(dataDir);
  const waiting: Promise<void>[] = [];
  const running: Promise<Ended>[] = [];
  await graph.exclusively(async () => {
    for (const one of imports) {
      let told: () => void = () => undefined;
      waiting.push(new Promise((resolve) => (told = resolve)));
      const ended = runDisturbed(argumentsOf(folder, one), dataDir, {
        onError: (words) => words.includes('waiting for another import to end') && told(),
      });
      void ended.then(told);
      running.push(ended);
    }
    await Promise.all(waiting);
  });
  await graph.close();
  return Promise.all(running);
};

describe('imports at once', () => {
  it.each([
    ['of one file', [DONOR, DONOR]],
    ['of files that lead to each other', [DONOR, NETWORK]],
    ['of money and of statements, which write to the same databases', [NETWORK, SAYS]],
    ['of statements and reference data', [SAYS, REGISTERS, COUNTRIES]],
  ])(
    '%s end as one after the other, in either order',
    async (title, imports) => {
      const dataDir = path.join(folder, `at once ${title}`);
      const ended = await atOnce(dataDir, imports);
      expect(ended.map(({ code, err }) => ({ code, waited: /waiting/.test(err) }))).toEqual(
        imports.map(() => ({ code: 0, waited: true })),
      );
      const whole = await hashOfFolder(dataDir);
      expect(await inOrder(`in order ${title}`, imports)).toBe(whole);
      expect(await inOrder(`in reverse ${title}`, [...imports].reverse())).toBe(whole);
    },
    60_000,
  );

  it('leave a server that answers queries as it is: every answer is one state, without an error', async () => {
    const dataDir = path.join(folder, 'served');
    const graph: Graph = await openGraph(dataDir);
    const gateway = await openGateway(graph);
    await doImport(graph, folder, DONOR);
    const before = JSON.stringify(await gateway.dataOf(QUERY));
    let running = true;
    const imports = Promise.all(
      [NETWORK, SAYS].map((one) => runDisturbed(argumentsOf(folder, one), dataDir)),
    ).finally(() => (running = false));
    let asked = 0;
    while (running) {
      const { data, errors } = await gateway.ask(QUERY);
      expect(errors).toBeUndefined();
      const { flows } = data as {
        flows: { nodes: { receiver: { id: string; name: string | null } | null }[] };
      };
      for (const { receiver } of flows.nodes) if (receiver) expect(receiver.name).not.toBeNull();
      asked += 1;
    }
    expect((await imports).map(({ code }) => code)).toEqual([0, 0]);
    expect(asked).toBeGreaterThan(5);
    expect(JSON.stringify(await gateway.dataOf(QUERY))).not.toBe(before);
    await gateway.close();
    await graph.close();
    expect(await hashOfFolder(dataDir)).toBe(await inOrder('unserved', [DONOR, SAYS, NETWORK]));
  }, 60_000);

  it('may be two first starts in one empty folder', async () => {
    const dataDir = path.join(folder, 'first start');
    const ended = await Promise.all([1, 2].map(() => runDisturbed(['serve'], dataDir)));
    for (const { code, out } of ended)
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching('serves at') as string });
    const twice = await stateAfter(dataDir, async () => undefined);
    const once = await stateAfter(path.join(folder, 'one start'), loadBuiltins);
    expect(twice).toEqual(once);
  }, 120_000);
});

describe('an import killed between the commits of two databases', () => {
  it('changes no answer of a server, and the next start or import brings all databases to one state', async () => {
    const dataDir = path.join(folder, 'between');
    const graph = await openGraph(dataDir);
    for (const one of [DONOR, NETWORK]) await doImport(graph, folder, one);
    const gateway = await openGateway(graph);
    const before = await gateway.dataOf(QUERY);

    const log = path.join(folder, 'between.log');
    const copy = path.join(folder, 'between copy');
    for (const one of [DONOR, NETWORK])
      await stateAfter(copy, (other) => doImport(other, folder, one));
    await runDisturbed(argumentsOf(folder, SAYS), copy, { log });
    const writes = (await readFile(log, 'utf8')).trimEnd().split('\n');
    // The owner of the bodies has committed that two are one; nobody has followed.
    const at = writes.findIndex((words) => words.includes('insert into `sources`')) + 3;
    expect(writes.slice(at - 2, at)).toEqual([
      expect.stringMatching(/^organisations.* COMMIT/),
      expect.stringMatching(/^networks/),
    ]);
    const { signal } = await runDisturbed(argumentsOf(folder, SAYS), dataDir, { at });
    expect(signal).toBe('SIGKILL');
    const versions = () => Promise.all(graph.subgraphs.map((subgraph) => subgraph.version()));
    expect(new Set(await versions()).size).toBe(2);
    expect(await gateway.dataOf(QUERY)).toEqual(before);

    await graph.settle();
    expect(new Set(await versions()).size).toBe(1);
    expect(await gateway.dataOf(QUERY)).not.toEqual(before);
    expect(await graph.organisations.write.unfinishedRuns()).toMatchObject([
      { kind: 'statements', sourceId: 'net-says' },
    ]);
    await doImport(graph, folder, SAYS);
    await gateway.close();
    await graph.close();
    expect(await hashOfFolder(dataDir)).toBe(await hashOfFolder(copy));
  }, 60_000);
});
