import type { Graph } from '../../gateway/graph';
import { now } from '../../subgraphs/shared/dates';
import type { EditionCounts } from '../../subgraphs/shared/records';
import { BrokenFile } from './broken-file';
import type { Problem } from './problem';

/** What an importer did with one file. */
export interface ImportOutcome {
  /** Records in the file, by kind. */
  read: Record<string, number>;
  /** What changed in the databases, over all of its rows. */
  counts: EditionCounts;
  problems: Problem[];
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
  /** The first of them; `rejected` counts all. */
  problems: Problem[];
  /** Why nothing was imported, of a run that failed. */
  failure: string | null;
}

const PROBLEMS_KEPT = 1000;
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
  let outcome: ImportOutcome = { read: {}, counts: NOTHING, problems: [] };
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
    rejected: outcome.problems.filter(({ status }) => status === 'REJECTED').length,
    problems: outcome.problems.slice(0, PROBLEMS_KEPT),
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
