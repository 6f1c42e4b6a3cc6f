import type { Knex } from 'knex';
import { bodiesVersion, createBodiesLoader } from '../shared/bodies';
import { federatedSchema, type Subgraph } from '../shared/subgraph';
import type { Viewer } from '../shared/viewer';
import type { NetworksContext } from './context';
import { createConveningLoader } from './convening/convening.loader';
import {
  ConvenedProcessResolver,
  ConveningResolver,
  resolveConvening,
} from './convening/convening.resolver';
import { createConveningStore } from './convening/convening.store';
import { createGovernanceLoader } from './governance/governance.loader';
import { GoverningBodyResolver, SeatResolver } from './governance/governance.resolver';
import { createGovernanceStore } from './governance/governance.store';
import { createMembershipLoader } from './membership/membership.loader';
import {
  MemberCountResolver,
  MembershipRecordResolver,
  MembershipResolver,
} from './membership/membership.resolver';
import { createMembershipStore } from './membership/membership.store';
import { createNetworkLoader } from './network/network.loader';
import {
  NetworkedOrganisationResolver,
  NetworkResolver,
  resolveNetwork,
} from './network/network.resolver';
import { createNetworkStore } from './network/network.store';
import {
  ExpertiseCoverageResolver,
  ExpertiseItemResolver,
  NetworkExpertiseResolver,
} from './expertise/expertise.resolver';
import { NetworkCapacityResolver } from './capacity/capacity.resolver';
import { createFiguresLoader } from './figures/figures.loader';
import { createFiguresStore } from './figures/figures.store';
import {
  CountryPairResolver,
  GatheringsResolver,
  NetworkGatheringsResolver,
} from './gatherings/gatherings.resolver';
import { NetworkSeatsResolver, SlotSharesResolver } from './seats/seats.resolver';
import { NetworkNexusResolver, PillarMembersResolver } from './nexus/nexus.resolver';
import {
  BrokerResolver,
  NetworkBridgesOfResolver,
  NetworkBridgesResolver,
  RegionBodiesResolver,
} from './paths/bridges.resolver';
import { createPathsLoader } from './paths/paths.loader';
import {
  MembershipPathResolver,
  MembershipPathsResolver,
  NetworkPathsResolver,
  OrganisationPathsResolver,
} from './paths/paths.resolver';
import { createProfileLoader } from './profile/profile.loader';
import { createProfileStore } from './profile/profile.store';
import {
  CountryReachResolver,
  NetworkReachOfResolver,
  NetworkReachResolver,
} from './reach/reach.resolver';
import { EvennessResolver, NetworkVarietyResolver } from './variety/variety.resolver';
import { ConvenedProcess } from './process';
import { createNetworksWrite, type NetworksWrite } from './write';

export { MIGRATIONS as NETWORKS_MIGRATIONS } from './migrations';
export type { NetworksEdition, NetworkTable } from './write';

export interface NetworksSubgraph extends Subgraph<NetworksContext> {
  write: NetworksWrite;
}

const federated = federatedSchema<NetworksContext>({
  resolvers: [
    NetworkResolver,
    NetworkedOrganisationResolver,
    MembershipResolver,
    MembershipRecordResolver,
    MemberCountResolver,
    GoverningBodyResolver,
    SeatResolver,
    ConveningResolver,
    ConvenedProcessResolver,
    NetworkExpertiseResolver,
    ExpertiseCoverageResolver,
    ExpertiseItemResolver,
    NetworkVarietyResolver,
    EvennessResolver,
    NetworkNexusResolver,
    PillarMembersResolver,
    NetworkReachOfResolver,
    NetworkReachResolver,
    CountryReachResolver,
    NetworkCapacityResolver,
    NetworkSeatsResolver,
    SlotSharesResolver,
    NetworkGatheringsResolver,
    GatheringsResolver,
    CountryPairResolver,
    NetworkPathsResolver,
    OrganisationPathsResolver,
    MembershipPathsResolver,
    MembershipPathResolver,
    NetworkBridgesOfResolver,
    NetworkBridgesResolver,
    RegionBodiesResolver,
    BrokerResolver,
  ],
  orphanedTypes: [ConvenedProcess],
  references: {
    Network: resolveNetwork,
    Convening: resolveConvening,
    Organisation: (reference: { id: string }) => reference,
    PolicyProcess: (reference: { id: string }) => reference,
  },
});

/** The subgraph of networks: who belongs to whom, who governs, who comes together. */
export const createNetworksSubgraph = (db: Knex): NetworksSubgraph => ({
  name: 'networks',
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
    const memberships = createMembershipLoader(createMembershipStore(db, viewer));
    return {
      networks: createNetworkLoader(createNetworkStore(db, viewer), bodies),
      memberships,
      paths: createPathsLoader(memberships),
      figures: createFiguresLoader(createFiguresStore(db, viewer)),
      profiles: createProfileLoader(createProfileStore(db, viewer), memberships),
      governance: createGovernanceLoader(createGovernanceStore(db, viewer)),
      convenings: createConveningLoader(createConveningStore(db, viewer)),
      bodies,
    };
  },
  write: createNetworksWrite(db),
});
