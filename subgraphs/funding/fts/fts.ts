import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateScalar, DecimalScalar } from '../../shared/scalars';
import {
  FtsBehaviour,
  FtsBoundary,
  FtsFlowType,
  FtsObjectType,
  FtsSide,
  FtsStatus,
} from './fts-enums';

@ObjectType({ description: 'Something that stands on a side of an FTS flow.' })
export class FtsObject {
  @Field(() => FtsSide, { description: 'The side.' })
  side!: FtsSide;

  @Field(() => FtsObjectType, { description: 'What kind of thing it is.' })
  type!: FtsObjectType;

  @Field(() => ID, {
    nullable: true,
    description: 'Its number in FTS; numbers of different types are different things.',
  })
  id!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its code in FTS, as plans and projects have one.',
  })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'What FTS calls it.' })
  name!: string | null;

  @Field(() => FtsBehaviour, {
    nullable: true,
    description: 'Whether the flow is wholly its; null: the record does not say.',
  })
  behavior!: FtsBehaviour | null;

  @Field(() => [String], {
    description: 'What kinds of organisation it is to FTS, the wider one first.',
  })
  organizationTypes!: string[];

  /** Read by field resolvers. */
  bodyKey!: string | null;
  countryCode!: string | null;
}

@ObjectType({ description: 'A report to FTS on which a flow rests.' })
export class FtsReport {
  @Field(() => String, { nullable: true, description: 'Who reported it.' })
  organization!: string | null;

  @Field(() => String, { nullable: true, description: 'Primary or secondary, as FTS puts it.' })
  sourceType!: string | null;

  @Field(() => String, { nullable: true, description: 'By which channel it came.' })
  reportChannel!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When.' })
  date!: string | null;
}

@ObjectType({ description: 'What the Financial Tracking Service says of a flow.' })
export class FtsFlow {
  @Field(() => ID, { description: 'The flow’s number in FTS, the same in every search.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Which version of the flow this is.' })
  version!: number | null;

  @Field(() => FtsBoundary, {
    nullable: true,
    description: 'Where it stands relative to the search; null: the record does not say.',
  })
  boundary!: FtsBoundary | null;

  @Field(() => FtsBehaviour, {
    nullable: true,
    description:
      'Whether it is wholly inside what was searched for; FTS leaves shared flows out of its totals.',
  })
  onBoundary!: FtsBehaviour | null;

  @Field(() => FtsStatus, { description: 'How firm it is.' })
  status!: FtsStatus;

  @Field(() => FtsFlowType, { nullable: true, description: 'What kind of flow it is to FTS.' })
  flowType!: FtsFlowType | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether FTS counts it as new to the humanitarian system.',
  })
  newMoney!: boolean | null;

  @Field(() => String, { nullable: true, description: '`financial` or `in kind`.' })
  contributionType!: string | null;

  @Field(() => String, { nullable: true, description: '`Traditional aid`, or cash programming.' })
  method!: string | null;

  @Field(() => String, { nullable: true, description: 'The donor’s budget year.' })
  budgetYear!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When the donor decided.' })
  decisionDate!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it was first reported to FTS.' })
  firstReportedDate!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The rate by which FTS made US dollars of the original currency: units per dollar.',
  })
  exchangeRate!: string | null;

  @Field(() => String, { nullable: true, description: 'The reporter’s own reference.' })
  refCode!: string | null;

  @Field(() => [String], { description: 'FTS’s keywords.' })
  keywords!: string[];

  @Field(() => [String], { description: 'How it is earmarked, in the terms of the Grand Bargain.' })
  grandBargainEarmarkingTypes!: string[];

  @Field(() => ID, {
    nullable: true,
    description: 'The FTS number of the flow that it is part of.',
  })
  parentId!: string | null;

  @Field(() => [ID], { description: 'The FTS numbers of its parts, as its own record lists them.' })
  childIds!: string[];

  @Field(() => [FtsReport], { description: 'The reports that it rests on.' })
  reports!: FtsReport[];

  /** Read by field resolvers. */
  rowId!: string;
  amountUsdText!: string;
}
