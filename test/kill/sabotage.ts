import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openGraph } from '../../gateway/graph';
import { hashInstallation } from '../../scripts/installation/hash';
import { type Verification, verifyInstallation } from '../../scripts/installation/verify';
import { argumentsOf, doImport, type Import, type Scenario } from './scenarios';

const PROGRAM = path.join(__dirname, '../../scripts/peacegraph.js');
const SABOTEUR = path.join(__dirname, 'saboteur.js');

/** What a process said and how it ended. */
export interface Ended {
  code: number | null;
  signal: string | null;
  out: string;
  err: string;
}

/** How to disturb a process: see saboteur.js. */
export interface Sabotage {
  at?: number;
  by?: string;
  log?: string;
  /** Limits a database's size, `funding.sqlite:60` to 60 pages. */
  pages?: string;
  /** Hears what it writes to its standard error. */
  onError?: (words: string) => unknown;
  /** End it after so many milliseconds, wherever it is then. */
  afterMs?: number;
}

/** Runs the command line on a data folder, disturbed. */
export const runDisturbed = (
  args: readonly string[],
  dataDir: string,
  { at = 0, by = 'kill', log = '', pages = '', afterMs, onError }: Sabotage = {},
): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['-r', SABOTEUR, PROGRAM, ...args], {
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        PORT: '0',
        LOG_LEVEL: 'silent',
        SABOTAGE_AT: String(at),
        SABOTAGE_BY: by,
        SABOTAGE_LOG: log,
        SABOTAGE_PAGES: pages,
      },
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (bytes: Buffer) => {
      said.out += bytes.toString();
      // A server that serves has done what there is to disturb.
      if (said.out.includes('serves at')) child.kill('SIGTERM');
    });
    child.stderr.on('data', (bytes: Buffer) => {
      said.err += bytes.toString();
      onError?.(said.err);
    });
    const timer =
      afterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), afterMs);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...said });
    });
  });

/** What a whole installation says after some work on it. */
export const stateAfter = async (
  dataDir: string,
  work: (graph: Awaited<ReturnType<typeof openGraph>>) => Promise<unknown>,
): Promise<Verification> => {
  const graph = await openGraph(dataDir);
  try {
    await work(graph);
    return await verifyInstallation(graph);
  } finally {
    await graph.close();
  }
};

/** A scenario made ready in a folder of its own. */
export const prepare = async (folder: string, files: string, { before, disturbed }: Scenario) => {
  const base = path.join(folder, 'base');
  mkdirSync(base, { recursive: true });
  if (before.length > 0) {
    await stateAfter(base, async (graph) => {
      for (const one of before) await doImport(graph, files, one);
    });
  }
  const fresh = (name: string): string => {
    const target = path.join(folder, name);
    rmSync(target, { recursive: true, force: true });
    cpSync(base, target, { recursive: true });
    return target;
  };
  const whole = fresh('whole');
  const log = path.join(folder, 'writes.log');
  const ended = await runDisturbed(argumentsOf(files, disturbed), whole, { log });
  if (ended.code !== 0)
    throw new Error(`The undisturbed run ended with ${ended.code}: ${ended.err}`);
  return {
    fresh,
    /** What the installation says after an undisturbed run. */
    wanted: await stateAfter(whole, async () => undefined),
    before: await stateAfter(fresh('before'), async () => undefined),
    /** What is written in an undisturbed run, in order. */
    writes: readFileSync(log, 'utf8').trimEnd().split('\n'),
  };
};
export type Prepared = Awaited<ReturnType<typeof prepare>>;

/** So many of a run's writes, from 1: those before and after each commit, and others evenly between. */
export const pointsOf = (writes: readonly string[], count: number): number[] => {
  const points = new Set<number>();
  const commits = writes.flatMap((words, index) => (/ COMMIT/i.test(words) ? [index + 1] : []));
  // The last commits are those of the import itself; before them come migrations.
  for (const at of commits.reverse()) {
    for (const point of [at, at + 1])
      if (points.size < (count * 2) / 3 && point <= writes.length) points.add(point);
  }
  for (let step = 1; points.size < Math.min(count, writes.length); step += 1)
    points.add(1 + (Math.floor((step * writes.length * 7) / 24) % writes.length));
  return [...points].sort((a, b) => a - b);
};

/** Kills a run at a write and runs it again: what the installation says then, and what it said between. */
export const killAndRunAgain = async (
  { fresh }: Prepared,
  files: string,
  disturbed: Import,
  sabotage: Sabotage,
) => {
  const dataDir = fresh('killed');
  const ended = await runDisturbed(argumentsOf(files, disturbed), dataDir, sabotage);
  const graph = await openGraph(dataDir);
  try {
    await graph.settle();
    const between = await verifyInstallation(graph);
    await doImport(graph, files, disturbed);
    return { ended, between, again: await verifyInstallation(graph) };
  } finally {
    await graph.close();
  }
};

/** The hash alone, for those who need no more. */
export const hashOfFolder = async (dataDir: string): Promise<string> => {
  const graph = await openGraph(dataDir);
  try {
    return (await hashInstallation(graph)).whole;
  } finally {
    await graph.close();
  }
};
