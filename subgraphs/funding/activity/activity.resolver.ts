import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../shared/paging';
import { monthsBetween } from '../../shared/dates';
import { normaliseIdentifier } from '../../shared/ids';
import { bodyOf, namesUnseen, provenanceOf } from '../../shared/references';
import { DecimalScalar } from '../../shared/scalars';
import { FundedOrganisation } from '../organisation';
import { Provenance } from '../source/source';
import { Budget } from '../budget/budget';
import type { FundingContext } from '../context';
import { FlowConnection } from '../flow/flow-connection';
import { FlowFilter, FlowOrder } from '../flow/flow.args';
import { Share } from '../share/share';
import { Activity, ActivityParty, RelatedActivity } from './activity';
import { ActivityFilter, ActivityOrder } from './activity.args';

const ActivityConnection = connectionOf('Activity', 'activities', () => Activity);
export { ActivityConnection };

@Resolver(() => Activity)
export class ActivityResolver {
  @Directive('@cost(weight: 2)')
  @Query(() => Activity, { nullable: true, description: 'One activity, or null.' })
  activity(
    @Arg('id', () => ID, {
      description: 'Its id in this graph, or its IATI identifier: then the newest report.',
    })
    id: string,
    @Ctx() { activities }: FundingContext,
  ) {
    return activities.byEither(id);
  }

  @Query(() => ActivityConnection, {
    description: 'Activities, a page at a time, newest first unless told otherwise.',
  })
  async activities(
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
    return new ActivityConnection(await activities.page(page, filter, order));
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      'How many months it is planned to last: as the record says, else whole months from its planned start to its planned end.',
  })
  durationMonths(@Root() { plannedMonths, plannedStart, plannedEnd }: Activity) {
    return plannedMonths ?? monthsBetween(plannedStart, plannedEnd);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, { nullable: true, description: 'Who reports it.' })
  reporter(@Root() { reporterKey }: Activity, @Ctx() { bodies }: FundingContext) {
    return bodyOf(reporterKey, bodies);
  }

  @Directive('@listSize(assumedSize: 20)')
  @FieldResolver(() => [ActivityParty], {
    description: 'Who takes part, in the order of the record.',
  })
  parties(@Root() { id }: Activity, @Ctx() { activities }: FundingContext) {
    return activities.parties.load(id);
  }

  @FieldResolver(() => [RelatedActivity], { description: 'The activities that it names.' })
  related(@Root() { id }: Activity, @Ctx() { activities }: FundingContext) {
    return activities.relations.load(id);
  }

  @Directive('@listSize(assumedSize: 20)')
  @FieldResolver(() => [Share], { description: 'How it is split by country, region and sector.' })
  shares(@Root() { id }: Activity, @Ctx() { activities }: FundingContext) {
    return activities.shares.load(id);
  }

  @Directive('@listSize(assumedSize: 20)')
  @FieldResolver(() => [Budget], {
    description: 'Its budgets and planned disbursements. Never added to flows.',
  })
  budgets(@Root() { id }: Activity, @Ctx() { activities }: FundingContext) {
    return activities.budgets.load(id);
  }

  @FieldResolver(() => FlowConnection, {
    description: 'The flows that its report has, whichever report leads them.',
  })
  async flows(
    @Root() { key }: Activity,
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
    const { page: found, sums } = await flows.byActivity('activity_key', key, page, filter, order);
    return new FlowConnection(found, sums);
  }

  @FieldResolver(() => FlowConnection, {
    description: 'Flows of other activities’ reports that name this one as where the money went.',
  })
  async fundedBy(
    @Root() { key }: Activity,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { flows }: FundingContext,
  ) {
    const { page: found, sums } = await flows.byActivity(
      'receiver_activity_key',
      key,
      page,
      undefined,
      FlowOrder.DATE_DESC,
    );
    return new FlowConnection(found, sums);
  }

  @FieldResolver(() => FlowConnection, {
    description:
      'Flows of other activities’ reports that name this one as where the money came from.',
  })
  async fundedOnwards(
    @Root() { key }: Activity,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { flows }: FundingContext,
  ) {
    const { page: found, sums } = await flows.byActivity(
      'provider_activity_key',
      key,
      page,
      undefined,
      FlowOrder.DATE_DESC,
    );
    return new FlowConnection(found, sums);
  }

  @FieldResolver(() => [Provenance], { description: 'Where it came from.' })
  async provenance(@Root() { stamp, reporterKey }: Activity, @Ctx() { bodies }: FundingContext) {
    return [await provenanceOf(stamp, [reporterKey], bodies)];
  }
}

@Resolver(() => ActivityParty)
export class ActivityPartyResolver {
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'The body, if it is named by more than a role.',
  })
  organisation(@Root() { bodyKey }: ActivityParty, @Ctx() { bodies }: FundingContext) {
    return bodyOf(bodyKey, bodies);
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Its name as the record has it; null also for a body that you may not see.',
  })
  async name(@Root() { bodyKey, writtenName }: ActivityParty, @Ctx() { bodies }: FundingContext) {
    return (await namesUnseen([bodyKey], bodies)) ? null : writtenName;
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Its OECD DAC channel code, if the record gives one; `32000` is Networks.',
  })
  async channel(
    @Root() { bodyKey, channelCode }: ActivityParty,
    @Ctx() { bodies }: FundingContext,
  ) {
    return (await namesUnseen([bodyKey], bodies)) ? null : channelCode;
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: 'Its own activity for this work, if named and on record.',
  })
  activity(@Root() { activityKey }: ActivityParty, @Ctx() { activities }: FundingContext) {
    return activityKey === null ? null : activities.byKey.load(activityKey);
  }
}

@Resolver(() => RelatedActivity)
export class RelatedActivityResolver {
  @FieldResolver(() => Activity, {
    nullable: true,
    description: 'The other activity, if it is on record.',
  })
  activity(@Root() { identifier }: RelatedActivity, @Ctx() { activities }: FundingContext) {
    return activities.byKey.load(identifier);
  }
}

/** By the graph's id, or by the identifier under which another record names it: then the newest report. */
export const resolveActivity = (
  { id, identifier }: Partial<Pick<Activity, 'id' | 'identifier'>>,
  { activities }: FundingContext,
) =>
  id === undefined
    ? activities.byKey.load(normaliseIdentifier(identifier ?? ''))
    : activities.byId.load(id);
