import type { BodiesLoader } from '../shared/bodies';
import type { ConveningLoader } from './convening/convening.loader';
import type { FiguresLoader } from './figures/figures.loader';
import type { GovernanceLoader } from './governance/governance.loader';
import type { MembershipLoader } from './membership/membership.loader';
import type { NetworkLoader } from './network/network.loader';
import type { PathsLoader } from './paths/paths.loader';
import type { ProfileLoader } from './profile/profile.loader';

/** What the resolvers of one request share. */
export interface NetworksContext {
  networks: NetworkLoader;
  memberships: MembershipLoader;
  governance: GovernanceLoader;
  convenings: ConveningLoader;
  paths: PathsLoader;
  profiles: ProfileLoader;
  figures: FiguresLoader;
  bodies: BodiesLoader;
}
