import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SCENARIOS, writeFiles } from './scenarios';
import { killAndRunAgain, pointsOf, type Prepared, prepare } from './sabotage';

const POINTS = 9;

describe.each(SCENARIOS)('$title, killed and run again', (scenario) => {
  let folder: string;
  let prepared: Prepared;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
    writeFiles(folder);
    prepared = await prepare(path.join(folder, 'data'), folder, scenario);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it(`ends as if it had not been, at ${POINTS} writes`, async () => {
    const { wanted, before, writes } = prepared;
    expect(wanted).toMatchObject({ faults: [], unfinished: [] });
    expect(wanted.whole).not.toBe(before.whole);
    const points = pointsOf(writes, POINTS);
    expect(points).toHaveLength(POINTS);
    for (const at of points) {
      const { ended, between, again } = await killAndRunAgain(
        prepared,
        folder,
        scenario.disturbed,
        { at },
      );
      const place = `write ${at} of ${writes.length}: ${writes[at - 1]}`;
      expect({ place, signal: ended.signal, between: between.faults, again }).toEqual({
        place,
        signal: 'SIGKILL',
        between: [],
        again: wanted,
      });
    }
  }, 120_000);
});
