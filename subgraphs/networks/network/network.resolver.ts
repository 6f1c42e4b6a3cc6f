import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../shared/paging';
import { Provenance, toProvenance } from '../../shared/provenance';
import { DateScalar } from '../../shared/scalars';
import type { NetworksContext } from '../context';
import { ConveningFilter } from '../convening/convening.args';
import { ConveningConnection } from '../convening/convening.resolver';
import { Governance } from '../governance/governance';
import { today } from '../../shared/dates';
import { MemberCount } from '../membership/member-count';
import { Membership, Reach } from '../membership/membership';
import { MembershipFilter } from '../membership/membership.args';
import { MembershipConnection } from '../membership/membership.resolver';
import { NetworkedOrganisation } from '../organisation';
import { growthOf } from './growth';
import { Interval, Network, NetworkGrowth } from './network';
import { NetworkFilter, NetworkOrder } from './network.args';

const NetworkConnection = connectionOf('Network', 'networks', () => Network);

@Resolver(() => Network)
export class NetworkResolver {
  @Directive('@cost(weight: 2)')
  @Query(() => Network, {
    nullable: true,
    description:
      'The network that any identifier of its body means, or null if it has no members on record.',
  })
  network(
    @Arg('id', () => ID, { description: 'Any of its identifiers, in any case.' }) id: string,
    @Ctx() { networks }: NetworksContext,
  ) {
    return networks.byIdentifier(id);
  }

  @Query(() => NetworkConnection, {
    description: 'Bodies with members on record, a page at a time.',
  })
  async networks(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => NetworkFilter, { nullable: true, description: 'Which ones.' })
    filter: NetworkFilter | undefined,
    @Arg('orderBy', () => NetworkOrder, {
      defaultValue: NetworkOrder.NAME_ASC,
      description: 'In which order.',
    })
    order: NetworkOrder,
    @Ctx() { networks }: NetworksContext,
  ) {
    return new NetworkConnection(await networks.page(page, filter, order));
  }

  @FieldResolver(() => NetworkedOrganisation, {
    nullable: true,
    description: 'The body whose facet this is. Null only if organisations does not answer.',
  })
  organisation(@Root() { id }: Network): NetworkedOrganisation {
    return { id };
  }

  @Directive('@cost(weight: 14)')
  @FieldResolver(() => MembershipConnection, {
    description:
      'Its members, by name. Direct ones count as members; expanded ones are whom it reaches. Bodies that you may not see are in no list and no count of members.',
  })
  async members(
    @Root() { id }: Network,
    @Arg('reach', () => Reach, {
      defaultValue: Reach.DIRECT,
      description: 'How far membership is followed.',
    })
    reach: Reach,
    @Arg('filter', () => MembershipFilter, {
      nullable: true,
      description: 'Which ones. Default: in force today.',
    })
    filter: MembershipFilter | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { memberships }: NetworksContext,
  ) {
    return new MembershipConnection(await memberships.members(id, reach, page, filter));
  }

  @Directive('@cost(weight: 2)')
  @Directive('@listSize(assumedSize: 20)')
  @FieldResolver(() => [Membership], {
    description: 'The networks that it belongs to itself today.',
  })
  memberOf(@Root() { id }: Network, @Ctx() { memberships }: NetworksContext) {
    return memberships.allNetworks(id);
  }

  @FieldResolver(() => Governance, { description: 'Who governs it, as far as it is on record.' })
  async governance(
    @Root() { id }: Network,
    @Ctx() { governance }: NetworksContext,
  ): Promise<Governance> {
    return { bodies: await governance.bodies.load(id) };
  }

  @Directive('@cost(weight: 2)')
  @Directive('@listSize(assumedSize: 160)')
  @FieldResolver(() => [NetworkGrowth], { description: 'Its direct members over time.' })
  async growth(
    @Root() { id }: Network,
    @Arg('interval', () => Interval, { description: 'In which steps.' }) interval: Interval,
    @Arg('until', () => DateScalar, {
      nullable: true,
      description: 'Up to the step that this day lies in, today at most. Default: today.',
    })
    until: string | undefined,
    @Ctx() { memberships }: NetworksContext,
  ) {
    const members = await memberships.allMembers(id, { anyTime: true });
    const now = today();
    return growthOf(members, interval, until !== undefined && until < now ? until : now);
  }

  @FieldResolver(() => ConveningConnection, { description: 'What it organised, the newest first.' })
  async convenings(
    @Root() { id }: Network,
    @Arg('filter', () => ConveningFilter, { nullable: true, description: 'Which ones.' })
    filter: ConveningFilter | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { convenings }: NetworksContext,
  ) {
    return new ConveningConnection(await convenings.byOrganiser(id, page, filter));
  }

  @FieldResolver(() => [Provenance], {
    description: 'Where it is named as having members: one record of each source.',
  })
  async provenance(@Root() { id }: Network, @Ctx() { networks }: NetworksContext) {
    return (await networks.provenance.load(id)).map(toProvenance);
  }
}

/** What networks adds to a body. */
@Resolver(() => NetworkedOrganisation)
export class NetworkedOrganisationResolver {
  @FieldResolver(() => Network, {
    nullable: true,
    description: 'Its facet as a network; null: no members on record.',
  })
  network(@Root() { id }: NetworkedOrganisation, @Ctx() { networks }: NetworksContext) {
    return networks.byId.load(id);
  }

  @FieldResolver(() => MembershipConnection, {
    nullable: true,
    description:
      'What it belongs to, by the network’s name. Null only if networks does not answer.',
  })
  async memberships(
    @Root() { id }: NetworkedOrganisation,
    @Arg('filter', () => MembershipFilter, {
      nullable: true,
      description: 'Which ones. Default: in force today.',
    })
    filter: MembershipFilter | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { memberships }: NetworksContext,
  ) {
    return new MembershipConnection(await memberships.networks(id, page, filter));
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [MemberCount], {
    nullable: true,
    description:
      'How many members sources count, the newest count first, whether or not they name them. Null only if networks does not answer.',
  })
  memberCounts(@Root() { id }: NetworkedOrganisation, @Ctx() { memberships }: NetworksContext) {
    return memberships.counts.load(id);
  }
}

export const resolveNetwork = ({ id }: Pick<Network, 'id'>, { networks }: NetworksContext) =>
  networks.byId.load(id);
