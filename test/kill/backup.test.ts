import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openGraph } from '../../gateway/graph';
import { RESTORED } from '../../gateway/restored';
import { backUp } from '../../scripts/installation/backup';
import { restore, verifyBackup } from '../../scripts/installation/restore';
import { openGateway } from '../support/gateway';
import { argumentsOf, doImport, type Import, writeFiles } from './scenarios';
import { hashOfFolder, runDisturbed, stateAfter } from './sabotage';

const DONOR: Import = { kind: 'iati', file: 'donor-1.xml' };
const NETWORK: Import = { kind: 'iati', file: 'network.xml' };
const SAYS: Import = { kind: 'statements', file: 'says-2.jsonl' };
const FIELDS = [
  'sources { id title }',
  'organisations { totalCount }',
  'organisations { nodes { id name identifiers { raw } } }',
  'organisations(filter: { countries: ["KE"] }) { nodes { id } }',
  'organisation(id: "GB-1") { name }',
  'organisation(id: "XM-NET") { id name }',
  'organisation(id: "GB-COH-77") { id name }',
  'organisation(id: "XM-NET") { flowsIn { totalCount } }',
  'organisation(id: "XM-NET") { memberships { totalCount } }',
  'organisation(id: "XM-NET") { participations { totalCount } }',
  'networks { totalCount }',
  'networks { nodes { organisation { name } members { nodes { member { name } } } } }',
  'flows { totalCount }',
  'flows { totals { kind currency amount flows } }',
  'flows(first: 5) { nodes { id provider { name } receiver { name } } }',
  'flows(filter: { sources: ["iati-donor"] }) { totalCount }',
  'policyProcesses { totalCount }',
  'policyProcess(id: "XX-NAP-2") { title participations { nodes { organisation { name } } } }',
  'policyDocuments { totalCount }',
  'codelists { name }',
];

let folder: string;
let backup: string;
let dataDir: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  writeFiles(folder);
  dataDir = path.join(folder, 'data');
  backup = path.join(folder, 'backup');
  await stateAfter(dataDir, async (graph) => {
    for (const one of [DONOR, SAYS]) await doImport(graph, folder, one);
    await backUp(graph, backup);
  });
});
afterAll(() => rm(folder, { recursive: true }));

const cli = (data: string, ...args: string[]) => runDisturbed(args, data);

describe('a backup', () => {
  it('is restored elsewhere with all it says: the same hash, and the same answers to twenty queries', async () => {
    const target = path.join(folder, 'elsewhere');
    const { code, out } = await cli(target, 'restore', backup);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/restored into/) as string,
    });
    expect(await hashOfFolder(target)).toBe(await hashOfFolder(dataDir));
    const answersOf = async (data: string) => {
      const graph = await openGraph(data);
      const gateway = await openGateway(graph);
      const answers = await Promise.all(FIELDS.map((field) => gateway.dataOf(`{ ${field} }`)));
      await gateway.close();
      await graph.close();
      return answers;
    };
    expect(FIELDS).toHaveLength(20);
    expect(await answersOf(target)).toEqual(await answersOf(dataDir));
  }, 120_000);

  it('says in its manifest what it is, byte by byte, and leaves nothing beside it', async () => {
    const manifest = JSON.parse(
      await readFile(path.join(backup, 'manifest.json'), 'utf8'),
    ) as object;
    expect(manifest).toMatchObject({
      format: 1,
      hash: await hashOfFolder(dataDir),
      unfinished: [],
      databases: ['organisations', 'networks', 'funding', 'policy'].map((name) => ({
        name,
        file: `${name}.sqlite`,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        migrations: expect.arrayContaining(['0001-bodies']) as string[],
      })),
    });
    expect((await readdir(backup)).sort()).toEqual([
      'funding.sqlite',
      'manifest.json',
      'networks.sqlite',
      'organisations.sqlite',
      'policy.sqlite',
    ]);
    expect(await readdir(folder)).not.toContain('backup.unready');
  });

  it('is one state before or after an import, while imports and queries go on', async () => {
    const busy = path.join(folder, 'busy');
    await cp(dataDir, busy, { recursive: true });
    const before = await hashOfFolder(busy);
    const graph = await openGraph(busy);
    const gateway = await openGateway(graph);
    let running = true;
    const load = (async () => {
      while (running)
        await gateway.dataOf('{ flows { nodes { provider { name } receiver { name } } } }');
    })();
    const backups: string[] = [];
    const imports = (async () => {
      // There and back, so that there is always something to commit.
      for (let round = 0; round < 3; round += 1) {
        await doImport(graph, folder, NETWORK);
        await doImport(graph, folder, {
          kind: 'statements',
          file: round % 2 ? 'says-2.jsonl' : 'says-1.jsonl',
        });
      }
    })().finally(() => (running = false));
    while (running) {
      const place = path.join(folder, `busy ${backups.length}`);
      backups.push((await backUp(graph, place)).hash);
    }
    await Promise.all([imports, load]);
    const after = (await backUp(graph, path.join(folder, 'busy after'))).hash;
    await gateway.close();
    await graph.close();

    const states = new Set([before]);
    const serial = path.join(folder, 'serial');
    await cp(dataDir, serial, { recursive: true });
    for (let round = 0; round < 3; round += 1) {
      for (const one of [
        NETWORK,
        { kind: 'statements', file: round % 2 ? 'says-2.jsonl' : 'says-1.jsonl' } as const,
      ])
        states.add((await stateAfter(serial, (other) => doImport(other, folder, one))).whole);
    }
    expect(backups.length).toBeGreaterThan(1);
    for (const state of [...backups, after]) expect([...states]).toContain(state);
    expect(await hashOfFolder(serial)).toBe(after);
  }, 120_000);

  it('waits for what is being committed together, and for nothing else of an import', async () => {
    const graph = await openGraph(path.join(folder, 'data'));
    const steps: string[] = [];
    let made: Promise<void> = Promise.resolve();
    await graph.exclusively(async () => {
      await backUp(graph, path.join(folder, 'during')).then(() =>
        steps.push('backup beside an import'),
      );
      await graph.together(async () => {
        made = (async () => void (await backUpElsewhere()))();
        await graph.organisations.write.unfinishedRuns();
        steps.push('commits');
      });
    });
    await made;
    expect(steps).toEqual(['backup beside an import', 'commits', 'backup after them']);
    await graph.close();

    async function backUpElsewhere() {
      const { code } = await cli(path.join(folder, 'data'), 'backup', path.join(folder, 'after'));
      expect(code).toBe(0);
      steps.push('backup after them');
    }
  }, 120_000);

  it('is not made into a folder that holds something', async () => {
    const { code, err } = await cli(dataDir, 'backup', backup);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/not empty/) as string });
    await expect(verifyBackup(backup)).resolves.toMatchObject({ format: 1 });
  });
});

describe('a restore', () => {
  it('of a file that changed, or is missing, is refused and changes nothing', async () => {
    const spoilt = path.join(folder, 'spoilt');
    await cp(backup, spoilt, { recursive: true });
    await appendFile(path.join(spoilt, 'funding.sqlite'), 'x');
    const target = path.join(folder, 'untouched');
    const refused = await cli(target, 'restore', spoilt);
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringMatching(/funding\.sqlite.*bytes differ/) as string,
    });
    await rm(path.join(spoilt, 'funding.sqlite'));
    expect((await cli(target, 'restore', spoilt, '--verify-only')).err).toMatch(
      /funding\.sqlite is missing/,
    );
    expect(
      (await readdir(target).catch(() => [])).filter((name) => name.endsWith('.sqlite')),
    ).toEqual([]);
    expect((await cli(target, 'restore', folder)).err).toMatch(/is no backup/);
  }, 120_000);

  it('only checks where that is asked', async () => {
    const target = path.join(folder, 'unchanged');
    const { code, out } = await cli(target, 'restore', backup, '--verify-only');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/is sound/) as string });
    expect(await readdir(target).catch(() => null)).toBeNull();
  });

  it('replaces an installation only where that is asked, and never one that is open', async () => {
    const target = path.join(folder, 'other');
    await stateAfter(target, (graph) => doImport(graph, folder, NETWORK));
    const other = await hashOfFolder(target);
    expect((await cli(target, 'restore', backup)).err).toMatch(/holds an installation; --replace/);
    const graph = await openGraph(target);
    expect((await cli(target, 'restore', backup, '--replace')).err).toMatch(/is in use/);
    await graph.close();
    expect(await hashOfFolder(target)).toBe(other);
    expect((await cli(target, 'restore', backup, '--replace')).code).toBe(0);
    expect(await hashOfFolder(target)).toBe(await hashOfFolder(dataDir));
  }, 120_000);

  it('that was killed while databases were put in place is ended by whoever opens the folder next', async () => {
    const target = path.join(folder, 'half');
    await stateAfter(target, (graph) => doImport(graph, folder, NETWORK));
    const restored = path.join(target, RESTORED);
    await mkdir(restored);
    for (const file of await readdir(backup))
      if (file.endsWith('.sqlite')) await cp(path.join(backup, file), path.join(restored, file));
    await rename(path.join(restored, 'funding.sqlite'), path.join(target, 'funding.sqlite'));
    expect(await hashOfFolder(target)).toBe(await hashOfFolder(dataDir));
    expect(await readdir(target)).not.toContain(RESTORED);
  });

  it('of a backup that was made beside an unfinished import says which import to run again', async () => {
    const source = path.join(folder, 'unfinished');
    await cp(dataDir, source, { recursive: true });
    const log = path.join(folder, 'unfinished.log');
    await runDisturbed(argumentsOf(folder, NETWORK), source, { log });
    const writes = (await readFile(log, 'utf8')).trimEnd().split('\n').length;
    await rm(source, { recursive: true });
    await cp(dataDir, source, { recursive: true });
    await runDisturbed(argumentsOf(folder, NETWORK), source, { at: writes - 2 });
    const place = path.join(folder, 'unfinished backup');
    expect((await cli(source, 'backup', place)).out).toMatch(
      /import of iati-network was unfinished/,
    );
    const target = path.join(folder, 'unfinished elsewhere');
    await restore(place, target, { replace: false });
    const again = await stateAfter(target, (graph) => doImport(graph, folder, NETWORK));
    expect(again).toMatchObject({ faults: [], unfinished: [] });
    expect(again.whole).toBe(
      (await stateAfter(dataDir, (graph) => doImport(graph, folder, NETWORK))).whole,
    );
  }, 120_000);
});
