import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig, type Running, start } from '../../gateway';
import { placeIn } from '../support/databases';
import { partnerSdl, servePartner, type TestPartner } from '../support/partner';

const PROGRAM = path.join(__dirname, '../../scripts/peacegraph.js');

let folder: string;
let place: Record<string, string>;
let partner: TestPartner;
let running: Running;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  place = { ...placeIn(path.join(folder, 'data')), PARTNER_PRIVATE_ADDRESSES: '127.0.0.1' };
  partner = await servePartner('willow-web');
  running = await start(readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...place }));
  const all = ['workshops', 'trainings'];
  for (const [version, fields] of [all.slice(0, 1), all, all.slice(1)].entries())
    await writeFile(
      path.join(folder, `version-${version + 1}.graphql`),
      partnerSdl('willow-web', ...fields),
    );
  await writeFile(path.join(folder, 'broken.graphql'), 'type Query {');
}, 60_000);
afterAll(async () => {
  await running.close();
  await partner.close();
  await rm(folder, { recursive: true });
});

const runWith = (env: Record<string, string>, args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const all = { ...process.env, LOG_LEVEL: 'silent', ...env };
    execFile(process.execPath, [PROGRAM, ...args], { env: all }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
/** On the machine of the databases. */
const console_ = (...args: string[]) => runWith(place, args);
/** Elsewhere, with a key. */
const remotely = (key: string, ...args: string[]) =>
  runWith({ PEACEGRAPH_KEY: key, DATA_DIR: path.join(folder, 'nothing') }, [
    ...args,
    '--registry',
    running.address,
  ]);
const sdlOf = (name: string) => [
  '--url',
  partner.url,
  '--sdl',
  path.join(folder, `${name}.graphql`),
];
const asks = async (field: string) => {
  const query = encodeURIComponent(`query ${field}Query { willowWeb_${field} { topic } }`);
  const answer = await fetch(`${running.address}/graphql?query=${query}`);
  return (await answer.json()) as { data?: unknown; errors?: unknown[] };
};
/** What a server of another process serves, two seconds later at the most. */
const soon = async (holds: () => Promise<boolean>) => {
  const end = Date.now() + 10_000;
  while (!(await holds()) && Date.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await holds()).toBe(true);
};
const isServed = async (field: string) => (await asks(field)).data !== undefined;

it('a partner comes, changes, goes back and leaves by the command line', async () => {
  const added = await console_('partner', 'add', 'willow-web');
  const key = /^pg_\S+$/m.exec(added.out)?.[0] ?? '';
  expect(added).toMatchObject({ code: 0, err: '' });
  expect((await console_('partner', 'add', 'willow-web')).err).toContain('taken');

  const broken = await remotely(key, 'partner', 'check', 'willow-web', ...sdlOf('broken'));
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(/It cannot be published\.\n {2}ERROR \w+/);

  const proposed = await remotely(key, 'partner', 'publish', 'willow-web', ...sdlOf('version-1'));
  expect(proposed).toMatchObject({ code: 0, err: '' });
  expect(proposed.out).toContain('It waits for a steward, as version 1.');
  expect((await remotely(key, 'partner', 'approve', 'willow-web', '1')).err).toContain('steward');
  expect((await console_('partner', 'approve', 'willow-web', '1')).out).toContain('as version 1');
  await soon(() => isServed('workshops'));

  await remotely(key, 'partner', 'publish', 'willow-web', ...sdlOf('version-2'));
  expect((await console_('partner', 'approve', 'willow-web', '2')).code).toBe(0);
  await soon(() => isServed('trainings'));
  const refused = await remotely(key, 'partner', 'publish', 'willow-web', ...sdlOf('version-3'));
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('It is refused; nothing was changed.');
  expect(refused.out).toMatch(/ERROR \w+ at Query.willowWeb_workshops.*workshopsQuery/);
  expect(await isServed('trainings')).toBe(true);

  expect((await remotely(key, 'partner', 'rollback', 'willow-web')).out).toContain('Version 1');
  expect(await isServed('workshops')).toBe(true);
  const status = await remotely('', 'partner', 'status', 'willow-web');
  expect(status.out).toMatch(/^willow-web: PUBLISHED, PROVISIONAL, version 1\n/);

  const made = await console_('partner', 'key', 'create', 'willow-web', '--label', 'another');
  const id = /The key (\w+) is/.exec(made.out)?.[1] ?? '';
  expect((await console_('partner', 'key', 'revoke', 'willow-web', id)).out).toContain('revoked');

  await remotely(key, 'partner', 'retire', 'willow-web', '--reason', 'it closed');
  expect(await isServed('workshops')).toBe(false);
  expect((await console_('registry', 'rollback', '2')).code).toBe(0);
  await soon(() => isServed('trainings'));

  const history = await remotely('', 'partner', 'history', 'willow-web');
  expect(history.out.match(/[A-Z]+_?[A-Z]+(?= willow-web)/g)).toEqual(
    expect.arrayContaining(['PROPOSED', 'APPROVED', 'PUBLISHED', 'ROLLED_BACK', 'RETIRED']),
  );
  const [here, there] = [
    await console_('registry', 'verify'),
    await remotely('', 'registry', 'verify'),
  ];
  expect(here).toMatchObject({ code: 0, err: '' });
  expect(there.out).toBe(here.out);
  const { length } = (await console_('registry', 'log', '--json')).out.trim().split('\n');
  expect(here.out).toContain(`${length} entries`);
}, 300_000);

it('says what it needs', async () => {
  expect((await remotely('', 'partner', 'add', 'heron')).err).toContain('steward');
  expect((await remotely('', 'partner', 'status', 'nobody')).err).toContain('no partner "nobody"');
  expect((await remotely('pg_wrong', 'partner', 'list')).err).toContain('none of this server');
  expect((await console_('partner', 'publish', 'heron')).err).toContain('--url');
}, 60_000);
