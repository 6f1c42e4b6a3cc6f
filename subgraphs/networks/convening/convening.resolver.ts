import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../shared/paging';
import { CountryStub, Provenance } from '../../shared/provenance';
import { bodyOf, namesUnseen, provenanceOf } from '../../shared/references';
import type { NetworksContext } from '../context';
import { NetworkedOrganisation } from '../organisation';
import { ConveningFunding } from '../activity';
import { ConvenedProcess } from '../process';
import { Convening } from './convening';
import { ConveningFilter } from './convening.args';

export const ConveningConnection = connectionOf('Convening', 'convenings', () => Convening);

const partiesOf = async (
  { id }: Convening,
  role: string,
  { convenings, bodies }: NetworksContext,
): Promise<NetworkedOrganisation[]> => {
  const parties = (await convenings.parties.load(id)).filter((party) => party.role === role);
  const found = await Promise.all(parties.map(({ bodyKey }) => bodyOf(bodyKey, bodies)));
  return found.filter((body) => body !== null);
};

@Resolver(() => Convening)
export class ConveningResolver {
  @Query(() => ConveningConnection, { description: 'Convenings, the newest first.' })
  async convenings(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ConveningFilter, { nullable: true, description: 'Which ones.' })
    filter: ConveningFilter | undefined,
    @Ctx() { convenings }: NetworksContext,
  ) {
    return new ConveningConnection(await convenings.page(page, filter));
  }

  @FieldResolver(() => CountryStub, { nullable: true, description: 'Where it was held, if known.' })
  country(@Root() { countryCode }: Convening): CountryStub | null {
    return countryCode === null ? null : { id: countryCode };
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => [NetworkedOrganisation], {
    nullable: 'items',
    description: 'Who organised it. An item is null only if organisations does not answer.',
  })
  organisers(@Root() root: Convening, @Ctx() context: NetworksContext) {
    return partiesOf(root, 'ORGANISER', context);
  }

  @Directive('@cost(weight: 3)')
  @Directive('@listSize(assumedSize: 30)')
  @FieldResolver(() => [NetworkedOrganisation], {
    nullable: 'items',
    description:
      'Which bodies took part, as far as they are named. An item is null only if organisations does not answer.',
  })
  participants(@Root() root: Convening, @Ctx() context: NetworksContext) {
    return partiesOf(root, 'PARTICIPANT', context);
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => [NetworkedOrganisation], {
    nullable: 'items',
    description:
      'Which bodies had the floor, as far as that is on record. An item is null only if organisations does not answer.',
  })
  speakers(@Root() root: Convening, @Ctx() context: NetworksContext) {
    return partiesOf(root, 'SPEAKER', context);
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => [ConvenedProcess], {
    nullable: 'items',
    description:
      'The policy processes that it was held towards. An item is null if policy has no record of it.',
  })
  async processes(@Root() { id }: Convening, @Ctx() { convenings }: NetworksContext) {
    return (await convenings.processes.load(id)).map(({ process }) => ({ id: process }));
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => [ConveningFunding], {
    description:
      'What paid for it, as its record says. Empty if the record does not say, or names a body that you may not see.',
  })
  async fundedBy(@Root() { id }: Convening, @Ctx() { convenings, bodies }: NetworksContext) {
    const parties = await convenings.parties.load(id);
    const keys = parties.map(({ bodyKey }) => bodyKey);
    if (await namesUnseen(keys, bodies)) return [];
    return (await convenings.activities.load(id)).map(({ identifier }) => ({
      identifier,
      activity: { identifier },
    }));
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [Provenance], { description: 'Where the record came from.' })
  async provenance(
    @Root() { id, stamp }: Convening,
    @Ctx() { convenings, bodies }: NetworksContext,
  ) {
    const parties = await convenings.parties.load(id);
    const keys = parties.map(({ bodyKey }) => bodyKey);
    return [await provenanceOf(stamp, keys, bodies)];
  }
}

/** What networks adds to a policy process. */
@Resolver(() => ConvenedProcess)
export class ConvenedProcessResolver {
  @FieldResolver(() => ConveningConnection, {
    nullable: true,
    description:
      'Convenings held towards it, the newest first. Null only if networks does not answer.',
  })
  async convenings(
    @Root() { id }: ConvenedProcess,
    @Arg('filter', () => ConveningFilter, { nullable: true, description: 'Which ones.' })
    filter: ConveningFilter | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { convenings }: NetworksContext,
  ) {
    return new ConveningConnection(await convenings.byProcess(id, page, filter));
  }
}

export const resolveConvening = ({ id }: Pick<Convening, 'id'>, { convenings }: NetworksContext) =>
  convenings.byId.load(id);
