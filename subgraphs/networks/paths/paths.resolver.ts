import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { normaliseIdentifier } from '../../shared/ids';
import { UnPlace } from '../../shared/vocabulary';
import type { NetworksContext } from '../context';
import { Network } from '../network/network';
import { NetworkedOrganisation } from '../organisation';
import { checkLength, PathArgs } from './paths.args';
import { MembershipPath, MembershipPaths } from './paths';
import { brokersBetween, type Links, shortestPaths } from './walks';

const WHAT =
  'The ways by which it belongs to a network: as its member, as a member of its members, and so on.';

const linksOf = ({ steps }: MembershipPaths): Links =>
  new Map([...steps].map(([body, up]) => [body, up.map(({ networkId }) => networkId)]));

const pathsUp = async (
  id: string,
  targets: readonly string[],
  { maxLength, asOf = today() }: PathArgs,
  { paths }: NetworksContext,
): Promise<MembershipPaths> => {
  const found = {
    maxLength,
    fromId: id,
    targetIds: new Set(targets),
    steps: await paths.from(id, 'up', asOf, maxLength),
    length: null,
  };
  const [shortest] = shortestPaths(linksOf(found), id, found.targetIds, maxLength, 1);
  return { ...found, length: shortest ? shortest.length - 1 : null };
};

const pathsTo = async (id: string, network: string, args: PathArgs, context: NetworksContext) => {
  checkLength(args.maxLength);
  const target = await context.bodies.idOf.load(normaliseIdentifier(network));
  return pathsUp(id, target === null ? [] : [target], args, context);
};

@Resolver(() => Network)
export class NetworkPathsResolver {
  @Directive('@cost(weight: 14)')
  @FieldResolver(() => MembershipPaths, { description: WHAT })
  pathsTo(
    @Root() { id }: Network,
    @Arg('network', () => ID, { description: 'Any identifier of the network.' }) network: string,
    @Args(() => PathArgs) args: PathArgs,
    @Ctx() context: NetworksContext,
  ) {
    return pathsTo(id, network, args, context);
  }
}

@Resolver(() => NetworkedOrganisation)
export class OrganisationPathsResolver {
  @Directive('@cost(weight: 14)')
  @FieldResolver(() => MembershipPaths, {
    nullable: true,
    description: `${WHAT} Null only if networks does not answer.`,
  })
  pathsTo(
    @Root() { id }: NetworkedOrganisation,
    @Arg('network', () => ID, { description: 'Any identifier of the network.' }) network: string,
    @Args(() => PathArgs) args: PathArgs,
    @Ctx() context: NetworksContext,
  ) {
    return pathsTo(id, network, args, context);
  }

  @Directive('@cost(weight: 14)')
  @FieldResolver(() => MembershipPaths, {
    nullable: true,
    description:
      'The ways by which it belongs to any body on record with access to a seat of the United Nations. Null only if networks does not answer.',
  })
  async pathsToUn(
    @Root() { id }: NetworkedOrganisation,
    @Arg('place', () => UnPlace, { description: 'Which seat.' }) place: UnPlace,
    @Args(() => PathArgs) args: PathArgs,
    @Ctx() context: NetworksContext,
  ) {
    checkLength(args.maxLength);
    const targets = await context.networks.withAccess(place, args.asOf ?? today());
    return pathsUp(id, targets, args, context);
  }
}

@Resolver(() => MembershipPaths)
export class MembershipPathsResolver {
  @Directive('@listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)')
  @FieldResolver(() => [MembershipPath], {
    description: 'The shortest ways, in the order of their bodies’ ids.',
  })
  shortest(
    @Root() root: MembershipPaths,
    @Arg('first', () => Int, { defaultValue: 5, description: 'How many at most.' }) first: number,
  ): MembershipPath[] {
    const { fromId, targetIds, maxLength, steps } = root;
    return shortestPaths(linksOf(root), fromId, targetIds, maxLength, first).map((bodyIds) => ({
      bodyIds,
      length: bodyIds.length - 1,
      steps: bodyIds.slice(1).flatMap((network, index) => {
        const step = steps
          .get(bodyIds[index] ?? '')
          ?.find(({ networkId }) => networkId === network);
        return step ? [{ ...step, pathIds: [network] }] : [];
      }),
    }));
  }

  @Directive('@listSize(assumedSize: 11)')
  @FieldResolver(() => [NetworkedOrganisation], {
    nullable: 'items',
    description:
      'The bodies without any one of which there would be no way of at most `maxLength`, the nearest first; neither end is one. An item is null only if organisations does not answer.',
  })
  brokers(@Root() root: MembershipPaths): NetworkedOrganisation[] {
    const { fromId, targetIds, maxLength } = root;
    return brokersBetween(linksOf(root), fromId, targetIds, maxLength).map((id) => ({ id }));
  }
}

@Resolver(() => MembershipPath)
export class MembershipPathResolver {
  @Directive('@listSize(assumedSize: 13)')
  @FieldResolver(() => [NetworkedOrganisation], {
    nullable: 'items',
    description:
      'The bodies on the way, from the one asked for to where it leads. An item is null only if organisations does not answer.',
  })
  bodies(@Root() { bodyIds }: MembershipPath): NetworkedOrganisation[] {
    return bodyIds.map((id) => ({ id }));
  }
}
