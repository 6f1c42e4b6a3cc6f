import type { Knex } from 'knex';
import { type BodiesPublication, bodiesVersion, followBodies } from '../shared/bodies';
import { now } from '../shared/dates';
import { beginWrite, chunksOf, commit, inWrite } from '../shared/db';
import { eraseWithdrawn, type Holding, holdingsOf } from '../shared/erasure';
import { type FactsPublisher, followFacts } from '../shared/facts';
import { type OutcomesPublication, publishOutcomes } from '../shared/outcomes';
import {
  openEditionWriter,
  type EditionCounts,
  type EditionOf,
  type NewRecord,
  recordKey,
  type RecordTable,
} from '../shared/records';
import type { FlowKind } from './flow/flow-kind';
import { stageOf } from './matching/stages';
import { hostFacts, isHostingDue, resolveHosting } from './write/hosting.store';
import { beginTouching, matchTouched, touchFlows } from './write/matching.store';
import { dueByBodies, dueByFlows, dueByKeys, refreshOutcomes } from './write/outcomes.store';
import { markSuperseded } from './write/supersede.store';
import { createRatesWrite } from './write/rates.store';
import { resolveParties } from './write/parties.store';

const ACTIVITIES: RecordTable = {
  name: 'activities',
  children: [
    'activity_parties',
    'activity_shares',
    'activity_relations',
    'activity_words',
    'grants',
    'grant_codes',
  ],
};
const FLOWS: RecordTable = {
  name: 'flows',
  children: ['flow_shares', 'fts_flows', 'fts_objects', 'fts_links'],
  // The bodies by which reports of one transfer find each other, until links are followed.
  derived: ({ kind, provider_key: provider = null, receiver_key: receiver = null }) => {
    const matched = stageOf(kind as FlowKind) !== null;
    return {
      match_provider_key: matched ? provider : null,
      match_receiver_key: matched ? receiver : null,
    };
  },
};
const BUDGETS: RecordTable = { name: 'budgets' };
const TABLES = [ACTIVITIES, FLOWS, BUDGETS];
const AT_ONCE = 400;

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
   * Ends the edition: resolves links that dangled, and matches reports of one transfer.
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
    const writer = await openEditionWriter(trx, edition, TABLES);
    await beginTouching(trx);
    let finished: Promise<void> | undefined;
    const finish = () =>
      (finished ??= (async () => {
        await writer.finish();
        const { created, updated, withdrawn } = writer.counts;
        if (created + updated + withdrawn > 0)
          await markSuperseded(trx, edition.sourceId, writer.at);
      })());
    return {
      activities: async (records) => void (await writer.put(ACTIVITIES, records)),
      flows: async (records) => {
        // Between whom they were before, should that change.
        for (const some of writer.isFirst(FLOWS) ? [] : chunksOf(records, AT_ONCE)) {
          const ids = some.map(({ recordId }) => recordKey(FLOWS.name, edition.sourceId, recordId));
          await touchFlows(trx, (flows) => flows.whereIn('id', ids));
          await dueByFlows(trx, (flows) => flows.whereIn('id', ids));
        }
        await writer.put(FLOWS, records);
      },
      budgets: async (records) => void (await writer.put(BUDGETS, records)),
      finish,
      commit: async (bodies) => {
        await finish();
        const bodiesSince = await bodiesVersion(trx);
        await followBodies(trx, bodies);
        await resolveParties(trx, { sourceId: edition.sourceId, bodiesSince, at: writer.at });
        await matchTouched(trx, { bodiesSince, at: writer.at });
        await resolveHosting(trx, writer.at);
        await dueByFlows(trx, (flows) => flows.where('updated_at', writer.at));
        await dueByBodies(trx, bodiesSince);
        await commit(trx);
        return writer.counts;
      },
      rollback: async () => {
        if (!trx.isCompleted()) await trx.rollback();
      },
    };
  },

  /** What is held of a source. */
  holdings: (sourceId: string): Promise<Holding[]> => holdingsOf(db, sourceId, TABLES),

  /** Deletes what is withdrawn of a source, once everybody has followed the withdrawal. */
  erase: (sourceId: string): Promise<void> =>
    inWrite(db, (trx) => eraseWithdrawn(trx, sourceId, TABLES)),

  /** Copies what changed of the facts of others on which classification rests. */
  followFacts: (publishers: readonly FactsPublisher[]): Promise<void> =>
    inWrite(db, async (trx) => {
      const hosts = await hostFacts(trx);
      for (const publisher of publishers) await dueByKeys(trx, await followFacts(trx, publisher));
      if (hosts !== (await hostFacts(trx))) await resolveHosting(trx, now());
    }),

  /**
   * Works out what bodies are, as far as something changed on which it rests.
   * @param day in whose standing period, ISO 8601; default: today.
   */
  refreshOutcomes: (day?: string): Promise<void> => inWrite(db, (trx) => refreshOutcomes(trx, day)),

  /** What bodies are, for those who list them by it. */
  publishOutcomes: (since: number): Promise<OutcomesPublication> => publishOutcomes(db, since),

  /** Copies what changed of the bodies, and resolves the parties that this makes known. */
  follow: (bodies: (since: number) => Promise<BodiesPublication>): Promise<void> =>
    inWrite(db, async (trx) => {
      const bodiesSince = await bodiesVersion(trx);
      const at = now();
      await beginTouching(trx);
      const changed = await followBodies(trx, bodies);
      if (changed) await resolveParties(trx, { sourceId: null, bodiesSince, at });
      await matchTouched(trx, { bodiesSince, at });
      if (changed || (await isHostingDue(trx))) await resolveHosting(trx, at);
      await dueByFlows(trx, (flows) => flows.where('updated_at', at));
      await dueByBodies(trx, bodiesSince);
    }),
});
export type FundingWrite = ReturnType<typeof createFundingWrite>;
