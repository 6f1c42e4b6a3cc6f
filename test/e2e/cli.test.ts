import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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

const run = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...place };
    execFile(process.execPath, [PROGRAM, ...args], { env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
const aFile = async (name: string, text: string) => {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
};

describe('the command line', () => {
  it.each([
    [[], /serve.*import.*runs.*verify.*backup.*restore/s],
    [['import'], /iati.*360giving.*fts.*statements.*codelists.*org-id.*countries.*rates/s],
    [['import', 'iati'], /--source.*--json/s],
    [['import', '360giving'], /--source.*--title.*--licence.*--json/s],
    [['import', 'fts'], /all pages of one search together.*--source.*--title.*--licence.*--json/s],
    [['import', 'statements'], /JSON Lines/],
    [['import', 'rates'], /a file replaces what was there/],
    [['runs'], /--last/],
    [['serve'], /over HTTP/],
    [['verify'], /hash/],
    [['backup'], /as of one moment/],
    [['restore'], /--verify-only.*--replace/s],
    [['db', 'copy'], /--from.*--to.*--replace/s],
  ])('explains %j', async (args, words) => {
    const { code, out } = await run(...args, '--help');
    expect(code).toBe(0);
    expect(out).toMatch(words);
  });

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

  it('copies the databases elsewhere, and says what each has', async () => {
    const from = place.DATABASE_URL || place.DATA_DIR;
    const { code, out, err } = await run('db', 'copy', '--from', from, '--to', `${folder}/copy`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^funding: [\d,]+ rows in \d+ tables, and the same there\.$/m);
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
