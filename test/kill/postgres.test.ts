import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Graph, openGraph } from '../../gateway/graph';
import { importIati } from '../../scripts/import/iati/import';
import type { Input } from '../../scripts/import/inputs';
import { runImport } from '../../scripts/import/run';
import { hashInstallation } from '../../scripts/installation/hash';
import { verifyInstallation } from '../../scripts/installation/verify';
import { describePostgres, onServer, placeIn } from '../support/databases';
import { argumentsOf, doImport, type Import, writeFiles } from './scenarios';
import { type Ended, pointsOf } from './sabotage';

const PROGRAM = path.join(__dirname, '../../scripts/peacegraph.js');
const SABOTEUR = path.join(__dirname, 'saboteur-postgres.js');
const POINTS = 10;

const EDITIONS: Import[] = [
  { kind: 'iati', file: 'donor-2.xml' },
  { kind: 'iati', file: 'donor-1.xml' },
];
const NETWORK: Import = { kind: 'iati', file: 'network.xml' };
const SAYS: Import = { kind: 'statements', file: 'says-2.jsonl' };

describePostgres('on PostgreSQL', () => {
  let folder: string;
  let place: ReturnType<typeof placeIn>;
  let graph: Graph;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
    writeFiles(folder);
    place = placeIn(path.join(folder, 'data'));
    graph = await openGraph(place.DATABASE_URL);
    for (const one of [...EDITIONS, NETWORK]) await doImport(graph, folder, one);
  }, 60_000);
  afterAll(async () => {
    await graph.close();
    await rm(folder, { recursive: true });
  });

  const run = (
    one: Import,
    { at = 0, log = '', onWait }: { at?: number; log?: string; onWait?: () => void } = {},
  ): Promise<Ended> =>
    new Promise((resolve) => {
      const child = spawn(
        process.execPath,
        ['-r', SABOTEUR, PROGRAM, ...argumentsOf(folder, one)],
        {
          env: { ...process.env, ...place, SABOTAGE_AT: String(at), SABOTAGE_LOG: log },
        },
      );
      const said = { out: '', err: '' };
      child.stdout.on('data', (bytes: Buffer) => (said.out += bytes.toString()));
      child.stderr.on('data', (bytes: Buffer) => {
        said.err += bytes.toString();
        if (said.err.includes('waiting for another import to end')) onWait?.();
      });
      child.on('close', (code, signal) => resolve({ code, signal, ...said }));
    });
  const hash = async () => (await hashInstallation(graph)).whole;
  /** Nothing is wrong, and no import counts as under way. */
  const expectSound = async () =>
    expect(await verifyInstallation(graph)).toMatchObject({ faults: [], unfinished: [] });

  it(`an import killed at ${POINTS} writes and run again ends as if it had not been`, async () => {
    // There and back: after each edition the databases say what they said the last time.
    const steps: { edition: Import; wanted: string; points: number[] }[] = [];
    for (const edition of EDITIONS) {
      const log = path.join(folder, `${edition.file}.log`);
      expect(await run(edition, { log })).toMatchObject({ code: 0 });
      const writes = (await readFile(log, 'utf8')).trimEnd().split('\n');
      steps.push({ edition, wanted: await hash(), points: pointsOf(writes, POINTS / 2) });
    }
    expect(steps[0]?.wanted).not.toBe(steps[1]?.wanted);
    for (let round = 0; round < POINTS / 2; round += 1) {
      for (const { edition, wanted, points } of steps) {
        const ended = await run(edition, { at: points[round] ?? 0 });
        expect({ at: points[round], ...ended }).toMatchObject({ signal: 'SIGKILL' });
        await graph.settle();
        const versions = graph.subgraphs.map((subgraph) => subgraph.version());
        expect(new Set(await Promise.all(versions)).size).toBe(1);
        await doImport(graph, folder, edition);
        const { faults, whole } = await verifyInstallation(graph);
        expect({ at: points[round], faults, whole }).toEqual({
          at: points[round],
          faults: [],
          whole: wanted,
        });
      }
    }
  }, 120_000);

  it('two imports at once wait for each other, and end as one after the other', async () => {
    const reference = await openGraph(null);
    for (const one of [...EDITIONS, NETWORK, SAYS]) await doImport(reference, folder, one);
    const wanted = (await hashInstallation(reference)).whole;
    await reference.close();
    const running: Promise<Ended>[] = [];
    await graph.exclusively(async () => {
      const waiting = [SAYS, EDITIONS[1] ?? NETWORK].map(
        (one) => new Promise<void>((onWait) => running.push(run(one, { onWait }))),
      );
      await Promise.race([Promise.all(waiting), Promise.all(running)]);
    });
    for (const ended of await Promise.all(running))
      expect(ended).toMatchObject({ code: 0, err: expect.stringContaining('waiting') as string });
    expect(await hash()).toBe(wanted);
    await expectSound();
  }, 60_000);

  const schemaOf = (name: string) =>
    `${new URL(place.DATABASE_URL).searchParams.get('prefix') ?? ''}${name}`;
  /** An edition that changes something, with whatever is done in the middle of its file. */
  const importWith = (between: () => Promise<void>) => {
    const input: Input = {
      name: 'donor.xml',
      size: null,
      open: async () =>
        (async function* () {
          const text = await readFile(path.join(folder, 'large.xml'));
          yield text.subarray(0, text.length - 200);
          await between();
          yield text.subarray(text.length - 200);
        })(),
    };
    return runImport(graph, {
      kind: 'iati',
      file: input.name,
      sourceId: 'iati-large',
      work: () =>
        importIati(graph, input, {
          sourceId: 'iati-large',
          retrievedAt: '2026-01-01T00:00:00.000Z',
        }),
    });
  };

  it('an import whose connections are lost leaves nothing behind, and the next one is whole', async () => {
    const before = await hash();
    const lose = () =>
      onServer([
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name in ('peacegraph ${schemaOf('funding')}', 'peacegraph ${schemaOf('organisations')}')`,
      ]);
    expect(await importWith(lose)).toMatchObject({
      status: 'unfinished',
      failure: expect.stringContaining('the connection to it was lost') as string,
    });
    await graph.settle();
    expect(await hash()).toBe(before);
    expect(await importWith(async () => undefined)).toMatchObject({ status: 'imported' });
    expect(await hash()).not.toBe(before);
  }, 60_000);

  it('an import that the disk has no room for says so and leaves nothing behind', async () => {
    await doImport(graph, folder, EDITIONS[1] ?? NETWORK);
    const before = await hash();
    const flows = `"${schemaOf('funding')}".flows`;
    const full = `"${schemaOf('funding')}".full()`;
    await onServer([
      `create function ${full} returns trigger language plpgsql as
         $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
      `create trigger is_full before insert on ${flows} for each row execute function ${full}`,
    ]);
    const report = await doImport(graph, folder, EDITIONS[0] ?? NETWORK);
    await onServer([`drop function ${full} cascade`]);
    expect(report).toMatchObject({
      status: 'unfinished',
      failure: expect.stringMatching(/could not be written: .*No space left/) as string,
    });
    await graph.settle();
    expect(await hash()).toBe(before);
    await doImport(graph, folder, EDITIONS[0] ?? NETWORK);
    await expectSound();
  }, 60_000);
});
