import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { placeIn } from '../support/databases';
import { activityFile, anActivity, aTransaction } from '../support/iati';

const PROGRAM = path.join(__dirname, '../../scripts/peacegraph.js');

let folder: string;
let place: ReturnType<typeof placeIn>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  place = placeIn(path.join(folder, 'data'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => runWith({}, ...args);
const runWith = (
  more: Record<string, string>,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...place, ...more };
    execFile(process.execPath, [PROGRAM, ...args], { env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
const aFile = async (name: string, text: string) => {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
};

describe('processes of their own', () => {
  it('make a signing key once, the private half for its owner alone', async () => {
    const file = path.join(folder, 'gateway.key');
    const made = await run('signing-key', file);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain(`GATEWAY_PUBLIC_KEYS_FILE=${file}.pub`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(made.out).not.toContain((await readFile(file, 'utf8')).split('\n')[1]);
    expect((await run('signing-key', file)).code).toBe(1);
  });

  it('do not serve a subgraph that has no key to know its gateway by', async () => {
    const refused = await run('subgraph', 'funding');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('GATEWAY_PUBLIC_KEYS');
    expect((await run('subgraph', 'nothing')).err).toContain('organisations, networks');
  });

  it('do not serve a gateway that cannot sign', async () => {
    const names = ['organisations', 'networks', 'funding', 'policy'];
    const SUBGRAPHS = names.map((name) => `${name}=http://127.0.0.1:1`).join(',');
    const refused = await runWith({ SUBGRAPHS }, 'serve');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('GATEWAY_SIGNING_KEY');
  });

  it('end where they cannot serve', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refused = await runWith({ PORT: String(port), BUILTIN_DATA: 'off' }, 'serve');
    taken.close();
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('EADDRINUSE');
  });

  it('end together, also when what started them is killed', async () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const env = {
        ...process.env,
        ...placeIn(path.join(folder, 'together')),
        PORT: '0',
        BUILTIN_DATA: 'off',
        LOG_LEVEL: 'silent',
      };
      const supervisor = spawn(process.execPath, [PROGRAM, 'distributed'], { env });
      let said = '';
      await new Promise<void>((resolve) =>
        supervisor.stdout.on('data', (words: Buffer) => {
          said += words.toString();
          if (said.match(/\(process \d+\)/g)?.length === 5) resolve();
        }),
      );
      supervisor.kill(signal);
      // The pipe that all six write to ends when the last of them has ended.
      await once(supervisor, 'close');
      expect(said).toContain('in five processes');
    }
  }, 120_000);
});

describe('the command line', () => {
  it('imports a file, says what changed, and lists the run', async () => {
    const file = await aFile(
      'good.xml',
      activityFile(anActivity('XX-1-A', 'XX-1', aTransaction('3', '5'))),
    );
    const first = await run('import', 'iati', file, '--json');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(first.out)).toMatchObject([
      {
        kind: 'iati',
        sourceId: 'iati-good',
        status: 'imported',
        read: { activities: 1, transactions: 1 },
        rejected: 0,
      },
    ]);
    const again = await run('import', 'iati', file);
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/imported as source iati-good/);
    expect(again.out).toMatch(/unchanged/);
    expect(again.out).not.toMatch(/created/);
    expect((await run('runs')).out.match(/imported as source iati-good/g)).toHaveLength(2);
  });

  it('imports each 360Giving file as a source, and FTS pages as one', async () => {
    const grant = {
      id: '360G-x-1',
      currency: 'GBP',
      amountAwarded: 5,
      awardDate: '2020-01-01',
      fundingOrganization: [{ id: 'GB-CHC-1', name: 'Funder' }],
      recipientOrganization: [{ id: 'GB-CHC-2', name: 'Recipient' }],
    };
    const json = await aFile('grants-a.json', JSON.stringify({ grants: [grant] }));
    const csv = await aFile(
      'grants-b.csv',
      'Identifier,Currency,Amount Awarded,Award Date,Funding Org:Identifier,Recipient Org:Identifier\n360G-y-1,GBP,5,01/02/2020,GB-CHC-1,GB-CHC-2\n',
    );
    const grants = await run('import', '360giving', json, csv, '--licence', 'CC BY 4.0', '--json');
    expect(grants).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(grants.out)).toMatchObject([
      { kind: '360giving', sourceId: '360giving-grants-a', read: { grants: 1, flows: 1 } },
      { kind: '360giving', sourceId: '360giving-grants-b', read: { grants: 1, flows: 1 } },
    ]);

    const pages = path.join(folder, 'Search 1');
    await mkdir(pages);
    for (const id of ['1', '2']) {
      const flow = { id, amountUSD: 5, date: '2020-01-01', status: 'paid' };
      await writeFile(path.join(pages, `${id}.json`), JSON.stringify({ data: { flows: [flow] } }));
    }
    for (const args of [[pages], ['--source', 'named', path.join(pages, '1.json')]]) {
      const { code, out } = await run('import', 'fts', ...args, '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject([
        { kind: 'fts', sourceId: args.length === 1 ? 'fts-search-1' : 'named', status: 'imported' },
      ]);
    }
    expect((await run('runs')).out).toMatch(/fts-search-1/);
  });

  it('ends with 1 where something was left out, naming file, line and reason', async () => {
    const broken = await aFile('broken.xml', '<iati-activities><iati-activity></iati-activities>');
    const failed = await run('import', 'iati', broken);
    expect(failed.code).toBe(1);
    expect(failed.out).toMatch(/broken\.xml: nothing imported/);
    expect(failed.out).toMatch(/line 1.*not well-formed/);

    const partly = await aFile(
      'partly.xml',
      activityFile(anActivity('XX-2-A', 'XX-2', aTransaction('99', '5') + aTransaction('3', '5'))),
    );
    const rejected = await run('import', 'iati', partly);
    expect(rejected.code).toBe(1);
    expect(rejected.out).toMatch(/rejected: 1/);
    expect(rejected.out).toMatch(/line 5, rejected TRANSACTION_OF_UNKNOWN_TYPE in XX-2-A/);

    const missing = await run('import', 'iati', path.join(folder, 'nowhere.xml'));
    expect(missing.code).toBe(1);
    expect(missing.err).toMatch(/nowhere\.xml.*no such file/s);
  });

  it('backs up and restores the keys too, and says whether they count', async () => {
    await run('keys', 'create', '--label', 'Willow', '--tier', 'DONOR');
    const backup = path.join(folder, 'backup');
    const made = await run('backup', backup);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toMatch(/1 keys, without the secret that makes them count/);
    const elsewhere = { DATABASE_URL: '', DATA_DIR: path.join(folder, 'elsewhere') };
    const restored = await runWith(elsewhere, 'restore', backup);
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(restored.out).toMatch(
      /keys were restored, 1 of them.*\nThere is no secret here.*key-secret/,
    );

    // A gateway that runs apart has its keys in a folder of its own.
    const apart = path.join(folder, 'apart');
    const files = { DATABASE_URL: '', DATA_DIR: apart };
    await runWith(files, 'keys', 'create', '--label', 'Alder', '--tier', 'PARTNER');
    const other = path.join(folder, 'backup of keys apart');
    await runWith(elsewhere, 'backup', other, '--keys', apart);
    expect(await readFile(path.join(other, 'keys.json'), 'utf8')).toContain('Alder');
  }, 60_000);

  it('copies the databases elsewhere, and says what each has', async () => {
    const from = place.DATABASE_URL || place.DATA_DIR;
    const { code, out, err } = await run('db', 'copy', '--from', from, '--to', `${folder}/copy`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^funding: [\d,]+ rows in \d+ tables, and the same there\.$/m);
    expect(out).toMatch(/^access: 1 keys;/m);
    const again = await run('db', 'copy', '--from', from, '--to', `${folder}/copy`);
    expect(again.code).toBe(1);
    expect(again.err).toMatch(/is not empty/);
  });

  it('says that PostgreSQL is not there, without its password', async () => {
    place = { ...place, DATABASE_URL: 'postgres://keeper:s3cret@127.0.0.1:1/peace' };
    const { code, out, err } = await run('runs');
    expect(code).toBe(1);
    expect(err).toMatch(/^PostgreSQL at 127\.0\.0\.1:1\/peace cannot be used: .*ECONNREFUSED.*\n$/);
    expect(out + err).not.toMatch(/s3cret/);
  });
});
