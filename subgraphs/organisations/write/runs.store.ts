import type { Knex } from 'knex';

/** An import run, as recorded. */
export interface ImportRun {
  kind: string;
  file: string;
  sourceId: string;
  startedAt: string;
  endedAt: string;
  /** Its counts and the problems met, with file, position and reason. */
  report: object;
}

interface RunRow {
  id: number;
  kind: string;
  file: string;
  source_id: string;
  started_at: string;
  ended_at: string;
  report: string;
}

export const createRunsWrite = (db: Knex) => ({
  recordRun: async (run: ImportRun): Promise<void> => {
    await db('import_runs').insert({
      kind: run.kind,
      file: run.file,
      source_id: run.sourceId,
      started_at: run.startedAt,
      ended_at: run.endedAt,
      report: JSON.stringify(run.report),
    });
  },

  /** The newest runs first. Not part of the graph: counts of hidden rows would show through. */
  runs: async (limit: number): Promise<(ImportRun & { id: number })[]> =>
    ((await db('import_runs').orderBy('id', 'desc').limit(limit)) as RunRow[]).map((row) => ({
      id: row.id,
      kind: row.kind,
      file: row.file,
      sourceId: row.source_id,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      report: JSON.parse(row.report) as object,
    })),
});
