import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../shared/paging';
import { Provenance } from '../../shared/provenance';
import { bodyOf, provenanceOf } from '../../shared/references';
import type { PolicyContext } from '../context';
import { ParticipatingOrganisation } from '../organisation';
import { PolicyProcess } from '../process/process';
import { Participation, ParticipationFilter } from './participation';

export const ParticipationConnection = connectionOf(
  'Participation',
  'participations',
  () => Participation,
);

@Resolver(() => Participation)
export class ParticipationResolver {
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => ParticipatingOrganisation, {
    nullable: true,
    description: 'Who takes part.',
  })
  organisation(@Root() { organisationKey }: Participation, @Ctx() { bodies }: PolicyContext) {
    return bodyOf(organisationKey, bodies);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => ParticipatingOrganisation, {
    nullable: true,
    description: 'The network for which it takes part, if it is for one.',
  })
  forNetwork(@Root() { forNetworkKey }: Participation, @Ctx() { bodies }: PolicyContext) {
    return bodyOf(forNetworkKey, bodies);
  }

  @FieldResolver(() => PolicyProcess, {
    nullable: true,
    description: 'The process, if it is on record itself.',
  })
  process(@Root() { processId }: Participation, @Ctx() { processes }: PolicyContext) {
    return processes.byId.load(processId);
  }

  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(
    @Root() { stamp, organisationKey, forNetworkKey }: Participation,
    @Ctx() { bodies }: PolicyContext,
  ) {
    return provenanceOf(stamp, [organisationKey, forNetworkKey], bodies);
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

  @FieldResolver(() => ParticipationConnection, {
    nullable: true,
    description:
      'The processes that others took part in on its behalf, the newest first. Null only if policy does not answer.',
  })
  async participationsOnBehalf(
    @Root() { id }: ParticipatingOrganisation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ParticipationFilter, { nullable: true, description: 'Which ones.' })
    filter: ParticipationFilter | undefined,
    @Ctx() { participations }: PolicyContext,
  ) {
    return new ParticipationConnection(await participations.onBehalfOf(id, page, filter));
  }
}
