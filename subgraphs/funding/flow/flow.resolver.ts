import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../../shared/paging';
import { CountryStub } from '../../shared/provenance';
import { bodyOf, namesUnseen, provenanceOf } from '../../shared/references';
import { Provenance } from '../source/source';
import { DateScalar } from '../../shared/scalars';
import { FundedOrganisation } from '../organisation';
import { Activity } from '../activity/activity';
import type { FundingContext } from '../context';
import type { Side } from '../matching/match';
import { stageOf } from '../matching/stages';
import { ConvertedMoney, Money } from '../rate/money';
import { Share, ShareDimension } from '../share/share';
import { AidTypeCode, Flow } from './flow';
import { FlowConnection } from './flow-connection';
import { FlowFilter, FlowOrder } from './flow.args';
import { PartyBasis } from './flow-kind';
import { FlowRecord, moneyOf, toFlowRecord } from './flow-record';
import { Flexibility, Purpose } from './purpose';
import { Reporting, reportingOf } from './reporting';

/** The activity on one side of a flow, by any of its reports. */
const activityOn = async (side: Side, flow: Flow, { flows, activities }: FundingContext) => {
  const members = await flows.members.load(flow.id);
  const reports = [flow, ...members.map(({ report }) => report)];
  const named = side === 'PROVIDER' ? 'providerActivityKey' : 'receiverActivityKey';
  const key =
    reports.map((report) => report[named]).find((named) => named !== null) ??
    reports.find(({ kind }) => stageOf(kind)?.[0] === side)?.activityKey ??
    null;
  return key === null ? null : activities.byKey.load(key);
};
/** What a party rests on; of one that the viewer may not see, as of one that nobody names. */
const basisOf = async (basis: PartyBasis, key: string | null, { bodies }: FundingContext) =>
  (await namesUnseen([key], bodies)) ? PartyBasis.UNKNOWN : basis;

const provenanceOfFlow = (
  { stamp, providerKey, receiverKey, reporterKey }: Flow,
  { bodies }: FundingContext,
) => provenanceOf(stamp, [providerKey, receiverKey, reporterKey], bodies);

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
    description: 'The activity whose report has it; null: its source reports no activities.',
  })
  activity(@Root() { activityRecord }: Flow, @Ctx() { activities }: FundingContext) {
    return activityRecord === null ? null : activities.byId.load(activityRecord);
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => Activity, {
    nullable: true,
    description:
      'The provider’s activity, if it is on record: the one that is named, else the one whose report has it.',
  })
  providerActivity(@Root() flow: Flow, @Ctx() context: FundingContext) {
    return activityOn('PROVIDER', flow, context);
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => Activity, {
    nullable: true,
    description:
      'The receiver’s activity, if it is on record: the one that is named, else the one whose report has it.',
  })
  receiverActivity(@Root() flow: Flow, @Ctx() context: FundingContext) {
    return activityOn('RECEIVER', flow, context);
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
  @FieldResolver(() => [CountryStub], {
    nullable: 'items',
    description: 'The countries it is for. An item is null only if organisations does not answer.',
  })
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

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => Reporting, {
    description: 'Who reported it, whether they agree, and on what it rests that it is one flow.',
  })
  async reporting(@Root() flow: Flow, @Ctx() { flows }: FundingContext): Promise<Reporting> {
    return reportingOf(flow, await flows.members.load(flow.id));
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => DateScalar, {
    nullable: true,
    description:
      'When its receiver booked it, by the receiver’s own report; null: there is none, or it stands for several payments.',
  })
  async receivedOn(@Root() flow: Flow, @Ctx() { flows }: FundingContext): Promise<string | null> {
    const reports = [{ report: flow, flows: 1 }, ...(await flows.members.load(flow.id))].filter(
      ({ report: { kind } }) => stageOf(kind)?.[0] === 'RECEIVER',
    );
    const [only, second] = reports;
    return only && !second && only.flows === 1 ? only.report.date : null;
  }

  @Directive('@cost(weight: 3)')
  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [FlowRecord], {
    description: 'Every report of it, with its own values; the one that leads comes first.',
  })
  async records(@Root() flow: Flow, @Ctx() { flows }: FundingContext): Promise<FlowRecord[]> {
    return [
      toFlowRecord(flow, 1),
      ...(await flows.members.load(flow.id)).map(({ report, flows }) =>
        toFlowRecord(report, flows),
      ),
    ];
  }

  @FieldResolver(() => [Provenance], {
    description: 'Where it came from: one entry for each report.',
  })
  async provenance(@Root() flow: Flow, @Ctx() context: FundingContext) {
    const members = await context.flows.members.load(flow.id);
    return Promise.all(
      [flow, ...members.map(({ report }) => report)].map((report) =>
        provenanceOfFlow(report, context),
      ),
    );
  }
}

@Resolver(() => FlowRecord)
export class FlowRecordResolver {
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, { nullable: true, description: 'Who reported it.' })
  reporter(@Root() { report }: FlowRecord, @Ctx() { bodies }: FundingContext) {
    return bodyOf(report.reporterKey, bodies);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'Who gave, by this report.',
  })
  provider(@Root() { report }: FlowRecord, @Ctx() { bodies }: FundingContext) {
    return bodyOf(report.providerKey, bodies);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'Who received, by this report.',
  })
  receiver(@Root() { report }: FlowRecord, @Ctx() { bodies }: FundingContext) {
    return bodyOf(report.receiverKey, bodies);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => Activity, {
    nullable: true,
    description: 'The activity whose report has it.',
  })
  activity(@Root() { report }: FlowRecord, @Ctx() { activities }: FundingContext) {
    return report.activityRecord === null ? null : activities.byId.load(report.activityRecord);
  }

  @FieldResolver(() => Provenance, { description: 'Where this record came from.' })
  provenance(@Root() { report }: FlowRecord, @Ctx() context: FundingContext) {
    return provenanceOfFlow(report, context);
  }
}

export const resolveFlow = ({ id }: Pick<Flow, 'id'>, { flows }: FundingContext) =>
  flows.byId.load(id);
