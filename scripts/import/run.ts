import type { Graph } from '../../gateway/graph';
import { now } from '../../subgraphs/shared/dates';
import { storageFault } from '../../subgraphs/shared/db';
import type { EditionCounts } from '../../subgraphs/shared/records';
import { BrokenFile } from './broken-file';
import { type Problem, type Problems } from './problem';

/** What an importer did with one file. */
export interface ImportOutcome {
  /** Records in the file, by kind. */
  read: Record<string, number>;
  /** What changed in the databases, over all of its rows. */
  counts: EditionCounts;
  problems: Problems;
}

/** The report of one run over one file. */
export interface RunReport {
  kind: string;
  file: string;
  sourceId: string;
  /** `unfinished`: it is under way, or was interrupted. */
  status: 'imported' | 'failed' | 'unfinished';
  startedAt: string;
  /** Empty for a run that has not ended. */
  endedAt: string;
  read: Record<string, number>;
  counts: EditionCounts;
  rejected: number;
  noted: number;
  /** The first of them; `rejected` and `noted` count all. */
  problems: readonly Problem[];
  /** Why nothing was imported, of a run that failed; what stopped it, of one that did not end. */
  failure: string | null;
}

/** One file's import: `work` does it. */
export interface Task {
  kind: string;
  file: string;
  sourceId: string;
  work: () => Promise<ImportOutcome>;
}

const NOTHING: EditionCounts = { created: 0, updated: 0, unchanged: 0, withdrawn: 0 };

const runNow = async (graph: Graph, begun: RunReport, work: Task['work']): Promise<RunReport> => {
  const { beginRun, endRun } = graph.organisations.write;
  const id = await beginRun({ ...begun, report: begun });
  try {
    const { read, counts, problems } = await work();
    // When an import has ended, what follows from it is there too.
    await graph.follow();
    const { list, rejected, noted } = problems;
    const ended = { status: 'imported' as const, endedAt: now(), problems: list, rejected, noted };
    const report: RunReport = { ...begun, ...ended, read, counts };
    await endRun(id, { ...report, report }, true);
    return report;
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    const ended = { status: 'failed' as const, endedAt: now(), failure: error.message };
    const report: RunReport = { ...begun, ...ended };
    await endRun(id, { ...report, report }, false);
    return report;
  }
};

/**
 * Runs one import when no other is under way, and records it. A file that is broken or a disk that is
 * full is a report, not an exception; of a broken file nothing is in the graph. A run that ends in any
 * other way, or with the process, stays recorded as unfinished until the source is imported again.
 * @param onWait called once if it has to wait for another process to end its import.
 */
export const runImport = async (
  graph: Graph,
  { work, ...task }: Task,
  onWait?: () => void,
): Promise<RunReport> => {
  const begun: RunReport = {
    ...task,
    status: 'unfinished',
    startedAt: now(),
    endedAt: '',
    read: {},
    counts: NOTHING,
    rejected: 0,
    noted: 0,
    problems: [],
    failure: null,
  };
  try {
    return await graph.exclusively(() => runNow(graph, begun, work), onWait);
  } catch (error) {
    const fault = storageFault(error);
    if (fault === null) throw error;
    const failure = `${task.file}: the database could not be written: ${fault}. Run it again when that is put right.`;
    return { ...begun, failure };
  }
};
