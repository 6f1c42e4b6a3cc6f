import type { Knex } from 'knex';
import { type BodiesPublication, bodiesVersion, followBodies } from '../shared/bodies';
import { now } from '../shared/dates';
import { beginWrite, inWrite } from '../shared/db';
import {
  openEditionWriter,
  type EditionCounts,
  type EditionOf,
  type NewRecord,
  type RecordTable,
} from '../shared/records';
import { markSuperseded } from './write/supersede.store';
import { createRatesWrite } from './write/rates.store';
import { resolveParties } from './write/parties.store';

const ACTIVITIES: RecordTable = {
  name: 'activities',
  children: ['activity_parties', 'activity_shares', 'activity_relations', 'activity_words'],
};
const FLOWS: RecordTable = { name: 'flows', children: ['flow_shares'] };
const BUDGETS: RecordTable = { name: 'budgets' };

/** An edition of a source being written to funding, all of it or nothing. */
export interface FundingEdition {
  activities(records: readonly NewRecord[]): Promise<void>;
  flows(records: readonly NewRecord[]): Promise<void>;
  budgets(records: readonly NewRecord[]): Promise<void>;
  /**
   * Ends the writing: withdraws what the edition lacks, and finds which report of an activity is the
   * newest. Nobody sees it before the commit, which does this first if it was not asked for.
   */
  finish(): Promise<void>;
  /**
   * Ends the edition: resolves links that dangled.
   * @param bodies the bodies that the edition's records name, as their owner publishes them.
   */
  commit(bodies: (since: number) => Promise<BodiesPublication>): Promise<EditionCounts>;
  rollback(): Promise<void>;
}

/** Everything that writes to the funding database; importers call it, nothing else does. */
export const createFundingWrite = (db: Knex) => ({
  ...createRatesWrite(db),

  openEdition: async (edition: EditionOf): Promise<FundingEdition> => {
    const trx = await beginWrite(db);
    const writer = await openEditionWriter(trx, edition, [ACTIVITIES, FLOWS, BUDGETS]);
    let finished: Promise<void> | undefined;
    const finish = () =>
      (finished ??= (async () => {
        await writer.finish();
        const { created, updated, withdrawn } = writer.counts;
        if (created + updated + withdrawn > 0) await markSuperseded(trx, edition.sourceId);
      })());
    return {
      activities: async (records) => void (await writer.put(ACTIVITIES, records)),
      flows: async (records) => void (await writer.put(FLOWS, records)),
      budgets: async (records) => void (await writer.put(BUDGETS, records)),
      finish,
      commit: async (bodies) => {
        await finish();
        const bodiesSince = await bodiesVersion(trx);
        await followBodies(trx, bodies);
        await resolveParties(trx, { sourceId: edition.sourceId, bodiesSince, at: writer.at });
        await trx.commit();
        return writer.counts;
      },
      rollback: async () => {
        if (!trx.isCompleted()) await trx.rollback();
      },
    };
  },

  /** Copies what changed of the bodies, and resolves the parties that this makes known. */
  follow: (bodies: (since: number) => Promise<BodiesPublication>): Promise<void> =>
    inWrite(db, async (trx) => {
      const bodiesSince = await bodiesVersion(trx);
      if (await followBodies(trx, bodies))
        await resolveParties(trx, { sourceId: null, bodiesSince, at: now() });
    }),
});
export type FundingWrite = ReturnType<typeof createFundingWrite>;
