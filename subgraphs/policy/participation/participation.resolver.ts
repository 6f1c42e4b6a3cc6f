import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../shared/paging';
import { Provenance, toProvenance } from '../../shared/provenance';
import type { PolicyContext } from '../context';
import { ParticipatingOrganisation } from '../organisation';
import { PolicyProcess } from '../process/process';
import { Participation, ParticipationFilter } from './participation';

export const ParticipationConnection = connectionOf(
  'Participation',
  'participations',
  () => Participation,
);

const bodyOf = async (
  key: string | null,
  { bodies }: PolicyContext,
): Promise<ParticipatingOrganisation | null> => {
  const id = key === null ? null : await bodies.idOf.load(key);
  return id === null ? null : { id };
};

@Resolver(() => Participation)
export class ParticipationResolver {
  @FieldResolver(() => ParticipatingOrganisation, {
    nullable: true,
    description: 'Who takes part.',
  })
  organisation(@Root() { organisationKey }: Participation, @Ctx() context: PolicyContext) {
    return bodyOf(organisationKey, context);
  }

  @FieldResolver(() => ParticipatingOrganisation, {
    nullable: true,
    description: 'The network for which it takes part, if it is for one.',
  })
  forNetwork(@Root() { forNetworkKey }: Participation, @Ctx() context: PolicyContext) {
    return bodyOf(forNetworkKey, context);
  }

  @FieldResolver(() => PolicyProcess, {
    nullable: true,
    description: 'The process, if it is on record itself.',
  })
  process(@Root() { processId }: Participation, @Ctx() { processes }: PolicyContext) {
    return processes.byId.load(processId);
  }

  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(@Root() { stamp }: Participation) {
    return toProvenance(stamp);
  }
}

/** What policy adds to a body. */
@Resolver(() => ParticipatingOrganisation)
export class ParticipatingOrganisationResolver {
  @FieldResolver(() => ParticipationConnection, {
    nullable: true,
    description:
      'The processes that it took part in, the newest first. Null only if policy does not answer.',
  })
  async participations(
    @Root() { id }: ParticipatingOrganisation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ParticipationFilter, { nullable: true, description: 'Which ones.' })
    filter: ParticipationFilter | undefined,
    @Ctx() { participations }: PolicyContext,
  ) {
    return new ParticipationConnection(await participations.byOrganisation(id, page, filter));
  }
}
