import type { Knex } from 'knex';
import { bodiesVersion, createBodiesLoader } from '../shared/bodies';
import { buildFederatedSchema, type Subgraph } from '../shared/subgraph';
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
import type { FundingContext } from './context';
import { createFlowLoader } from './flow/flow.loader';
import { FlowRecordResolver, FlowResolver, resolveFlow } from './flow/flow.resolver';
import { createFlowStore } from './flow/flow.store';
import { FundedOrganisationResolver } from './organisation.resolver';
import { createRateLoader } from './rate/rate.loader';
import { createRateStore } from './rate/rate.store';
import { createShareStore } from './share/share.store';
import { createQualityLoader } from './source/quality.loader';
import { FundingProvenanceResolver, FundingSourceResolver } from './source/source.resolver';
import { createQualityStore } from './source/quality.store';
import { createFundingWrite, type FundingWrite } from './write';

export { MIGRATIONS as FUNDING_MIGRATIONS } from './migrations';
export { FlowKind, INCOMING_KINDS, PartyBasis } from './flow/flow-kind';
export { type AidType, flexibilityOf, purposeOf } from './flow/purpose';
export { BudgetKind } from './budget/budget';
export { ShareDimension } from './share/share';
export type { FundingEdition } from './write';
export type { NewRate } from './write/rates.store';

export interface FundingSubgraph extends Subgraph<FundingContext> {
  write: FundingWrite;
}

/** The subgraph of money: activities, flows with their records, budgets, conversion. */
export const createFundingSubgraph = (db: Knex): FundingSubgraph => ({
  name: 'funding',
  db,
  ...buildFederatedSchema<FundingContext>({
    resolvers: [
      ActivityResolver,
      ActivityPartyResolver,
      RelatedActivityResolver,
      BudgetResolver,
      FlowResolver,
      FlowRecordResolver,
      FundedOrganisationResolver,
      FundingProvenanceResolver,
      FundingSourceResolver,
    ],
    references: {
      Activity: resolveActivity,
      Flow: resolveFlow,
      Organisation: (reference: { id: string }) => reference,
      Source: (reference: { id: string }) => reference,
    },
  }),
  version: () => bodiesVersion(db),
  context: (viewer: Viewer) => {
    const bodies = createBodiesLoader(db, viewer);
    return {
      activities: createActivityLoader(
        createActivityStore(db, viewer),
        createShareStore(db, 'activity_shares'),
        createBudgetStore(db, viewer),
        bodies,
      ),
      flows: createFlowLoader(
        createFlowStore(db, viewer),
        createShareStore(db, 'flow_shares'),
        bodies,
      ),
      rates: createRateLoader(createRateStore(db)),
      quality: createQualityLoader(createQualityStore(db, viewer)),
      bodies,
    };
  },
  write: createFundingWrite(db),
});
