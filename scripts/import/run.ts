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
interface Task {
  kind: string;
  file: string;
  sourceId: string;
  work: () => Promise<ImportOutcome>;
}

const NOTHING: EditionCounts = { created: 0, updated: 0, unchanged: 0, withdrawn: 0 };

/** Why nothing more was imported, where that is no fault of this program; null where it is. */
const reasonOf = (error: unknown, file: string): string | null => {
  if (error instanceof BrokenFile) return error.message;
  const fault = storageFault(error);
  return fault === null
    ? null
    : `${file}: the database could not be written: ${fault}. Run it again when that is put right.`;
};

const runNow = async (graph: Graph, { kind, file, sourceId, work }: Task): Promise<RunReport> => {
  const { beginRun, endRun } = graph.organisations.write;
  const begun: RunReport = {
    kind,
    file,
    sourceId,
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
  let id: number | null = null;
  try {
    id = await beginRun({ ...begun, report: begun });
    const { read, counts, problems } = await work();
    const { list, rejected, noted } = problems;
    const ended = { status: 'imported' as const, endedAt: now(), problems: list, rejected, noted };
    const report: RunReport = { ...begun, ...ended, read, counts };
    await endRun(id, { ...report, report }, true);
    return report;
  } catch (error) {
    const failure = reasonOf(error, file);
    if (failure === null) throw error;
    // After a fault of the disk something may be left undone, so the record says what it said.
    if (!(error instanceof BrokenFile)) return { ...begun, failure };
    const report: RunReport = { ...begun, status: 'failed', endedAt: now(), failure };
    if (id !== null) await endRun(id, { ...report, report }, false);
    return report;
  }
};

/**
 * Runs one import when no other is under way, and records it. A file that is broken or a disk that is
 * full is a report, not an exception; of a broken file nothing is in the graph. A run that ends in any
 * other way, or with the process, stays recorded as unfinished until the source is imported again.
 * @param onWait called once if it has to wait for another process to end its import.
 */
export const runImport = (graph: Graph, task: Task, onWait?: () => void): Promise<RunReport> =>
  graph.exclusively(() => runNow(graph, task), onWait);
