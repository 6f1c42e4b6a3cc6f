import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig, start } from '../../../gateway';

const SUPERGRAPH = path.join(__dirname, '../../../schema/supergraph.graphql');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
});
afterEach(() => rm(folder, { recursive: true }));

const startWith = async (file: string) => {
  const env = { PORT: '0', DATA_DIR: path.join(folder, 'data'), LOG_LEVEL: 'silent' };
  const running = await start(readConfig(env), undefined, file);
  const address = `${running.address}/graphql?query=${encodeURIComponent('{ sources { id } }')}`;
  const answer: unknown = await (await fetch(address)).json();
  await running.close();
  return answer;
};

describe('the supergraph that served last', () => {
  it.each([
    ['missing', null],
    ['broken', 'type Query {'],
    ['no supergraph', 'type Query { a: Int }'],
  ])('serves on where the written one is %s', async (_how, text) => {
    const file = path.join(folder, 'supergraph.graphql');
    await writeFile(file, await readFile(SUPERGRAPH, 'utf8'));
    expect(await startWith(file)).toMatchObject({ data: { sources: [] } });
    await (text === null ? rm(file) : writeFile(file, text));
    expect(await startWith(file)).toMatchObject({ data: { sources: [] } });
  });

  it('need not be there: the subgraphs are composed where nothing was written', async () => {
    expect(await startWith(path.join(folder, 'none.graphql'))).toMatchObject({
      data: { sources: [] },
    });
  });
});
