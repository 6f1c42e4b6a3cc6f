import { Arg, Args, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { DateRange } from '../../shared/filters';
import { CountryStub } from '../../shared/provenance';
import type { NetworksContext } from '../context';
import { ConveningKind } from '../convening/convening';
import { Network } from '../network/network';
import { AsOfArgs } from '../profile/members.args';
import { gather } from './gather';
import { CountryPair, Gatherings } from './gatherings';

@Resolver(() => Network)
export class NetworkGatheringsResolver {
  @Directive('@cost(weight: 6)')
  @FieldResolver(() => Gatherings, {
    description:
      'The convenings that it called or took part in itself, summed up: how often, who came, and which countries met. Those where only members of it were do not count.',
  })
  async gatherings(
    @Root() { id }: Network,
    @Arg('kinds', () => [ConveningKind], {
      nullable: true,
      description: 'Convenings of these kinds. Default: all.',
    })
    kinds: ConveningKind[] | undefined,
    @Arg('date', () => DateRange, {
      nullable: true,
      description: 'Begun in this range; what is undated is then left out.',
    })
    date: DateRange | undefined,
    @Args(() => AsOfArgs) { asOf = today() }: AsOfArgs,
    @Ctx() { convenings, profiles, bodies }: NetworksContext,
  ): Promise<Gatherings> {
    const found = await convenings.ofParty(id, { kinds, date }, asOf);
    const parties = await convenings.parties.loadMany(found.map(({ convening }) => convening.id));
    const gathered = await Promise.all(
      found.map(async ({ convening, organised }, index) => {
        const named = parties[index];
        const keys = named && !(named instanceof Error) ? named.map(({ bodyKey }) => bodyKey) : [];
        const ids = (await bodies.idOf.loadMany(keys)).filter((other) => typeof other === 'string');
        const others = await profiles.byId.loadMany(
          [...new Set(ids)].filter((other) => other !== id),
        );
        return {
          from: convening.from,
          organised,
          others: others.flatMap((body) => (body && !(body instanceof Error) ? [body] : [])),
        };
      }),
    );
    return gather(gathered, asOf);
  }
}

@Resolver(() => Gatherings)
export class GatheringsResolver {
  @Directive('@listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)')
  @FieldResolver(() => [CountryPair], {
    description:
      'The pairs of countries whose bodies met, the most frequent first; `countryPairs` says how many there are. The network itself is not counted among those who met.',
  })
  pairs(
    @Root() { allPairs }: Gatherings,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most.' }) first: number,
  ): CountryPair[] {
    return allPairs.slice(0, Math.max(0, first));
  }
}

@Resolver(() => CountryPair)
export class CountryPairResolver {
  @Directive('@listSize(assumedSize: 2)')
  @FieldResolver(() => [CountryStub], {
    nullable: 'items',
    description: 'The two. An item is null only if organisations does not answer.',
  })
  countries(@Root() { codes }: CountryPair): CountryStub[] {
    return codes.map((id) => ({ id }));
  }
}
