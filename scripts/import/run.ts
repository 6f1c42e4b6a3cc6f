import type { Graph } from '../../gateway/graph';
import { now } from '../../subgraphs/shared/dates';
import type { EditionCounts } from '../../subgraphs/shared/records';
import { BrokenFile } from './broken-file';
import { NO_PROBLEMS, type Problem, type Problems } from './problem';

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
  status: 'imported' | 'failed';
  startedAt: string;
  endedAt: string;
  read: Record<string, number>;
  counts: EditionCounts;
  rejected: number;
  noted: number;
  /** The first of them; `rejected` and `noted` count all. */
  problems: readonly Problem[];
  /** Why nothing was imported, of a run that failed. */
  failure: string | null;
}

const NOTHING: EditionCounts = { created: 0, updated: 0, unchanged: 0, withdrawn: 0 };

/**
 * Runs one import and records it. A broken file is a report, not an exception: nothing of it is in
 * the graph.
 */
export const runImport = async (
  graph: Graph,
  task: { kind: string; file: string; sourceId: string; work: () => Promise<ImportOutcome> },
): Promise<RunReport> => {
  const { kind, file, sourceId } = task;
  const startedAt = now();
  let outcome: ImportOutcome = { read: {}, counts: NOTHING, problems: NO_PROBLEMS };
  let failure: string | null = null;
  try {
    outcome = await task.work();
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    failure = error.message;
  }
  const report: RunReport = {
    kind,
    file,
    sourceId,
    status: failure === null ? 'imported' : 'failed',
    startedAt,
    endedAt: now(),
    read: outcome.read,
    counts: outcome.counts,
    rejected: outcome.problems.rejected,
    noted: outcome.problems.noted,
    problems: outcome.problems.list,
    failure,
  };
  await graph.organisations.write.recordRun({
    kind,
    file,
    sourceId,
    startedAt,
    endedAt: report.endedAt,
    report,
  });
  return report;
};
