import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { PageArgs } from '../../shared/paging';
import { CountryStub } from '../../shared/provenance';
import type { NetworksContext } from '../context';
import { Reach } from '../membership/membership';
import { pageOfMemberships } from '../membership/membership.loader';
import { MembershipConnection } from '../membership/membership.resolver';
import { Network } from '../network/network';
import { AsOfArgs } from '../profile/members.args';
import { placedOf } from '../profile/profile.loader';
import { CountryReach, NetworkReach, reachOf } from './reach';

@Resolver(() => Network)
export class NetworkReachOfResolver {
  @Directive('@cost(weight: 16)')
  @FieldResolver(() => NetworkReach, {
    description: 'Whom it reaches: directly, through its member networks, and in which countries.',
  })
  async reach(
    @Root() { id }: Network,
    @Args(() => AsOfArgs) { asOf = today() }: AsOfArgs,
    @Ctx() { profiles }: NetworksContext,
  ): Promise<NetworkReach> {
    return reachOf(id, asOf, await profiles.members(id, Reach.EXPANDED, asOf));
  }
}

@Resolver(() => NetworkReach)
export class NetworkReachResolver {
  @Directive('@cost(weight: 0)')
  @FieldResolver(() => MembershipConnection, {
    description: 'The networks within it: those whom it reaches that have members themselves.',
  })
  networksWithin(
    @Root() { networkId, asOf, reached }: NetworkReach,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    const networks = reached.filter(({ membership }) => (membership.ownMembers ?? 0) > 0);
    return new MembershipConnection(
      pageOfMemberships(placedOf(networks), page, ['networks within', networkId, asOf]),
    );
  }
}

@Resolver(() => CountryReach)
export class CountryReachResolver {
  @FieldResolver(() => CountryStub, {
    nullable: true,
    description: 'The country. Null only if organisations does not answer.',
  })
  country(@Root() { countryCode }: CountryReach): CountryStub {
    return { id: countryCode };
  }
}
