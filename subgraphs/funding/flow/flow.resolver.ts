import {
  Arg,
  Args,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { PageArgs } from '../../shared/paging';
import { CountryStub, Provenance } from '../../shared/provenance';
import { bodyOf, namesUnseen, provenanceOf } from '../../shared/references';
import { FundedOrganisation } from '../organisation';
import { Activity } from '../activity/activity';
import type { FundingContext } from '../context';
import { ConvertedMoney, Money } from '../rate/money';
import { Share, ShareDimension } from '../share/share';
import { AidTypeCode, Flow } from './flow';
import { FlowConnection } from './flow-connection';
import { FlowFilter, FlowOrder } from './flow.args';
import { PartyBasis } from './flow-kind';
import { Flexibility, Purpose } from './purpose';

@ObjectType({ description: 'One report of a flow: what one record says of it.' })
export class FlowRecord {
  @Field(() => Money, { description: 'The amount that this record gives.' })
  amount!: Money;

  /** Read by the resolvers of `reporter` and `provenance`. */
  flow!: Flow;
}

/** What a party rests on; of one that the viewer may not see, as of one that nobody names. */
const basisOf = async (basis: PartyBasis, key: string | null, { bodies }: FundingContext) =>
  (await namesUnseen([key], bodies)) ? PartyBasis.UNKNOWN : basis;

const provenanceOfFlow = (
  { stamp, providerKey, receiverKey, reporterKey }: Flow,
  { bodies }: FundingContext,
) => provenanceOf(stamp, [providerKey, receiverKey, reporterKey], bodies);

const moneyOf = ({ amountText, currency }: Flow): Money => ({ amount: amountText, currency });

@Resolver(() => Flow)
export class FlowResolver {
  @Query(() => Flow, { nullable: true, description: 'One flow by its id, or null.' })
  flow(
    @Arg('id', () => ID, { description: 'Its id in this graph.' }) id: string,
    @Ctx() { flows }: FundingContext,
  ) {
    return flows.byId.load(id);
  }

  @Query(() => FlowConnection, {
    description: 'Flows, a page at a time, newest first unless told otherwise.',
  })
  async flows(
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
    const { page: found, sums } = await flows.page(page, filter, order);
    return new FlowConnection(found, sums);
  }

  @FieldResolver(() => Money, { description: 'The amount as reported.' })
  amount(@Root() flow: Flow): Money {
    return moneyOf(flow);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => ConvertedMoney, {
    description:
      'The amount in another currency, at the average rate of the month of its value date; without one, of its date.',
  })
  converted(
    @Root() { amountText, currency, valueDate, date }: Flow,
    @Arg('currency', () => String, { description: 'ISO 4217.' }) to: string,
    @Ctx() { rates }: FundingContext,
  ) {
    return rates.convert(amountText, currency, to, valueDate ?? date);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'Who gave, or promised; null also for a body that you may not see.',
  })
  provider(@Root() { providerKey }: Flow, @Ctx() { bodies }: FundingContext) {
    return bodyOf(providerKey, bodies);
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => PartyBasis, { description: 'On what the provider rests.' })
  providerBasis(@Root() { statedBasis, providerKey }: Flow, @Ctx() context: FundingContext) {
    return basisOf(statedBasis.provider, providerKey, context);
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => PartyBasis, { description: 'On what the receiver rests.' })
  receiverBasis(@Root() { statedBasis, receiverKey }: Flow, @Ctx() context: FundingContext) {
    return basisOf(statedBasis.receiver, receiverKey, context);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'Who received, or is promised; null also for a body that you may not see.',
  })
  receiver(@Root() { receiverKey }: Flow, @Ctx() { bodies }: FundingContext) {
    return bodyOf(receiverKey, bodies);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: 'The activity whose report has it.',
  })
  activity(@Root() { activityRecord }: Flow, @Ctx() { activities }: FundingContext) {
    return activities.byId.load(activityRecord);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: 'The provider’s activity, if it is named and on record.',
  })
  providerActivity(@Root() { providerActivityKey }: Flow, @Ctx() { activities }: FundingContext) {
    return providerActivityKey === null ? null : activities.byKey.load(providerActivityKey);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: 'The receiver’s activity, if it is named and on record.',
  })
  receiverActivity(@Root() { receiverActivityKey }: Flow, @Ctx() { activities }: FundingContext) {
    return receiverActivityKey === null ? null : activities.byKey.load(receiverActivityKey);
  }

  @Directive('@listSize(assumedSize: 20)')
  @FieldResolver(() => [Share], {
    description:
      'How it is split by country, region and sector: by its own record, else as its activity.',
  })
  shares(@Root() { id }: Flow, @Ctx() { flows }: FundingContext) {
    return flows.shares.load(id);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [CountryStub], { description: 'The countries it is for.' })
  async countries(@Root() { id }: Flow, @Ctx() { flows }: FundingContext): Promise<CountryStub[]> {
    const shares = await flows.shares.load(id);
    const codes = shares
      .filter(({ dimension }) => dimension === ShareDimension.COUNTRY)
      .map(({ code }) => code);
    return [...new Set(codes)].map((code) => ({ id: code }));
  }

  @FieldResolver(() => [AidTypeCode], {
    description: 'Its aid types: its own, else its activity’s default.',
  })
  aidTypes(@Root() { aidTypeList }: Flow) {
    return aidTypeList;
  }

  @FieldResolver(() => Purpose, { description: 'What it is for, and how that is known.' })
  purpose(@Root() { purposeOf }: Flow) {
    return purposeOf;
  }

  @FieldResolver(() => Flexibility, {
    description: 'How freely it may be used, and how that is known.',
  })
  flexibility(@Root() { flexibilityOf }: Flow) {
    return flexibilityOf;
  }

  @FieldResolver(() => [FlowRecord], { description: 'Every report of it.' })
  records(@Root() flow: Flow): FlowRecord[] {
    return [{ amount: moneyOf(flow), flow }];
  }

  @FieldResolver(() => [Provenance], {
    description: 'Where it came from: one entry for each report.',
  })
  async provenance(@Root() flow: Flow, @Ctx() context: FundingContext) {
    return [await provenanceOfFlow(flow, context)];
  }
}

@Resolver(() => FlowRecord)
export class FlowRecordResolver {
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, { nullable: true, description: 'Who reported it.' })
  reporter(@Root() { flow }: FlowRecord, @Ctx() { bodies }: FundingContext) {
    return bodyOf(flow.reporterKey, bodies);
  }

  @FieldResolver(() => Provenance, { description: 'Where this record came from.' })
  provenance(@Root() { flow }: FlowRecord, @Ctx() context: FundingContext) {
    return provenanceOfFlow(flow, context);
  }
}

export const resolveFlow = ({ id }: Pick<Flow, 'id'>, { flows }: FundingContext) =>
  flows.byId.load(id);
