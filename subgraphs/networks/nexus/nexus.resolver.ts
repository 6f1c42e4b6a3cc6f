import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../../shared/paging';
import { proportionOf } from '../../shared/proportion';
import type { NetworksContext } from '../context';
import { pageOfMemberships } from '../membership/membership.loader';
import { MembershipConnection } from '../membership/membership.resolver';
import { Network } from '../network/network';
import { MembersArgs } from '../profile/members.args';
import { placedOf } from '../profile/profile.loader';
import { PillarMembers, TripleNexus } from './nexus';
import { NexusPillar, pillarsOf } from './pillars';

@Resolver(() => Network)
export class NetworkNexusResolver {
  @Directive('@cost(weight: 16)')
  @FieldResolver(() => TripleNexus, {
    description: 'Whether its members work in peace, development and humanitarian aid.',
  })
  async nexus(
    @Root() { id }: Network,
    @Args(() => MembersArgs) { reach, asOf }: MembersArgs,
    @Ctx() { profiles }: NetworksContext,
  ): Promise<TripleNexus> {
    const members = (await profiles.members(id, reach, asOf)).map((member) => ({
      ...member,
      pillars: pillarsOf(member.profile.themes),
    }));
    const known = members.filter(({ pillars }) => pillars.size > 0);
    const all = Object.values(NexusPillar);
    const found = all.map((pillar) => known.filter(({ pillars }) => pillars.has(pillar)));
    const complete = found.every(({ length }) => length > 0);
    return {
      complete: complete || known.length === members.length ? complete : null,
      pillars: all.map((pillar, index) => ({ pillar, networkId: id, found: found[index] ?? [] })),
      inAll: known.filter(({ pillars }) => pillars.size === all.length).length,
      known: proportionOf(known.length, members.length),
    };
  }
}

@Resolver(() => PillarMembers)
export class PillarMembersResolver {
  @Directive('@cost(weight: 0)')
  @FieldResolver(() => MembershipConnection, { description: 'Who works in it, by name.' })
  members(
    @Root() { networkId, pillar, found }: PillarMembers,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return new MembershipConnection(
      pageOfMemberships(placedOf(found), page, ['pillar', networkId, pillar]),
    );
  }
}
