import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../shared/paging';
import { FundedOrganisation } from './organisation';
import { ActivityFilter, ActivityOrder } from './activity/activity.args';
import { ActivityConnection } from './activity/activity.resolver';
import { Budget } from './budget/budget';
import type { FundingContext } from './context';
import { FlowConnection } from './flow/flow-connection';
import { FlowFilter, FlowOrder } from './flow/flow.args';

/** What funding adds to a body. Nullable, so that a body stays whole where funding does not answer. */
@Resolver(() => FundedOrganisation)
export class FundedOrganisationResolver {
  @FieldResolver(() => FlowConnection, {
    nullable: true,
    description: 'Flows that it received or is promised. Null only if funding does not answer.',
  })
  async flowsIn(
    @Root() { id }: FundedOrganisation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => FlowFilter, { nullable: true, description: 'Which ones.' })
    filter: FlowFilter | undefined,
    @Arg('orderBy', () => FlowOrder, {
      defaultValue: FlowOrder.DATE_DESC,
      description: 'In which order.',
    })
    order: FlowOrder,
    @Ctx() { flows }: FundingContext,
  ) {
    const { page: found, sums } = await flows.byBody('receiver_key', id, page, filter, order);
    return new FlowConnection(found, sums);
  }

  @FieldResolver(() => FlowConnection, {
    nullable: true,
    description: 'Flows that it gave or promised. Null only if funding does not answer.',
  })
  async flowsOut(
    @Root() { id }: FundedOrganisation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => FlowFilter, { nullable: true, description: 'Which ones.' })
    filter: FlowFilter | undefined,
    @Arg('orderBy', () => FlowOrder, {
      defaultValue: FlowOrder.DATE_DESC,
      description: 'In which order.',
    })
    order: FlowOrder,
    @Ctx() { flows }: FundingContext,
  ) {
    const { page: found, sums } = await flows.byBody('provider_key', id, page, filter, order);
    return new FlowConnection(found, sums);
  }

  @FieldResolver(() => ActivityConnection, {
    nullable: true,
    description: 'The activities that it reports. Null only if funding does not answer.',
  })
  async activities(
    @Root() { id }: FundedOrganisation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ActivityFilter, { nullable: true, description: 'Which ones.' })
    filter: ActivityFilter | undefined,
    @Arg('orderBy', () => ActivityOrder, {
      defaultValue: ActivityOrder.START_DATE_DESC,
      description: 'In which order.',
    })
    order: ActivityOrder,
    @Ctx() { activities }: FundingContext,
  ) {
    return new ActivityConnection(await activities.byReporter(id, page, filter, order));
  }

  @Directive('@listSize(assumedSize: 20)')
  @FieldResolver(() => [Budget], {
    nullable: true,
    description:
      'Its own yearly budgets and expenditure. Never added to flows. Null only if funding does not answer.',
  })
  budgets(@Root() { id }: FundedOrganisation, @Ctx() { activities }: FundingContext) {
    return activities.budgetsByBody.load(id);
  }
}
