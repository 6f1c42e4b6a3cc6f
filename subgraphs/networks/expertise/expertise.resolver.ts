import { Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../shared/paging';
import type { NetworksContext } from '../context';
import { pageOfMemberships } from '../membership/membership.loader';
import { MembershipConnection } from '../membership/membership.resolver';
import { Network } from '../network/network';
import { placedOf } from '../profile/profile.loader';
import { coverageOf } from './coverage';
import { ExpertiseCoverage, ExpertiseItem } from './expertise';
import { ExpertiseArgs } from './expertise.args';

const ExpertiseCoverageConnection = connectionOf(
  'ExpertiseCoverage',
  'networks with what they cover',
  () => ExpertiseCoverage,
);

const coverage = async (id: string, args: ExpertiseArgs, { profiles }: NetworksContext) =>
  coverageOf(id, await profiles.members(id, args.reach, args.asOf), args);

@Resolver(() => Network)
export class NetworkExpertiseResolver {
  @Directive('@cost(weight: 16)')
  @FieldResolver(() => ExpertiseCoverage, {
    description: 'How far its members cover what is asked for, who does, and by which path.',
  })
  expertise(
    @Root() { id }: Network,
    @Args(() => ExpertiseArgs) args: ExpertiseArgs,
    @Ctx() context: NetworksContext,
  ) {
    return coverage(id, args, context);
  }
}

@Resolver(() => ExpertiseCoverage)
export class ExpertiseCoverageResolver {
  @Directive('@cost(weight: 18)')
  @Query(() => ExpertiseCoverageConnection, {
    description:
      'The networks that cover something of what is asked for through their members: those that cover most first, then by name.',
  })
  async expertiseSearch(
    @Args(() => ExpertiseArgs) args: ExpertiseArgs,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: NetworksContext,
  ) {
    const found = await context.networks.covering(args, page);
    const rows = await Promise.all(found.rows.map(({ id }) => coverage(id, args, context)));
    return new ExpertiseCoverageConnection({ ...found, rows });
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => Network, { description: 'The network.' })
  network(@Root() { networkId }: ExpertiseCoverage): Network {
    return { id: networkId };
  }
}

@Resolver(() => ExpertiseItem)
export class ExpertiseItemResolver {
  @Directive('@cost(weight: 0)')
  @FieldResolver(() => MembershipConnection, {
    description: 'The members with it, by name; each with its records and the path to it.',
  })
  members(
    @Root() { networkId, kind, code, found }: ExpertiseItem,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return new MembershipConnection(
      pageOfMemberships(placedOf(found), page, ['expertise', networkId, kind, code]),
    );
  }
}
