import type { Knex } from 'knex';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { CommitmentRow, Implementation, ImplementationStatus } from './commitment';

type ImplementationRow = Stamp & {
  commitment: string;
  title: string;
  organisation_key: string | null;
  process: string | null;
  activity: string | null;
  implementation_status: string | null;
  from_date: string | null;
  to_date: string | null;
};

const toImplementation = (row: ImplementationRow): Implementation => ({
  id: row.id,
  title: row.title,
  status: row.implementation_status as ImplementationStatus | null,
  from: row.from_date,
  to: row.to_date,
  commitment: row.commitment,
  organisationKey: row.organisation_key,
  processId: row.process,
  activityName: row.activity,
  stamp: row,
});

export const createCommitmentStore = (db: Knex, viewer: Viewer) => ({
  bySymbols: async (symbols: readonly string[]): Promise<CommitmentRow[]> =>
    (await visibleTo(db('commitments'), viewer, 'tier')
      .whereIn('symbol', symbols)
      .whereNull('withdrawn_at')
      .orderBy(['commitment', 'id'])) as CommitmentRow[],

  implementationsOf: async (commitments: readonly string[]): Promise<Implementation[]> =>
    (
      (await visibleTo(db('implementations'), viewer, 'tier')
        .whereIn('commitment', commitments)
        .whereNull('withdrawn_at')
        .orderBy(['commitment', 'id'])) as ImplementationRow[]
    ).map(toImplementation),
});
export type CommitmentStore = ReturnType<typeof createCommitmentStore>;
