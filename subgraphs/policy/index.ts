import type { Knex } from 'knex';
import { bodiesVersion, createBodiesLoader } from '../shared/bodies';
import { federatedSchema, type Subgraph } from '../shared/subgraph';
import type { Viewer } from '../shared/viewer';
import type { PolicyContext } from './context';
import { createDocumentLoader } from './document/document.loader';
import { PolicyDocumentResolver, resolvePolicyDocument } from './document/document.resolver';
import { createDocumentStore } from './document/document.store';
import { createParticipationLoader } from './participation/participation.loader';
import {
  ParticipatingOrganisationResolver,
  ParticipationResolver,
} from './participation/participation.resolver';
import { createParticipationStore } from './participation/participation.store';
import { createProcessLoader } from './process/process.loader';
import { PolicyProcessResolver, resolvePolicyProcess } from './process/process.resolver';
import { createProcessStore } from './process/process.store';
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
  ],
  references: {
    PolicyDocument: resolvePolicyDocument,
    PolicyProcess: resolvePolicyProcess,
    Organisation: (reference: { id: string }) => reference,
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
    return {
      documents: createDocumentLoader(createDocumentStore(db, viewer)),
      processes: createProcessLoader(createProcessStore(db, viewer)),
      participations: createParticipationLoader(createParticipationStore(db, viewer), bodies),
      bodies,
    };
  },
  write: createPolicyWrite(db),
});
