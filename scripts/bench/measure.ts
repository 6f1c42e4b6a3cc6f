import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MS = 1e6;
const MICROSECONDS = 1e3;
export const MEGABYTE = 1e6;

/** The time that some work takes, in milliseconds, and its result. */
export const timed = async <T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> => {
  const start = process.hrtime.bigint();
  const result = await work();
  return { ms: Number(process.hrtime.bigint() - start) / MS, result };
};

/** What some work takes of the clock and of the processors, in milliseconds. */
export interface Cost {
  wall: number;
  /** Of all threads of this process, SQLite's among them; other processes do not slow it down. */
  cpu: number;
}

/** What some work costs, done once. */
export const costOf = async (work: () => Promise<unknown>): Promise<Cost> => {
  const before = process.cpuUsage();
  const { ms } = await timed(work);
  const { user, system } = process.cpuUsage(before);
  return { wall: ms, cpu: (user + system) / MICROSECONDS };
};

/** The middle of some costs, of the processors and of the clock each. */
export const medianCost = (costs: readonly Cost[]): Cost => ({
  wall: medianOf(costs.map(({ wall }) => wall)),
  cpu: medianOf(costs.map(({ cpu }) => cpu)),
});

/** What each of some works costs, the median of rounds in which they take turns. */
export const costsOf = async <Name extends string>(
  works: Record<Name, () => Promise<unknown>>,
  rounds: number,
): Promise<Record<Name, Cost>> => {
  const names = Object.keys(works) as Name[];
  const costs = new Map(names.map((name) => [name, [] as Cost[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) costs.get(name)?.push(await costOf(works[name]));
  const median = (name: Name): Cost => medianCost(costs.get(name) ?? []);
  return Object.fromEntries(names.map((name) => [name, median(name)])) as Record<Name, Cost>;
};

/** A cost in words: the processors' first, by which bars are judged. */
export const inWords = ({ wall, cpu }: Cost): string =>
  `${cpu.toFixed(0)} ms (wall ${wall.toFixed(0)})`;

/** How many times one cost is another, of the processors and of the clock. */
export const timesInWords = (one: Cost, other: Cost): string =>
  `${(one.cpu / other.cpu).toFixed(2)}× (wall ${(one.wall / other.wall).toFixed(2)}×)`;

/** The middle one of some figures. */
export const medianOf = (figures: readonly number[]): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
};

/** The most memory that this process ever held, in megabytes. */
export const peakMemory = (): number => (process.resourceUsage().maxRSS * 1024) / MEGABYTE;

/** A folder for databases, gone afterwards. */
export const withFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * A folder with a world, which is made if it is not there. In the folder that PEACEGRAPH_BENCH_WORLDS names
 * worlds are kept, for who measures often; otherwise they are gone afterwards.
 */
export const withWorld = async <T>(
  name: string,
  make: (folder: string) => Promise<unknown>,
  work: (folder: string) => Promise<T>,
): Promise<T> => {
  const kept = process.env.PEACEGRAPH_BENCH_WORLDS;
  if (kept === undefined)
    return withFolder(async (folder) => {
      await make(folder);
      return work(folder);
    });
  const folder = path.join(kept, name);
  if (!existsSync(`${folder}.made`)) {
    await rm(folder, { recursive: true, force: true });
    await make(folder);
    await writeFile(`${folder}.made`, '');
  }
  return work(folder);
};

/** A figure beside its bar, as a line of the report. */
export const line = (
  what: string,
  figure: string,
  bar?: { holds: boolean; words: string },
): string =>
  `  ${what.padEnd(44)} ${figure.padStart(12)}${bar ? `   ${bar.holds ? 'within' : 'BEYOND'} ${bar.words}` : ''}\n`;
