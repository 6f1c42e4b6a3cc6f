import type { Knex } from 'knex';
import { bodiesVersion, createBodiesLoader } from '../shared/bodies';
import { federatedSchema, type Subgraph } from '../shared/subgraph';
import type { Viewer } from '../shared/viewer';
import type { PolicyContext } from './context';
import { createCommitmentLoader } from './commitment/commitment.loader';
import {
  CommitmentResolver,
  DocumentImplementationResolver,
  EngagedNetworkResolver,
  ImplementationResolver,
  ImplementedDocumentResolver,
} from './commitment/commitment.resolver';
import { createCommitmentStore } from './commitment/commitment.store';
import { createDocumentLoader } from './document/document.loader';
import { PolicyDocumentResolver, resolvePolicyDocument } from './document/document.resolver';
import { createDocumentStore } from './document/document.store';
import { createParticipationLoader } from './participation/participation.loader';
import {
  ParticipatingOrganisationResolver,
  ParticipationResolver,
} from './participation/participation.resolver';
import { createParticipationStore } from './participation/participation.store';
import { createPlanLoader } from './plan/plan.loader';
import { CountryPlansResolver, PlannedCountryResolver } from './plan/plan.resolver';
import { createProcessLoader } from './process/process.loader';
import { PolicyProcessResolver, resolvePolicyProcess } from './process/process.resolver';
import { createProcessStore } from './process/process.store';
import { createAgreementStore } from './reliance/agreement.store';
import { createRelianceLoader } from './reliance/reliance.loader';
import { RelianceResolver, ReliedOnOrganisationResolver } from './reliance/reliance.resolver';
import {
  ComparedProcessResolver,
  MembersVoiceResolver,
  RegionVoiceResolver,
  VoicingOrganisationResolver,
} from './submission/comparison.resolver';
import { createSubmissionLoader } from './submission/submission.loader';
import {
  ProcessSubmissionsResolver,
  SubmissionResolver,
  SubmittingOrganisationResolver,
} from './submission/submission.resolver';
import { createSubmissionStore } from './submission/submission.store';
import { createVoiceLoader } from './submission/voice.loader';
import { createTiesLoader } from './ties/ties.loader';
import { createTiesStore } from './ties/ties.store';
import { TracedProcessResolver } from './trace/trace.resolver';
import { createVisibilityLoader } from './visibility/visibility.loader';
import {
  NetworkPresenceResolver,
  NetworkVisibilityResolver,
  ProcessPresenceResolver,
} from './visibility/visibility.resolver';
import { createPolicyWrite, type PolicyWrite } from './write';

export { MIGRATIONS as POLICY_MIGRATIONS } from './migrations';
export { normaliseSymbol } from './document/symbol';
export type { PolicyEdition, PolicyTable } from './write';

export interface PolicySubgraph extends Subgraph<PolicyContext> {
  write: PolicyWrite;
}

const federated = federatedSchema<PolicyContext>({
  resolvers: [
    PolicyDocumentResolver,
    PolicyProcessResolver,
    ParticipationResolver,
    ParticipatingOrganisationResolver,
    CountryPlansResolver,
    PlannedCountryResolver,
    ProcessPresenceResolver,
    NetworkVisibilityResolver,
    NetworkPresenceResolver,
    TracedProcessResolver,
    SubmissionResolver,
    ProcessSubmissionsResolver,
    SubmittingOrganisationResolver,
    ComparedProcessResolver,
    VoicingOrganisationResolver,
    MembersVoiceResolver,
    RegionVoiceResolver,
    ReliedOnOrganisationResolver,
    RelianceResolver,
    ImplementedDocumentResolver,
    DocumentImplementationResolver,
    EngagedNetworkResolver,
    CommitmentResolver,
    ImplementationResolver,
  ],
  references: {
    PolicyDocument: resolvePolicyDocument,
    PolicyProcess: resolvePolicyProcess,
    Organisation: (reference: { id: string }) => reference,
    Country: (reference: { id: string }) => reference,
  },
});

/** The subgraph of policy: documents, processes, who takes part in them. */
export const createPolicySubgraph = (db: Knex): PolicySubgraph => ({
  name: 'policy',
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
    const processes = createProcessLoader(createProcessStore(db, viewer));
    const participations = createParticipationLoader(createParticipationStore(db, viewer), bodies);
    const submissions = createSubmissionLoader(createSubmissionStore(db, viewer), bodies);
    const ties = createTiesLoader(createTiesStore(db, viewer), bodies);
    return {
      documents: createDocumentLoader(createDocumentStore(db, viewer)),
      processes,
      participations,
      plans: createPlanLoader(processes),
      submissions,
      commitments: createCommitmentLoader(createCommitmentStore(db, viewer)),
      reliance: createRelianceLoader(
        createAgreementStore(db, viewer),
        participations,
        processes,
        ties,
        bodies,
      ),
      presences: createVisibilityLoader(participations, ties, bodies),
      voice: createVoiceLoader(submissions, ties),
      ties,
      bodies,
    };
  },
  write: createPolicyWrite(db),
});
