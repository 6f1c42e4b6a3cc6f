import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../shared/paging';
import { Provenance } from '../../shared/provenance';
import { bodyOf, provenanceOf } from '../../shared/references';
import type { PolicyContext } from '../context';
import { ParticipatingOrganisation } from '../organisation';
import { PolicyProcess } from '../process/process';
import { Submission, SubmissionFilter, SubmissionTheme } from './submission';

const SubmissionConnection = connectionOf('Submission', 'submissions', () => Submission);

@Resolver(() => Submission)
export class SubmissionResolver {
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => ParticipatingOrganisation, { nullable: true, description: 'Who made it.' })
  organisation(@Root() { organisationKey }: Submission, @Ctx() { bodies }: PolicyContext) {
    return bodyOf(organisationKey, bodies);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => ParticipatingOrganisation, {
    nullable: true,
    description: 'The network for which it was made, if for one.',
  })
  forNetwork(@Root() { forNetworkKey }: Submission, @Ctx() { bodies }: PolicyContext) {
    return bodyOf(forNetworkKey, bodies);
  }

  @FieldResolver(() => PolicyProcess, {
    nullable: true,
    description: 'The process, if it is on record itself.',
  })
  process(@Root() { processId }: Submission, @Ctx() { processes }: PolicyContext) {
    return processes.byId.load(processId);
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => [SubmissionTheme], { description: 'What it speaks of.' })
  themes(@Root() { id }: Submission, @Ctx() { submissions }: PolicyContext) {
    return submissions.themes.load(id);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [ParticipatingOrganisation], {
    nullable: 'items',
    description:
      'The bodies whose information it relies on by name. An item is null only if organisations does not answer.',
  })
  async cites(@Root() { id }: Submission, @Ctx() { submissions }: PolicyContext) {
    return (await submissions.cited(id)).map((cited) => ({ id: cited }));
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  async provenance(
    @Root() { id, stamp, organisationKey, forNetworkKey }: Submission,
    @Ctx() { submissions, bodies }: PolicyContext,
  ) {
    const named = [organisationKey, forNetworkKey, ...(await submissions.citations.load(id))];
    return provenanceOf(stamp, named, bodies);
  }
}

/** What was said in a process. */
@Resolver(() => PolicyProcess)
export class ProcessSubmissionsResolver {
  @FieldResolver(() => SubmissionConnection, {
    description: 'What was said or handed in in it, the newest first.',
  })
  async submissions(
    @Root() { id }: PolicyProcess,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SubmissionFilter, { nullable: true, description: 'Which ones.' })
    filter: SubmissionFilter | undefined,
    @Ctx() { submissions }: PolicyContext,
  ) {
    return new SubmissionConnection(await submissions.byProcess(id, page, filter));
  }
}

/** What a body said in processes. */
@Resolver(() => ParticipatingOrganisation)
export class SubmittingOrganisationResolver {
  @FieldResolver(() => SubmissionConnection, {
    nullable: true,
    description:
      'What it said or handed in in policy processes, the newest first. Null only if policy does not answer.',
  })
  async submissions(
    @Root() { id }: ParticipatingOrganisation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SubmissionFilter, { nullable: true, description: 'Which ones.' })
    filter: SubmissionFilter | undefined,
    @Ctx() { submissions }: PolicyContext,
  ) {
    return new SubmissionConnection(await submissions.byOrganisation(id, page, filter));
  }
}
