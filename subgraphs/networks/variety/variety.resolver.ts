import { Arg, Args, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { NetworksContext } from '../context';
import { Network } from '../network/network';
import { MembersArgs } from '../profile/members.args';
import { CategoryCount, Evenness, evennessOf } from './evenness';
import { NetworkVariety } from './variety';

@Resolver(() => Network)
export class NetworkVarietyResolver {
  @Directive('@cost(weight: 16)')
  @FieldResolver(() => NetworkVariety, {
    description: 'How different its members are: by theme, by constituency and by country.',
  })
  async variety(
    @Root() { id }: Network,
    @Args(() => MembersArgs) { reach, asOf }: MembersArgs,
    @Ctx() { profiles }: NetworksContext,
  ): Promise<NetworkVariety> {
    const members = (await profiles.members(id, reach, asOf)).map(({ profile }) => profile);
    return {
      members: members.length,
      themes: evennessOf(members.map(({ themes }) => themes)),
      constituencies: evennessOf(members.map(({ constituencies }) => constituencies)),
      countries: evennessOf(members.map(({ country }) => (country === null ? [] : [country]))),
    };
  }
}

@Resolver(() => Evenness)
export class EvennessResolver {
  @Directive('@listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)')
  @FieldResolver(() => [CategoryCount], {
    description: 'The categories, the most frequent first; `categories` says how many there are.',
  })
  counts(
    @Root() { all }: Evenness,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most.' }) first: number,
  ): CategoryCount[] {
    return all.slice(0, Math.max(0, first));
  }
}
