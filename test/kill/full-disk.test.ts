import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Graph, openGraph } from '../../gateway/graph';
import { argumentsOf, LARGE, SCENARIOS, writeFiles } from './scenarios';
import { killAndRunAgain, pointsOf, type Prepared, prepare, runDisturbed } from './sabotage';

const POINTS = 4;

const pagesOf = async (dataDir: string): Promise<Record<string, number>> => {
  const graph = await openGraph(dataDir);
  const pages: Record<string, number> = {};
  for (const { name, db } of graph.subgraphs) {
    const [row] = (await db.raw('pragma page_count')) as { page_count: number }[];
    pages[name] = row?.page_count ?? 0;
  }
  await graph.close();
  return pages;
};

describe.each([LARGE, ...SCENARIOS.slice(2, 4)])('$title, when the disk fails', (scenario) => {
  let folder: string;
  let prepared: Prepared;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
    writeFiles(folder);
    prepared = await prepare(path.join(folder, 'data'), folder, scenario);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  const expectHealed = ({ ended, between, again }: Awaited<ReturnType<typeof killAndRunAgain>>) => {
    expect(ended).toMatchObject({ code: 1, signal: null });
    expect(ended.out + ended.err).toMatch(/SQLITE_(FULL|IOERR)/);
    expect(ended.out).not.toMatch(/imported as source/);
    expect(between.faults).toEqual([]);
    expect(again).toEqual(prepared.wanted);
  };

  it.each(['SQLITE_FULL', 'SQLITE_IOERR'])(
    `says so, and the next run ends as if it had not, where writes end with %s`,
    async (by) => {
      for (const at of pointsOf(prepared.writes, POINTS)) {
        expectHealed(await killAndRunAgain(prepared, folder, scenario.disturbed, { at, by }));
      }
    },
    120_000,
  );

  // The others fit into pages that are there.
  if (scenario === LARGE)
    it('says so, and the next run ends as if it had not, where a database can grow no more', async () => {
      const from = await pagesOf(prepared.fresh('small'));
      const until = await pagesOf(path.join(folder, 'data', 'whole'));
      const grown = Object.keys(from).filter((name) => (until[name] ?? 0) > (from[name] ?? 0));
      expect(grown).toEqual(['organisations', 'networks', 'funding', 'policy']);
      for (const name of grown) {
        const pages = `${name}.sqlite:${Math.floor(((from[name] ?? 0) + (until[name] ?? 0)) / 2)}`;
        expectHealed(await killAndRunAgain(prepared, folder, scenario.disturbed, { pages }));
      }
    }, 60_000);

  it('records no run as imported, and names file and reason', async () => {
    const dataDir = prepared.fresh('recorded');
    // The first commit that the import itself makes.
    const at = prepared.writes.findIndex((words) => words.includes('insert into `sources`')) + 2;
    const args = argumentsOf(folder, scenario.disturbed);
    const { out } = await runDisturbed(args, dataDir, { at, by: 'SQLITE_FULL' });
    expect(out).toMatch(
      new RegExp(`${scenario.disturbed.file}: interrupted\\n.*could not be written: SQLITE_FULL`),
    );
    const graph: Graph = await openGraph(dataDir);
    const runs = await graph.organisations.write.runs(1);
    await graph.close();
    expect(runs).toMatchObject([
      {
        file: expect.stringContaining(scenario.disturbed.file) as string,
        report: { status: 'unfinished' },
      },
    ]);
  });
});
