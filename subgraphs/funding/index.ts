import type { Knex } from 'knex';
import { bodiesVersion, createBodiesLoader } from '../shared/bodies';
import { federatedSchema, type Subgraph } from '../shared/subgraph';
import type { Viewer } from '../shared/viewer';
import { createActivityLoader } from './activity/activity.loader';
import {
  ActivityPartyResolver,
  ActivityResolver,
  RelatedActivityResolver,
  resolveActivity,
} from './activity/activity.resolver';
import { createActivityStore } from './activity/activity.store';
import { BudgetResolver } from './budget/budget.resolver';
import { createBudgetStore } from './budget/budget.store';
import { createClassificationLoader } from './classification/classification.loader';
import { ClassifiedOrganisationResolver } from './classification/classification.resolver';
import { createDetailStore } from './classification/detail.store';
import { createFactsStore } from './classification/facts.store';
import { createMoneyStore } from './classification/money.store';
import { createOutcomesStore } from './classification/outcomes.store';
import type { FundingContext } from './context';
import { createFlowLoader } from './flow/flow.loader';
import { FlowRecordResolver, FlowResolver, resolveFlow } from './flow/flow.resolver';
import { createFlowStore } from './flow/flow.store';
import { createFtsLoader } from './fts/fts.loader';
import { FlowFtsResolver, FtsFlowResolver, FtsObjectResolver } from './fts/fts.resolver';
import { createFtsStore } from './fts/fts.store';
import { createGrantLoader } from './grant/grant.loader';
import { ActivityGrantResolver, GrantResolver } from './grant/grant.resolver';
import { createGrantStore } from './grant/grant.store';
import { createIntermediaryLoader } from './intermediary/intermediary.loader';
import {
  IntermediaryResolver,
  PassingOrganisationResolver,
  resolveIntermediary,
} from './intermediary/intermediary.resolver';
import { createIntermediaryStore } from './intermediary/intermediary.store';
import { FundedOrganisationResolver } from './organisation.resolver';
import { createRateLoader } from './rate/rate.loader';
import { createRateStore } from './rate/rate.store';
import { createShareStore } from './share/share.store';
import { createQualityLoader } from './source/quality.loader';
import { FundingProvenanceResolver, FundingSourceResolver } from './source/source.resolver';
import { createQualityStore } from './source/quality.store';
import { HostedFlowResolver, OnBehalfOfResolver } from './hosting/on-behalf.resolver';
import { createLotStore } from './summary/lots.store';
import { createSummaryLoader } from './summary/summary.loader';
import { SummaryResolver, SummaryRowResolver } from './summary/summary.resolver';
import { createRunwayLoader } from './terms/runway.loader';
import { RunwayResolver } from './terms/runway.resolver';
import { createRunwayStore } from './terms/runway.store';
import { createTermsLoader } from './terms/terms.loader';
import { TermsResolver } from './terms/terms.resolver';
import { createTermsStore } from './terms/terms.store';
import { createFlowRouteLoader } from './trail/flow-route.loader';
import { FlowRouteResolver } from './trail/flow-route.resolver';
import { createTrailLoader } from './trail/trail.loader';
import {
  MoneyTrailConnectionResolver,
  MoneyTrailResolver,
  TrailStepResolver,
} from './trail/trail.resolver';
import { createTrailStore } from './trail/trail.store';
import { createFundingWrite, type FundingWrite } from './write';

export { MIGRATIONS as FUNDING_MIGRATIONS } from './migrations';
export type { Classification } from './classification/classification';
export { FlowKind, INCOMING_KINDS, PartyBasis } from './flow/flow-kind';
export {
  type AidType,
  flexibilityOf,
  flexibilityOfEarmarkings,
  flexibilityOfGrant,
  type GrantTerms,
  purposeOf,
  purposeOfGrant,
  withConvening,
} from './flow/purpose';
export {
  FtsBehaviour,
  FtsBoundary,
  FtsFlowType,
  FtsObjectType,
  FtsSide,
  FtsStatus,
} from './fts/fts-enums';
export type { GrantCodeList } from './grant/grant';
export { RegrantType, regrantTypeOf } from './grant/regrant-type';
export { BudgetKind } from './budget/budget';
export { ShareDimension } from './share/share';
export type { FundingEdition } from './write';
export type { NewRate } from './write/rates.store';

export interface FundingSubgraph extends Subgraph<FundingContext> {
  write: FundingWrite;
}

const federated = federatedSchema<FundingContext>({
  resolvers: [
    ActivityResolver,
    ActivityPartyResolver,
    RelatedActivityResolver,
    BudgetResolver,
    FlowResolver,
    FlowRecordResolver,
    HostedFlowResolver,
    OnBehalfOfResolver,
    ActivityGrantResolver,
    GrantResolver,
    FlowFtsResolver,
    FtsFlowResolver,
    FtsObjectResolver,
    FundedOrganisationResolver,
    ClassifiedOrganisationResolver,
    IntermediaryResolver,
    PassingOrganisationResolver,
    SummaryResolver,
    SummaryRowResolver,
    TermsResolver,
    RunwayResolver,
    FlowRouteResolver,
    MoneyTrailConnectionResolver,
    MoneyTrailResolver,
    TrailStepResolver,
    FundingProvenanceResolver,
    FundingSourceResolver,
  ],
  references: {
    Activity: resolveActivity,
    Flow: resolveFlow,
    Intermediary: resolveIntermediary,
    Organisation: (reference: { id: string }) => reference,
    Source: (reference: { id: string }) => reference,
  },
});

/** The subgraph of money: activities, flows with their records, budgets, conversion. */
export const createFundingSubgraph = (db: Knex): FundingSubgraph => ({
  name: 'funding',
  db,
  get schema() {
    return federated().schema;
  },
  get sdl() {
    return federated().sdl;
  },
  version: () => bodiesVersion(db),
  context: (viewer: Viewer) => {
    const bodies = createBodiesLoader(db, viewer);
    const facts = createFactsStore(db, viewer);
    const classifications = createClassificationLoader(
      facts,
      createMoneyStore(db, viewer),
      createDetailStore(db, viewer),
      createOutcomesStore(db, viewer),
    );
    const trails = createTrailStore(db, viewer, bodies);
    const activities = createActivityLoader(
      createActivityStore(db, viewer),
      createShareStore(db, 'activity_shares'),
      createBudgetStore(db, viewer),
      bodies,
    );
    const lots = createLotStore(db, viewer);
    const rates = createRateStore(db);
    return {
      activities,
      flows: createFlowLoader(
        createFlowStore(db, viewer),
        createShareStore(db, 'flow_shares'),
        bodies,
      ),
      grants: createGrantLoader(createGrantStore(db)),
      fts: createFtsLoader(createFtsStore(db, viewer)),
      rates: createRateLoader(rates),
      quality: createQualityLoader(createQualityStore(db, viewer)),
      classifications,
      intermediaries: createIntermediaryLoader(
        createIntermediaryStore(db, viewer),
        facts,
        classifications,
        bodies,
      ),
      summaries: createSummaryLoader(lots, facts, rates, classifications),
      terms: createTermsLoader(createTermsStore(db, viewer), lots, facts, rates, classifications),
      runways: createRunwayLoader(createRunwayStore(db, viewer), rates, activities),
      trails: createTrailLoader(trails, rates, facts, classifications, bodies),
      flowRoutes: createFlowRouteLoader(trails, facts, classifications, bodies),
      bodies,
    };
  },
  write: createFundingWrite(db),
});
