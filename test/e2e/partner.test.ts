import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type SignedReport, verifyReport } from '../../gateway/registry/conformance/report';
import type { PartnerFolder } from '../../scripts/partner/folder';
import { freePort, startPartner } from '../../scripts/partner/process';
import { publicText, readPublicKeys } from '../../subgraphs/shared/http/keys';
import { openPartnerFolders } from '../support/partner-folders';
import { HAS_PYTHON } from '../support/python';

const STARTS = 120_000;
const PROGRAM = path.join(__dirname, '../../scripts/peacegraph.js');
const run = promisify(execFile);
const cli = (...args: string[]) => run(process.execPath, [PROGRAM, 'partner', ...args]);

let folders: Awaited<ReturnType<typeof openPartnerFolders>>;
beforeAll(async () => {
  folders = await openPartnerFolders();
});
/** What a test that failed has left running. */
const running: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  await Promise.all(running.map((stop) => stop()));
  await folders.close();
});

describe('partner init', () => {
  it('writes nothing over, and takes no name that the graph would not', async () => {
    const dir = path.join(folders.root, 'taken');
    expect((await cli('init', 'taken', '--dir', dir)).stdout).toContain(`partner dev ${dir}`);
    await expect(cli('init', 'taken', '--dir', dir)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not empty') as unknown,
    });
    await expect(cli('init', 'Funding', '--dir', `${dir}-2`)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot be a partner’s name') as unknown,
    });
  });

  it('names everything after the partner, and keeps the private key private', async () => {
    const { folder } = await folders.make('named-so', 'node');
    const schema = await readFile(path.join(folder, 'schema.graphql'), 'utf8');
    expect(schema).toMatch(/namedSo_trainings[^]*type NamedSo_Training/);
    expect(schema).not.toMatch(/example/i);
    expect(await readFile(path.join(folder, '.gitignore'), 'utf8')).toContain('keys/*.key');
    const { mode } = await stat(path.join(folder, 'keys/development.key'));
    expect(mode & 0o077).toBe(0);
  });
});

describe.each([
  ['node', true, [process.execPath, '--test', 'test/contract.test.mjs']],
  ['python', HAS_PYTHON, ['python3', '-B', '-m', 'unittest']],
] as const)('an example in %s', (language, isHere, [program, ...args]) => {
  const itIfHere = isHere ? it : it.skip;
  let made: PartnerFolder;
  if (isHere)
    beforeAll(async () => {
      made = await folders.make(`willow-${language}`, language);
    });

  itIfHere('passes its own tests', async () => {
    await run(program, args, { cwd: made.folder });
  });

  itIfHere('starts only if it is said whose requests it answers', async () => {
    const [command = '', ...given] = made.start;
    await expect(run(command, given, { cwd: made.folder })).rejects.toMatchObject({
      stderr: expect.stringContaining('--unsigned') as unknown,
    });
  });

  itIfHere('passes the conformance kit, which signs its report', async () => {
    const out = path.join(folders.root, `${language}.json`);
    const { stdout } = await cli('conformance', made.folder, '--out', out);
    expect(stdout).toMatch(/^willow-\w+ at http.*: passed, 20/);
    const report = JSON.parse(await readFile(out, 'utf8')) as SignedReport;
    expect(verifyReport(report, readPublicKeys(publicText(made.key)))).toBe(true);
    expect(report.report.checks.every(({ verdict }) => verdict === 'PASSED')).toBe(true);
  });
});

describe('partner conformance', () => {
  it('says what keeps a place from being tested', async () => {
    const { folder } = await folders.make('half-done', 'node');
    await writeFile(path.join(folder, 'partner.json'), '{"name":');
    for (const [place, words] of [
      [folder, 'partner.json has to have a `name`'],
      [folders.root, 'is no partner’s folder'],
      ['nowhere', 'is neither a folder nor an address'],
      ['http://127.0.0.1:1', 'Name the subgraph with --name'],
    ] as const)
      await expect(cli('conformance', place)).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining(words) as unknown,
      });
  });

  it('ends with 1 and says what to mend', async () => {
    const made = await folders.make('open-house', 'node');
    const open = await startPartner(made, { port: await freePort(), access: ['--unsigned'] });
    running.push(() => open.stop());
    const key = path.join(made.folder, 'keys/development.key');
    const ended = cli('conformance', open.url, '--name', 'open-house', '--key', key);
    await expect(ended).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/FAILED.*SIGNATURE_NOT_CHECKED.*to mend it: /s) as unknown,
    });
    await open.stop();
  });
});

/** The program, and what it has said so far. */
const startDev = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, 'partner', 'dev', ...args], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
  });
  let said = '';
  const hear = (chunk: Buffer) => (said += chunk.toString());
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    return child.exitCode;
  };
  running.push(stop);
  return {
    heard: async (words: RegExp): Promise<RegExpExecArray> => {
      for (;;) {
        const found = words.exec(said);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(said);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop,
  };
};
/** The data of an answer without errors. */
const ask = async (address: string, query: string): Promise<unknown> => {
  const answer = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await answer.json()) as { data?: unknown; errors?: unknown };
  return errors ?? data;
};

describe('partner dev', () => {
  it(
    'serves the partner’s fields beside ours, and follows its schema as it is written',
    async () => {
      const made = await folders.make('river-net', 'node');
      const manifest = path.join(made.folder, 'partner.json');
      const port = await freePort();
      await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('4100', String(port)));
      const dev = startDev([made.folder]);
      const [, address = ''] = await dev.heard(/Try it at (.*)\/graphiql/);
      await dev.heard(/river-net is in the graph, with Query.riverNet_trainings, /);
      expect(
        await ask(
          address,
          '{ riverNet_trainings(first: 1) { id host { name } } organisation(id: "PG-FICTIONAL-0009") { riverNet_people } }',
        ),
      ).toEqual({
        riverNet_trainings: [
          { id: 't-4', host: { name: 'Partners’ Network Incorporated (fictional)' } },
        ],
        organisation: { riverNet_people: 18 },
      });

      const schema = path.join(made.folder, 'schema.graphql');
      const before = await readFile(schema, 'utf8');
      await writeFile(schema, before.replace('id: ID!', 'id: Int!'));
      await dev.heard(
        /does not fit the graph, which stays as it was:\s+ERROR \w+ at Organisation\.id/,
      );
      expect(await ask(address, '{ organisation(id: "PG-FICTIONAL-0009") { id } }')).toEqual({
        organisation: { id: 'PG-FICTIONAL-0009' },
      });
      await writeFile(schema, before.replaceAll('riverNet_people', 'riverNet_participants'));
      await dev.heard(/in the graph, with .*riverNet_participants/);
      expect(await dev.stop()).toBe(0);
      await expect(fetch(`http://127.0.0.1:${port}/graphql`)).rejects.toThrow();
    },
    STARTS,
  );

  (HAS_PYTHON ? it : it.skip)(
    'takes an address as well, before anything answers there',
    async () => {
      const made = await folders.make('stone-ring', 'python');
      const port = await freePort();
      const key = path.join(made.folder, 'keys/development.key');
      const at = [`http://127.0.0.1:${port}`, '--name', 'stone-ring', '--key', key];
      const dev = startDev(at, { BUILTIN_DATA: 'off' });
      const [, address = ''] = await dev.heard(/Try it at (.*)\/graphiql/);
      await dev.heard(/stone-ring does not answer/);
      const partner = await startPartner(made, { port });
      running.push(() => partner.stop());
      await dev.heard(/stone-ring is in the graph/);
      expect(await ask(address, '{ stoneRing_trainings(first: 1) { id form } }')).toEqual({
        stoneRing_trainings: [{ id: 't-4', form: 'IN_PERSON' }],
      });
      expect(await dev.stop()).toBe(0);
      await partner.stop();
    },
    STARTS,
  );
});
