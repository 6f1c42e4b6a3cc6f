import type { Knex } from 'knex';
import { inWrite } from '../../shared/db';

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

/** What stands for the end of a run that has not ended: it is under way, or was interrupted. */
const NOT_ENDED = '';

const rowOf = (run: Omit<ImportRun, 'endedAt'>) => ({
  kind: run.kind,
  file: run.file,
  source_id: run.sourceId,
  started_at: run.startedAt,
  report: JSON.stringify(run.report),
});

export const createRunsWrite = (db: Knex) => ({
  /** Notes that a run begins, so that one which is interrupted leaves a trace; answers its id. */
  beginRun: async (run: Omit<ImportRun, 'endedAt'>): Promise<number> => {
    const [row] = (await db('import_runs')
      .insert({ ...rowOf(run), ended_at: NOT_ENDED })
      .returning('id')) as { id: number }[];
    return row?.id ?? 0;
  },

  /**
   * Notes how a run ended.
   * @param settles whether it did what earlier runs over the same source left undone.
   */
  endRun: (id: number, run: ImportRun, settles: boolean): Promise<void> =>
    inWrite(db, async (trx) => {
      await trx('import_runs')
        .where({ id })
        .update({ ...rowOf(run), ended_at: run.endedAt });
      if (settles) {
        await trx('import_runs')
          .where({ kind: run.kind, source_id: run.sourceId, ended_at: NOT_ENDED })
          .delete();
      }
    }),

  /** Whether an import of this file as this source was begun, and neither ended nor was made up for. */
  isUnfinished: async (sourceId: string, file: string): Promise<boolean> =>
    (await db('import_runs').where({ source_id: sourceId, file, ended_at: NOT_ENDED }).first()) !==
    undefined,

  /** The runs that are under way or were interrupted, the oldest first. */
  unfinishedRuns: async (): Promise<
    Pick<ImportRun, 'kind' | 'file' | 'sourceId' | 'startedAt'>[]
  > =>
    db('import_runs')
      .select({ kind: 'kind', file: 'file', sourceId: 'source_id', startedAt: 'started_at' })
      .where({ ended_at: NOT_ENDED })
      .orderBy('id'),

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
