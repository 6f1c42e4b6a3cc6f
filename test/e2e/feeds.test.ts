import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { placeIn } from '../support/databases';
import { serveContents } from '../support/feeds';

const PROGRAM = path.join(__dirname, '../../scripts/peacegraph.js');
const STATEMENTS = [
  {
    kind: 'source',
    id: 'mine',
    title: 'Willow Web',
    publisherName: 'Willow Web',
    licence: 'CC0',
    retrievedAt: '2026-05-01',
  },
  { kind: 'organisation', organisation: 'PG-WILLOW', organisationName: 'Willow Web' },
]
  .map((record) => JSON.stringify(record))
  .join('\n');

let folder: string;
let env: NodeJS.ProcessEnv;
let feed: Awaited<ReturnType<typeof serveContents>>;
let server: ChildProcess;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  feed = await serveContents();
  feed.has({ body: STATEMENTS, headers: { etag: '"1"' } });
  const place = placeIn(path.join(folder, 'data'));
  const how = { PORT: '0', LOG_LEVEL: 'silent', BUILTIN_DATA: 'off' };
  env = { ...process.env, ...place, ...how, PARTNER_PRIVATE_ADDRESSES: '127.0.0.1' };
  server = spawn(process.execPath, [PROGRAM, 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  address = await new Promise((resolve) => {
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, at] = /serves at (\S+)/.exec(said) ?? [];
      if (at !== undefined) resolve(at);
    });
  });
}, 120_000);
afterAll(async () => {
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
  feed.close();
  await rm(folder, { recursive: true });
}, 60_000);

const run = (args: string[], more: Record<string, string> = {}) =>
  new Promise<{ out: string; err: string }>((resolve) =>
    execFile(
      process.execPath,
      [PROGRAM, 'partner', ...args],
      { env: { ...env, ...more } },
      (_e, out, err) => resolve({ out, err }),
    ),
  );
const nameOfBody = async () => {
  const query = encodeURIComponent('{ organisation(id: "PG-WILLOW") { name } }');
  const answer = await fetch(`${address}/graphql?query=${query}`);
  const { data } = (await answer.json()) as { data: { organisation: { name: string } | null } };
  return data.organisation?.name;
};
/** How many milliseconds it takes until a body has a name, or none. */
const until = async (name: string | undefined) => {
  const began = Date.now();
  while ((await nameOfBody()) !== name && Date.now() - began < 120_000)
    await new Promise((resolve) => setTimeout(resolve, 250));
  expect(await nameOfBody()).toBe(name);
  return Date.now() - began;
};

it('a partner without a server comes and goes while the graph is served', async () => {
  const added = await run(['add', 'willow-web']);
  const key = /^pg_\S+$/m.exec(added.out)?.[0] ?? '';
  const remotely = (...args: string[]) =>
    run([...args, '--registry', address], {
      PEACEGRAPH_KEY: key,
      DATA_DIR: folder,
      DATABASE_URL: '',
    });
  const feedOf = ['add-feed', 'willow-web', feed.address, '--kind', 'statements'];
  expect((await remotely(...feedOf)).err).toContain('steward');
  const { out, err } = await run([...feedOf, '--publisher', 'PG-WILLOW', '--every', '1h']);
  expect({ out, err }).toEqual({
    out: expect.stringContaining('not looked at yet') as string,
    err: '',
  });
  await until('Willow Web');

  const report = await remotely('feeds', 'willow-web');
  expect(report.out).toMatch(
    /CURRENT.*1 records in the graph.*imported as source partner-willow-web-statements/s,
  );
  expect((await run(['feeds', 'willow-web', '--registry', address])).err).toContain(
    'key of willow-web',
  );
  expect((await run(['fetch-feed', 'willow-web', 'statements'])).out).toContain('CURRENT');
  expect(feed.asked.at(-1)).toMatchObject({ 'if-none-match': '"1"' });

  await remotely('remove-feed', 'willow-web', 'statements', '--reason', 'we ask');
  expect(await until(undefined)).toBeLessThan(60_000);
  const receipt = await remotely('feeds', 'willow-web');
  expect(receipt.out).toMatch(/erased at .*: 1 organisation_records; SHA-256 [\da-f]{64}/);

  await run(feedOf);
  // The server may be looking at it already; the command then has nothing to do.
  expect((await run(['fetch-feed', 'willow-web', 'statements'])).err).toBe('');
  await until('Willow Web');
  await run(['retire', 'willow-web']);
  expect(await nameOfBody()).toBeUndefined();
}, 300_000);
