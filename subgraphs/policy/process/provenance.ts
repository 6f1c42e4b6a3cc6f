import { provenanceOf } from '../../shared/references';
import type { PolicyContext } from '../context';
import type { ProcessRow } from './process';

/** Where the records of a process came from, by row: they name the bodies that lead it. */
export const processProvenance = async (
  rows: readonly ProcessRow[],
  { processes, bodies }: Pick<PolicyContext, 'processes' | 'bodies'>,
) =>
  new Map(
    await Promise.all(
      rows.map(
        async (row) =>
          [row.id, await provenanceOf(row, await processes.leaders.load(row.id), bodies)] as const,
      ),
    ),
  );
