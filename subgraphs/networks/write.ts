import type { Knex } from 'knex';
import { type BodiesPublication, followBodies } from '../shared/bodies';
import { beginWrite, commit, inWrite } from '../shared/db';
import { eraseWithdrawn, type Holding, holdingsOf } from '../shared/erasure';
import { type FactsPublisher, followFacts } from '../shared/facts';
import { followOutcomes, type OutcomesPublication } from '../shared/outcomes';
import {
  type EditionCounts,
  type EditionOf,
  type NewRecord,
  openEditionWriter,
  type RecordTable,
} from '../shared/records';
import { publishNetworkFacts } from './write/facts.store';

const TABLES = {
  memberships: { name: 'memberships', published: true },
  memberCounts: { name: 'member_counts', published: true },
  governingBodies: { name: 'governing_bodies', published: true },
  seats: { name: 'seats', published: true },
  convenings: {
    name: 'convenings',
    children: [
      'convening_parties',
      'convening_processes',
      'convening_activities',
      'convening_words',
    ],
    published: true,
  },
} as const satisfies Record<string, RecordTable>;

/** The kinds of records that this subgraph stores. */
export type NetworkTable = keyof typeof TABLES;

/** An edition of a source being written to networks, all of it or nothing. */
export interface NetworksEdition {
  put(table: NetworkTable, records: readonly NewRecord[]): Promise<void>;
  /** Ends the edition: withdraws what it lacks, and follows the bodies that its records name. */
  commit(bodies: (since: number) => Promise<BodiesPublication>): Promise<EditionCounts>;
  rollback(): Promise<void>;
}

/** Everything that writes to the networks database; importers call it, nothing else does. */
export const createNetworksWrite = (db: Knex) => ({
  openEdition: async (edition: EditionOf): Promise<NetworksEdition> => {
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

  /** Who belongs to whom, who governs and who came together, for those who follow. */
  facts: { owner: 'networks', publish: (since: number) => publishNetworkFacts(db, since) },

  /** Copies what changed of what bodies publish of their years and of their access. */
  followFacts: (publisher: FactsPublisher): Promise<void> =>
    inWrite(db, async (trx) => void (await followFacts(trx, publisher))),

  /** Copies what changed of what bodies are. */
  followOutcomes: (publish: (since: number) => Promise<OutcomesPublication>): Promise<void> =>
    inWrite(db, (trx) => followOutcomes(trx, publish)),

  /** Copies what changed of the bodies. */
  follow: (bodies: (since: number) => Promise<BodiesPublication>): Promise<boolean> =>
    inWrite(db, (trx) => followBodies(trx, bodies)),
});
export type NetworksWrite = ReturnType<typeof createNetworksWrite>;
