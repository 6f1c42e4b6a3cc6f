import { Arg, Args, Ctx, Directive, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { connectionOf, PageArgs, pageOfAll } from '../../shared/paging';
import { Provenance, toProvenance } from '../../shared/provenance';
import { bodyOf, namesUnseen, provenanceOf } from '../../shared/references';
import { DateScalar } from '../../shared/scalars';
import type { PolicyContext } from '../context';
import { PolicyDocument } from '../document/document';
import { ParticipatingOrganisation } from '../organisation';
import { PayingActivity } from '../others';
import { PolicyProcess } from '../process/process';
import { Commitment, DocumentImplementation, EngagedNetwork, Implementation } from './commitment';
import { implementationOf } from './implementation';

const CommitmentConnection = connectionOf('Commitment', 'commitments', () => Commitment);
const EngagedNetworkConnection = connectionOf(
  'EngagedNetwork',
  'networks that took part',
  () => EngagedNetwork,
);

/** What was done under a document. */
@Resolver(() => PolicyDocument)
export class ImplementedDocumentResolver {
  @Directive('@cost(weight: 10)')
  @FieldResolver(() => DocumentImplementation, {
    description: 'What is on record as done under it, and what is not.',
  })
  implementation(
    @Root() { symbol }: PolicyDocument,
    @Arg('asOf', () => DateScalar, { nullable: true, description: 'The day. Default: today.' })
    asOf: string | undefined,
    @Ctx() context: PolicyContext,
  ) {
    return implementationOf(symbol, asOf ?? today(), context);
  }
}

@Resolver(() => DocumentImplementation)
export class DocumentImplementationResolver {
  @FieldResolver(() => CommitmentConnection, { description: 'Its commitments on record, by id.' })
  commitments(
    @Root() { commitmentList, symbol }: DocumentImplementation,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return new CommitmentConnection(
      pageOfAll(commitmentList, { ...page, scope: ['commitments', symbol] }, ({ id }) => id),
    );
  }

  @FieldResolver(() => EngagedNetworkConnection, {
    description: 'The networks that took part in processes that implement it, by id.',
  })
  networks(
    @Root() { networkList, symbol }: DocumentImplementation,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return new EngagedNetworkConnection(
      pageOfAll(
        networkList,
        { ...page, scope: ['engaged networks', symbol] },
        ({ networkId }) => networkId,
      ),
    );
  }
}

@Resolver(() => EngagedNetwork)
export class EngagedNetworkResolver {
  @FieldResolver(() => ParticipatingOrganisation, { nullable: true, description: 'The network.' })
  network(@Root() { networkId }: EngagedNetwork): ParticipatingOrganisation {
    return { id: networkId };
  }
}

@Resolver(() => Commitment)
export class CommitmentResolver {
  @Directive('@cost(weight: 1)')
  @FieldResolver(() => [Implementation], {
    description: 'What is done under it; empty: nothing is on record.',
  })
  implementations(@Root() { id }: Commitment, @Ctx() { commitments }: PolicyContext) {
    return commitments.implementations.load(id);
  }

  @FieldResolver(() => [Provenance], { description: 'Every record of it, the best checked first.' })
  provenance(@Root() { rows }: Commitment) {
    return rows.map(toProvenance);
  }
}

@Resolver(() => Implementation)
export class ImplementationResolver {
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => ParticipatingOrganisation, {
    nullable: true,
    description: 'Who does it, if the record says.',
  })
  organisation(@Root() { organisationKey }: Implementation, @Ctx() { bodies }: PolicyContext) {
    return bodyOf(organisationKey, bodies);
  }

  @FieldResolver(() => PolicyProcess, {
    nullable: true,
    description: 'The process in which it is done, if the record names one that is on record.',
  })
  process(@Root() { processId }: Implementation, @Ctx() { processes }: PolicyContext) {
    return processId === null ? null : processes.byId.load(processId);
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => ID, {
    nullable: true,
    description:
      'The identifier of the activity that pays for it, as the record has it. Not shown of a record that names a body which you may not see.',
  })
  async activityIdentifier(
    @Root() { activityName, organisationKey }: Implementation,
    @Ctx() { bodies }: PolicyContext,
  ) {
    return (await namesUnseen([organisationKey], bodies)) ? null : activityName;
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => PayingActivity, {
    nullable: true,
    description:
      'The activity that pays for it; what is asked of it is null if no report of it is on record.',
  })
  async activity(
    @Root() { activityName, organisationKey }: Implementation,
    @Ctx() { bodies }: PolicyContext,
  ): Promise<PayingActivity | null> {
    return activityName === null || (await namesUnseen([organisationKey], bodies))
      ? null
      : { identifier: activityName };
  }

  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(@Root() { stamp, organisationKey }: Implementation, @Ctx() { bodies }: PolicyContext) {
    return provenanceOf(stamp, [organisationKey], bodies);
  }
}
