import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { activityFile, anActivity, aTransaction } from '../support/iati';

const PROGRAM = path.join(__dirname, '../../scripts/peacegraph.js');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: path.join(folder, 'data') };
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
    [[], /serve.*import.*runs/s],
    [['import'], /iati.*statements.*codelists.*org-id.*countries.*rates/s],
    [['import', 'iati'], /--source.*--json/s],
    [['import', 'statements'], /JSON Lines/],
    [['import', 'rates'], /a file replaces what was there/],
    [['runs'], /--last/],
    [['keys'], /create.*list.*revoke.*rotate/s],
    [['keys', 'create'], /--label.*--tier.*--expires.*--owner/s],
    [['keys', 'rotate'], /--overlap/],
    [['serve'], /over HTTP/],
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
});
