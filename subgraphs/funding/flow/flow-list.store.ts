import type { Knex } from 'knex';
import { bodiesAt, keysAt, keysSeenBy, whereBody } from '../../shared/bodies';
import {
  checkListed,
  whereAmount,
  whereCommon,
  whereDate,
  whereIn,
  whereYear,
} from '../../shared/filters';
import { normaliseIdentifier } from '../../shared/ids';
import { type Modality, whereOutcome } from '../../shared/outcomes';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { LegalForm } from '../../shared/vocabulary';
import { ownerKey, whereOwner } from '../hosting/party.store';
import { MATCHED_KINDS } from '../matching/stages';
import type { Side } from './columns';
import type { FlowFilter } from './flow.args';
import { type FlowKind, INCOMING_KINDS } from './flow-kind';
import { type ReportingState, THIRD_PARTY_STANDARD } from './reporting';
import { whereShares } from '../share/share.store';

/** A column by which flows belong to a parent. */
export type FlowParent =
  | 'provider_key'
  | 'receiver_key'
  | 'activity_key'
  | 'provider_activity_key'
  | 'receiver_activity_key';

/** The queries from which flows are read: which exist for a viewer, and which of them a filter keeps. */
export const createFlowList = (db: Knex, viewer: Viewer) => {
  const visible = () => visibleTo(db('flows'), viewer, 'flows.tier');
  const seen = 1 << viewer.tier;
  /** Members of flows, as far as this viewer sees them as such. */
  const members = () => db('flow_members').whereRaw('(flow_members.tiers & ?) > 0', [seen]);
  const memberOf = (narrow: (query: Knex.QueryBuilder) => unknown) => {
    const query = members().select('flow_members.flow_id');
    narrow(query);
    return query;
  };

  /** A flow is of every source that reports it, and in every activity whose report has it. */
  const whereReported = (query: Knex.QueryBuilder, filter: FlowFilter | undefined) => {
    const { sources, exceptSources } = filter ?? {};
    const activities = filter?.activities?.map(normaliseIdentifier);
    checkListed(sources, 'sources');
    checkListed(exceptSources, 'exceptSources');
    checkListed(activities, 'activities');
    const either = (
      own: (of: Knex.QueryBuilder, column: string) => unknown,
      column: 'source_id' | 'activity_key',
    ) =>
      query.where((any) => {
        own(any, `flows.${column}`);
        void any.orWhereIn(
          'flows.id',
          memberOf((of) => own(of, `flow_members.${column}`)),
        );
      });
    if (sources) void either((of, column) => of.whereIn(column, sources), 'source_id');
    if (exceptSources)
      void either((of, column) => of.whereNotIn(column, exceptSources), 'source_id');
    if (activities) void either((of, column) => of.whereIn(column, activities), 'activity_key');
  };

  const whereReporting = (query: Knex.QueryBuilder, states: readonly ReportingState[]) => {
    const joined = memberOf(() => undefined);
    const disputed = memberOf((of) => of.where('flow_members.state', 'CONFLICT'));
    const alone = (any: Knex.QueryBuilder, narrow: (of: Knex.QueryBuilder) => unknown) =>
      any.orWhere((all) => {
        void all.whereNotIn('flows.id', joined.clone());
        narrow(all);
      });
    const ofThird = (of: Knex.QueryBuilder) => of.where('flows.standard', THIRD_PARTY_STANDARD);
    const ofSide = (of: Knex.QueryBuilder, kinds: readonly FlowKind[]) =>
      of.whereIn('flows.kind', kinds).whereNot('flows.standard', THIRD_PARTY_STANDARD);
    const incoming = MATCHED_KINDS.filter((kind) => INCOMING_KINDS.includes(kind));
    const outgoing = MATCHED_KINDS.filter((kind) => !INCOMING_KINDS.includes(kind));
    const add: Record<ReportingState, (any: Knex.QueryBuilder) => unknown> = {
      MATCHED: (any) =>
        any.orWhere((all) => {
          void all.whereIn('flows.id', joined.clone()).whereNotIn('flows.id', disputed.clone());
        }),
      CONFLICT: (any) => any.orWhereIn('flows.id', disputed.clone()),
      PROVIDER_ONLY: (any) => alone(any, (of) => ofSide(of, outgoing)),
      RECEIVER_ONLY: (any) => alone(any, (of) => ofSide(of, incoming)),
      OTHER_ONLY: (any) => alone(any, (of) => ofThird(of).whereIn('flows.kind', MATCHED_KINDS)),
      ONE_SIDED: (any) => any.orWhereNotIn('flows.kind', MATCHED_KINDS),
    };
    void query.where((any) => {
      void any.whereRaw('1 = 0');
      for (const state of states) add[state](any);
    });
  };

  const whereUsed = (query: Knex.QueryBuilder, usageYears: readonly number[] | undefined) => {
    checkListed(usageYears, 'usageYears');
    if (!usageYears) return;
    const years = usageYears.map((year) => String(year).padStart(4, '0'));
    const used = db('fts_objects')
      .select('parent_id')
      .where({ side: 'DESTINATION', type: 'USAGE_YEAR' })
      .whereIn('name', years);
    void query.where((any) => {
      void any.whereIn('flows.id', used).orWhere((others) => {
        void others.whereNot('flows.standard', THIRD_PARTY_STANDARD).where((dated) => {
          for (const year of years) void dated.orWhereBetween('flows.date', [year, `${year}-99`]);
        });
      });
    });
  };

  /** Keeps flows of some bodies: as the parties that records name, or as those whose money it is. */
  const whereParty = (
    query: Knex.QueryBuilder,
    side: Side,
    ids: readonly string[] | undefined,
    ofOwners: boolean,
  ) => {
    if (!ofOwners) {
      whereBody(db, query, viewer, `flows.${side}_key`, ids, `${side}s`);
      return;
    }
    checkListed(ids, `${side}s`);
    if (!ids) return;
    const keys = db('body_keys as named').select('named.key').whereIn('named.id', ids);
    void whereOwner(query, side, viewer, keysSeenBy(db, keys, viewer, 'named'));
  };

  const whereKind = (
    query: Knex.QueryBuilder,
    kinds: readonly FlowKind[] | undefined,
    asTheyLie: boolean,
  ) => {
    whereIn(query, asTheyLie ? db.raw("coalesce(flows.kind, '')") : 'flows.kind', kinds, 'kinds');
  };

  const whereForm = (
    query: Knex.QueryBuilder,
    forms: readonly LegalForm[] | undefined,
    ofOwners: boolean,
  ) => {
    if (!forms) return;
    const bodies = bodiesAt(db('bodies').select('bodies.id'), viewer);
    whereIn(bodies, 'bodies.legal_form', forms, 'receiverLegalForms');
    const keys = db('body_keys as formed').select('formed.key').whereIn('formed.id', bodies);
    void query.whereRaw(
      `${ofOwners ? ownerKey('receiver', viewer) : 'flows.receiver_key'} in (?)`,
      [keysAt(keys, viewer, 'formed')],
    );
  };

  /** A key that means no body for the viewer is of no outcome, not even of the one that says too little. */
  const whereOutcomeOf = (
    query: Knex.QueryBuilder,
    side: Side,
    outcomes: readonly Modality[] | undefined,
    ofOwners: boolean,
  ) => {
    if (!outcomes) return;
    const keys = db('body_keys as judged').select('judged.key');
    whereOutcome(db, keys, viewer, 'judged.id', outcomes, 'outcomes');
    void query.whereRaw(`${ofOwners ? ownerKey(side, viewer) : `flows.${side}_key`} in (?)`, [
      keysSeenBy(db, keys, viewer, 'judged'),
    ]);
  };

  /**
   * The flows that a filter keeps.
   * @param ofOwners whether bodies are meant as those whose money it is, and not as the parties that records
   * name: what a host got or paid in a body's name is that body's.
   * @param asTheyLie whether so many flows are of the kinds asked for that they are read as they lie: few kinds
   * hold most of the flows, and without statistics SQLite would go by kind, from one end of the table to the other.
   */
  const list = (filter: FlowFilter | undefined, { ofOwners = false, asTheyLie = false } = {}) => {
    const query = visible();
    whereCommon(
      query,
      'flows',
      filter && { ...filter, sources: undefined, exceptSources: undefined },
    );
    // Put so because PostgreSQL takes `(…) = …` of an expression to be rare, and then sorts all of a body’s flows.
    if (!filter?.includeAbsorbed) void query.whereRaw('(flows.absorbed & ?) <> ?', [seen, seen]);
    whereReported(query, filter);
    if (filter?.reporting) whereReporting(query, filter.reporting);
    if (!filter?.includeSuperseded) void query.where('flows.superseded_from', '>', viewer.tier);
    whereKind(query, filter?.kinds, asTheyLie);
    whereIn(query, 'flows.currency', filter?.currencies, 'currencies');
    whereIn(query, 'flows.purpose', filter?.purpose, 'purpose');
    whereIn(query, 'flows.flexibility', filter?.flexibility, 'flexibility');
    whereIn(query, 'flows.regrant_type', filter?.regrantTypes, 'regrantTypes');
    whereIn(query, 'flows.boundary', filter?.boundary, 'boundary');
    whereIn(query, 'flows.on_boundary', filter?.onBoundary, 'onBoundary');
    whereParty(query, 'provider', filter?.providers, ofOwners);
    whereParty(query, 'receiver', filter?.receivers, ofOwners);
    whereForm(query, filter?.receiverLegalForms, ofOwners);
    whereOutcomeOf(query, 'provider', filter?.providerOutcomes, ofOwners);
    whereOutcomeOf(query, 'receiver', filter?.receiverOutcomes, ofOwners);
    whereDate(query, 'flows.date', filter?.date);
    if (filter?.year !== undefined) whereYear(query, 'flows.date', filter.year);
    whereUsed(query, filter?.usageYears);
    whereAmount(query, 'flows.units', 'flows.nanos', filter?.amount);
    whereShares(db, query, ['flows', 'flow_shares'], filter);
    return query;
  };

  /** The children under one key of a parent. */
  const under = (filter: FlowFilter | undefined, column: FlowParent, key: string) => {
    const query = list(filter).select('flows.*');
    if (column !== 'activity_key') return query.where(`flows.${column}`, key);
    return query.where((any) => {
      void any.where('flows.activity_key', key).orWhereIn(
        'flows.id',
        memberOf((of) => of.where('flow_members.activity_key', key)),
      );
    });
  };

  /** The children under any of some keys, with `parent_key`, to be counted or added up by it. */
  const underAll = (
    filter: FlowFilter | undefined,
    column: FlowParent,
    keys: readonly string[],
  ): Knex.QueryBuilder => {
    if (column !== 'activity_key')
      return list(filter)
        .whereIn(`flows.${column}`, keys)
        .select({ parent_key: `flows.${column}` })
        .groupBy(`flows.${column}`);
    const reported = db('flows as own')
      .select({ parent_key: 'own.activity_key', flow_id: 'own.id' })
      .whereIn('own.activity_key', keys)
      .union(
        members()
          .select({ parent_key: 'flow_members.activity_key', flow_id: 'flow_members.flow_id' })
          .whereIn('flow_members.activity_key', keys),
      );
    return list(filter)
      .join(reported.as('reported'), 'reported.flow_id', 'flows.id')
      .select('reported.parent_key')
      .groupBy('reported.parent_key');
  };

  return { visible, members, list, under, underAll };
};
