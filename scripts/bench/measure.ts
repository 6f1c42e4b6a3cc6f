import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MS = 1e6;
export const MEGABYTE = 1e6;

/** The time that some work takes, in milliseconds, and its result. */
export const timed = async <T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> => {
  const start = process.hrtime.bigint();
  const result = await work();
  return { ms: Number(process.hrtime.bigint() - start) / MS, result };
};

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

/** A figure beside its bar, as a line of the report. */
export const line = (
  what: string,
  figure: string,
  bar?: { holds: boolean; words: string },
): string =>
  `  ${what.padEnd(44)} ${figure.padStart(12)}${bar ? `   ${bar.holds ? 'within' : 'BEYOND'} ${bar.words}` : ''}\n`;
