import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig, type Running, start } from '../../gateway';
import { createFictionalWorld } from '../../scripts/builtin/fictional/world';
import { loadFictionalWorld } from '../../scripts/builtin/load';
import type { PartnerFolder } from '../../scripts/partner/folder';
import { startDev } from '../../scripts/partner/dev';
import { readOthers } from '../../scripts/partner/others';
import { freePort, type PartnerProcess, startPartner } from '../../scripts/partner/process';
import { placeIn } from '../support/databases';
import { openPartnerFolders } from '../support/partner-folders';
import { HAS_PYTHON } from '../support/python';

const PROGRAM = path.join(__dirname, '../../scripts/peacegraph.js');
const SUPERGRAPH = path.join(__dirname, '../../schema/supergraph.graphql');
const WEAVE = 'PG-FICTIONAL-0009';

let folder: string;
let place: Record<string, string>;
let folders: Awaited<ReturnType<typeof openPartnerFolders>>;
let running: Running;
const started: PartnerProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  folders = await openPartnerFolders();
  place = { ...placeIn(path.join(folder, 'data')), PARTNER_PRIVATE_ADDRESSES: '127.0.0.1' };
  running = await start(readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...place }), (graph) =>
    loadFictionalWorld(graph, createFictionalWorld()),
  );
}, 120_000);
afterAll(async () => {
  await running.close();
  await Promise.all(started.map((process) => process.stop()));
  await folders.close();
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
/** Runs the subgraph of a folder, for the gateway that runs here. */
const serve = async (of: PartnerFolder, port: number): Promise<PartnerProcess> => {
  const keys = path.join(of.folder, 'keys/gateway.json');
  await writeFile(keys, await (await fetch(`${running.address}/registry/keys`)).text());
  const process = await startPartner(of, { port, access: ['--keys', 'keys/gateway.json'] });
  started.push(process);
  return process;
};
const at = (of: PartnerFolder, { url }: { url: string }) => [
  of.name,
  '--url',
  url,
  '--sdl',
  path.join(of.folder, 'schema.graphql'),
];
const asks = async (name: string, fields: string) => {
  const query = encodeURIComponent(`query ${name} { ${fields} }`);
  const answer = await fetch(`${running.address}/graphql?query=${query}`);
  return (await answer.json()) as {
    data?: Record<string, unknown>;
    errors?: { path?: unknown; extensions: { code: string } }[];
    extensions: { sources: { complete: boolean; asked: unknown[] } };
  };
};
/** Rewrites the schema in a folder. */
const rewrite = async ({ folder: of }: PartnerFolder, change: (sdl: string) => string) => {
  const file = path.join(of, 'schema.graphql');
  await writeFile(file, change(await readFile(file, 'utf8')));
};
const keyFrom = ({ out }: { out: string }) => /^pg_\S+$/m.exec(out)?.[0] ?? '';

/** A partner gone bad: it answers for bodies what nobody asked it. */
const lieAt = async (port: number): Promise<{ server: Server; lies(): number }> => {
  let lies = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        variables: { representations: { id: string }[] };
      };
      lies += 1;
      const entities = variables.representations.map(({ id }) => ({
        __typename: 'Organisation',
        id,
        name: 'Taken over',
        willowWeb_people: 1,
      }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: { _entities: entities } }));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, lies: () => lies };
};

/** What a server of another process serves, two seconds later at the most. */
const soon = async (holds: () => Promise<boolean>) => {
  const end = Date.now() + 10_000;
  while (!(await holds()) && Date.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await holds()).toBe(true);
};
const isServed = async (field: string) => (await asks('Look', field)).data !== undefined;

it('a partner comes, changes, falls ill, lies, goes back and leaves by the command line', async () => {
  const willow = await folders.make('willow-web', 'node');
  const port = await freePort();
  const added = await console_('partner', 'add', 'willow-web');
  const key = keyFrom(added);
  expect(added).toMatchObject({ code: 0, err: '' });
  expect((await console_('partner', 'add', 'willow-web')).err).toContain('taken');

  await writeFile(path.join(folder, 'broken.graphql'), 'type Query {');
  const broken = await remotely(
    key,
    ...['partner', 'check', 'willow-web', '--url', `http://127.0.0.1:${port}/graphql`],
    ...['--sdl', path.join(folder, 'broken.graphql')],
  );
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(/It cannot be published\.\n {2}ERROR \w+/);

  let process = await serve(willow, port);
  const proposed = await remotely(key, 'partner', 'publish', ...at(willow, process));
  expect(proposed).toMatchObject({ code: 0, err: '' });
  expect(proposed.out).toContain('It waits for a steward, as version 1.');
  expect((await remotely(key, 'partner', 'approve', 'willow-web', '1')).err).toContain('steward');
  expect((await console_('partner', 'approve', 'willow-web', '1')).out).toContain('as version 1');
  await soon(() => isServed('willowWeb_trainings { title }'));

  // Its fields stand beside ours, and a client comes to use them.
  const bodies = `organisation(id: "${WEAVE}") { name willowWeb_people }`;
  const whole = await asks('WhoTookPart', bodies);
  expect(whole).toMatchObject({ data: { organisation: { willowWeb_people: 18 } } });
  expect(whole.extensions.sources.complete).toBe(true);
  const { name } = whole.data?.organisation as { name: string };

  // More fields, and then fewer.
  await process.stop();
  await rewrite(willow, (sdl) =>
    sdl.replace('type Query {', 'type Query { "What it stands for." willowWeb_motto: String '),
  );
  process = await serve(willow, port);
  await remotely(key, 'partner', 'publish', ...at(willow, process));
  expect((await console_('partner', 'approve', 'willow-web', '2')).code).toBe(0);
  await soon(() => isServed('willowWeb_motto'));
  const second = await readFile(path.join(willow.folder, 'schema.graphql'), 'utf8');
  await rewrite(willow, (sdl) =>
    sdl.replace(/"""\n {2}How many people took part in them[^]*?Int\n/, ''),
  );
  const refused = await remotely(key, 'partner', 'publish', ...at(willow, process));
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('It is refused; nothing was changed.');
  expect(refused.out).toMatch(/ERROR \w+ at Organisation.willowWeb_people.*WhoTookPart/);
  expect(await isServed('willowWeb_motto')).toBe(true);
  await rewrite(willow, () => second);

  // Down, it is missing and nothing else is.
  await process.stop();
  const without = await asks('WhoTookPart', bodies);
  expect(without).toMatchObject({
    data: { organisation: { name, willowWeb_people: null } },
    errors: [{ path: ['organisation', 'willowWeb_people'] }],
    extensions: { sources: { complete: false } },
  });

  // Lying, it is believed nothing and asked no more.
  const liar = await lieAt(port);
  for (let attempt = 0; attempt < 50 && liar.lies() < 3; attempt += 1) {
    expect(await asks(`Attempt${attempt}`, bodies)).toMatchObject({
      data: { organisation: { name, willowWeb_people: null } },
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(liar.lies()).toBe(3);
  await soon(async () =>
    (await remotely('', 'partner', 'status', 'willow-web')).out.includes('in quarantine'),
  );
  await asks('Afterwards', bodies);
  expect(liar.lies()).toBe(3);
  liar.server.closeAllConnections();
  await once(liar.server.close(), 'close');
  process = await serve(willow, port);
  expect((await remotely(key, 'partner', 'readmit', 'willow-web')).err).toContain('steward');
  expect((await console_('partner', 'readmit', 'willow-web')).code).toBe(0);
  await soon(async () => {
    const { data } = await asks('WhoTookPart', bodies);
    return (data?.organisation as { willowWeb_people: unknown }).willowWeb_people === 18;
  });

  expect((await remotely(key, 'partner', 'rollback', 'willow-web')).out).toContain('Version 1');
  await soon(async () => !(await isServed('willowWeb_motto')));
  const status = await remotely('', 'partner', 'status', 'willow-web');
  expect(status.out).toMatch(/^willow-web: PUBLISHED, PROVISIONAL, version 1\n/);

  const made = await console_('partner', 'key', 'create', 'willow-web', '--label', 'another');
  const id = /The key (\w+) is/.exec(made.out)?.[1] ?? '';
  expect((await console_('partner', 'key', 'revoke', 'willow-web', id)).out).toContain('revoked');

  await remotely(key, 'partner', 'retire', 'willow-web', '--reason', 'it closed');
  expect(await isServed('willowWeb_trainings { title }')).toBe(false);
  expect((await console_('registry', 'rollback', '2')).code).toBe(0);
  await soon(() => isServed('willowWeb_motto'));

  const history = await remotely('', 'partner', 'history', 'willow-web');
  expect(history.out.match(/[A-Z]+_?[A-Z]+(?= willow-web)/g)).toEqual(
    expect.arrayContaining([
      ...['PROPOSED', 'APPROVED', 'PUBLISHED', 'ROLLED_BACK', 'RETIRED'],
      ...['QUARANTINED', 'READMITTED'],
    ]),
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

(HAS_PYTHON ? it : it.skip)(
  'a second partner, in plain Python, stands beside the first',
  async () => {
    const stone = await folders.make('stone-ring', 'python');
    const key = keyFrom(await console_('partner', 'add', 'stone-ring'));
    const process = await serve(stone, await freePort());
    await remotely(key, 'partner', 'publish', ...at(stone, process));
    const approved = await console_('partner', 'approve', 'stone-ring', '1');
    expect(approved.out).toContain('as version 1');
    await soon(() => isServed('stoneRing_trainings { title }'));
    const both = await asks(
      'Both',
      `organisation(id: "${WEAVE}") { name stoneRing_people willowWeb_people }`,
    );
    expect(both).toMatchObject({ data: { organisation: { stoneRing_people: 18 } } });
  },
  120_000,
);

it('a graph to try things in has the fields of who has published', async () => {
  const reed = await folders.make('reed-bank', 'node');
  const others = await readOthers(running.address, 'reed-bank');
  expect(others.map(({ name }) => name)).toContain('willow-web');
  expect(await readOthers(running.address, 'willow-web')).not.toContainEqual(
    expect.objectContaining({ name: 'willow-web' }),
  );
  const port = await freePort();
  started.push(await startPartner(reed, { port }));
  const target = { name: 'reed-bank', key: reed.key, url: `http://127.0.0.1:${port}/graphql` };
  const words: string[] = [];
  const dev = await startDev(
    readConfig({ PORT: '0', LOG_LEVEL: 'silent', BUILTIN_DATA: 'off' }),
    target,
    {
      say: (said) => words.push(said),
      supergraphSdl: await readFile(SUPERGRAPH, 'utf8'),
      others,
    },
  );
  try {
    await soon(async () => words.some((said) => said.includes('reed-bank is in the graph')));
    const schema = await (await fetch(`${dev.address}/schema.graphql`)).text();
    expect(schema).toMatch(/reedBank_trainings[^]*willowWeb_trainings/);
  } finally {
    await dev.close();
  }
}, 60_000);

it('says what it needs', async () => {
  expect((await remotely('', 'partner', 'add', 'heron')).err).toContain('steward');
  expect((await remotely('', 'partner', 'status', 'nobody')).err).toContain('no partner "nobody"');
  expect((await remotely('pg_wrong', 'partner', 'list')).err).toContain('none of this server');
  expect((await console_('partner', 'publish', 'heron')).err).toContain('--url');
}, 60_000);
