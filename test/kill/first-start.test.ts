import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadBuiltins } from '../../scripts/builtin/load';
import { pointsOf, runDisturbed, stateAfter } from './sabotage';

const POINTS = 8;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a first start', () => {
  it(`killed at ${POINTS} writes, is made up for by the second`, async () => {
    const wanted = await stateAfter(path.join(folder, 'whole'), loadBuiltins);
    expect(wanted).toMatchObject({ faults: [], unfinished: [] });
    const log = path.join(folder, 'writes.log');
    await runDisturbed(['serve'], path.join(folder, 'logged'), { log });
    const writes = (await readFile(log, 'utf8')).trimEnd().split('\n');
    // Where an import's bodies are in and what names them is not: all look as if it had been made.
    const between = writes.flatMap((words, index) =>
      words.includes('insert into `sources`') ? [index + 3] : [],
    );
    const points = [...between.slice(-4), ...pointsOf(writes, POINTS - 4)];
    expect(points).toHaveLength(POINTS);
    for (const at of points) {
      const dataDir = path.join(folder, `killed ${at}`);
      const { signal } = await runDisturbed(['serve'], dataDir, { at });
      const again = await stateAfter(dataDir, loadBuiltins);
      const place = `write ${at} of ${writes.length}: ${writes[at - 1]}`;
      expect({ place, signal, again }).toEqual({ place, signal: 'SIGKILL', again: wanted });
    }
  }, 240_000);
});
