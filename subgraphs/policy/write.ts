import type { Knex } from 'knex';
import { type BodiesPublication, followBodies } from '../shared/bodies';
import { beginWrite, commit, inWrite } from '../shared/db';
import { eraseWithdrawn, type Holding, holdingsOf } from '../shared/erasure';
import { type FactsPublisher, followAllFacts } from '../shared/facts';
import {
  type EditionCounts,
  type EditionOf,
  type NewRecord,
  openEditionWriter,
  type RecordTable,
} from '../shared/records';

const TABLES = {
  documents: {
    name: 'documents',
    children: ['document_recalls', 'document_agendas', 'document_words'],
  },
  processes: {
    name: 'processes',
    children: [
      'process_agendas',
      'process_implements',
      'process_words',
      'process_towards',
      'process_leaders',
    ],
  },
  participations: { name: 'participations' },
  agreements: { name: 'agreements' },
  submissions: { name: 'submissions', children: ['submission_themes', 'submission_citations'] },
  commitments: { name: 'commitments' },
  implementations: { name: 'implementations' },
} as const satisfies Record<string, RecordTable>;

/** Of what networks publishes: who is a network, who belongs to it, and what convenings were towards. */
const FOLLOWED = ['membership', 'convening-process'];

/** The kinds of records that this subgraph stores. */
export type PolicyTable = keyof typeof TABLES;

/** An edition of a source being written to policy, all of it or nothing. */
export interface PolicyEdition {
  put(table: PolicyTable, records: readonly NewRecord[]): Promise<void>;
  /** Ends the edition: withdraws what it lacks, and follows the bodies that its records name. */
  commit(bodies: (since: number) => Promise<BodiesPublication>): Promise<EditionCounts>;
  rollback(): Promise<void>;
}

/** Everything that writes to the policy database; importers call it, nothing else does. */
export const createPolicyWrite = (db: Knex) => ({
  openEdition: async (edition: EditionOf): Promise<PolicyEdition> => {
    const trx = await beginWrite(db);
    const writer = await openEditionWriter(trx, edition, Object.values(TABLES));
    return {
      put: async (table, records) => void (await writer.put(TABLES[table], records)),
      commit: async (bodies) => {
        await writer.finish();
        await followBodies(trx, bodies);
        await commit(trx);
        return writer.counts;
      },
      rollback: async () => {
        if (!trx.isCompleted()) await trx.rollback();
      },
    };
  },

  /** What is held of a source. */
  holdings: (sourceId: string): Promise<Holding[]> =>
    holdingsOf(db, sourceId, Object.values(TABLES)),

  /** Deletes what is withdrawn of a source, once everybody has followed the withdrawal. */
  erase: (sourceId: string): Promise<void> =>
    inWrite(db, (trx) => eraseWithdrawn(trx, sourceId, Object.values(TABLES))),

  /** Copies what changed of the facts of networks. */
  followFacts: (publishers: readonly FactsPublisher[]): Promise<void> =>
    followAllFacts(db, publishers, FOLLOWED),

  /** Copies what changed of the bodies. */
  follow: (bodies: (since: number) => Promise<BodiesPublication>): Promise<boolean> =>
    inWrite(db, (trx) => followBodies(trx, bodies)),
});
export type PolicyWrite = ReturnType<typeof createPolicyWrite>;
