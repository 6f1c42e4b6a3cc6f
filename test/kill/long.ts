/**
 * Kills imports at 200 places and runs them again, half of them at a write and half at any time: `npm run
 * kill-test`. `npm run kill-test -- 50` kills at 50 places.
 */
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { killAndRunAgain, pointsOf, prepare, type Sabotage } from './sabotage';
import { LARGE, SCENARIOS, writeFiles } from './scenarios';

const main = async (places: number): Promise<void> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-kill-'));
  writeFiles(folder);
  const scenarios = [...SCENARIOS, LARGE];
  const each = Math.ceil(places / scenarios.length);
  let killed = 0;
  let early = 0;
  let wrong = 0;
  for (const [index, scenario] of scenarios.entries()) {
    const begun = Date.now();
    const prepared = await prepare(path.join(folder, `data ${index}`), folder, scenario);
    const took = Date.now() - begun;
    const atWrites = pointsOf(prepared.writes, Math.floor(each / 2)).map((at): Sabotage => ({
      at,
    }));
    const anyTime = Array.from({ length: each - atWrites.length }, (): Sabotage => ({
      afterMs: Math.round(took * (0.1 + 0.4 * Math.random())),
    }));
    for (const sabotage of [...atWrites, ...anyTime]) {
      const { ended, between, again } = await killAndRunAgain(
        prepared,
        folder,
        scenario.disturbed,
        sabotage,
      );
      if (ended.signal === 'SIGKILL') killed += 1;
      else early += 1;
      if (between.faults.length > 0 || !isDeepStrictEqual(again, prepared.wanted)) {
        wrong += 1;
        console.error(scenario.title, sabotage, between.faults, again.faults, again.unfinished);
      }
    }
    console.log(`${scenario.title}: done; ${killed} killed so far`);
  }
  await rm(folder, { recursive: true });
  console.log(
    `${killed} killed and run again, ${early} ended before they could be killed, ${wrong} ended otherwise than undisturbed`,
  );
  if (wrong > 0) process.exitCode = 1;
};

void main(Number(process.argv[2] ?? 200));
