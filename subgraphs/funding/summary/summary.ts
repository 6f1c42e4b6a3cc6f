import { Directive, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CountryStub } from '../../shared/provenance';
import { DateScalar, DecimalScalar } from '../../shared/scalars';
import { CountedMoney } from '../flow/counted-money';
import { FundedOrganisation } from '../organisation';
import { FundingSource } from '../source/source';
import { CountingBasis } from './basis';
import { FlowDimension } from './dimension';

@ObjectType({ description: 'What the flows of a row have in common in one dimension.' })
export class FlowSummaryKey {
  @Field(() => FlowDimension, { description: 'The dimension.' })
  dimension!: FlowDimension;

  @Field(() => String, {
    nullable: true,
    description:
      'The value: a year, a code, an id, a name of an enum. Null: unknown, or a body that you may not see.',
  })
  value!: string | null;

  @Directive('@cost(weight: 1)')
  @Field(() => FundedOrganisation, {
    nullable: true,
    description: 'The body, where the dimension is one of bodies.',
  })
  organisation!: FundedOrganisation | null;

  @Directive('@cost(weight: 1)')
  @Field(() => CountryStub, {
    nullable: true,
    description: 'The country, where the dimension is one of countries.',
  })
  country!: CountryStub | null;
}

@ObjectType({ description: 'The flows that are alike in every dimension asked for, added up.' })
export class FlowSummaryRow {
  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [FlowSummaryKey], { description: 'By what they are alike, in the order asked for.' })
  keys!: FlowSummaryKey[];

  @Field(() => DecimalScalar, {
    description:
      'What is counted of them on the basis, in the currency asked for, to the cent. The rows add up to the total.',
  })
  amount!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The amount divided by the total, 0 to 1; null where the total is not above 0.',
  })
  share!: string | null;

  @Field(() => Int, {
    description:
      'How many flows the amount is of; one that is split is in several rows. 0 where money is followed along ways of several flows.',
  })
  flows!: number;

  @Field(() => DecimalScalar, {
    description:
      'The part of the amount whose split is estimated: its source gives no percentages, so equal parts were taken.',
  })
  estimatedAmount!: string;

  @Field(() => DecimalScalar, {
    description:
      'The part of the amount that is attributed in proportion, because a body’s own money and what it was given mix.',
  })
  attributedAmount!: string;

  /** Worked out only where it is asked for; read by the resolver of rows. */
  bodiesOf!: (side: 'provider' | 'receiver') => Promise<number> | null;
}

/** Why flows are in no sum. */
export enum ExclusionReason {
  NOT_CONVERTIBLE = 'NOT_CONVERTIBLE',
  SHARED_BEYOND_SCOPE = 'SHARED_BEYOND_SCOPE',
  TO_ITSELF = 'TO_ITSELF',
  PART_AND_WHOLE = 'PART_AND_WHOLE',
  SEVERAL_STATUSES = 'SEVERAL_STATUSES',
}
registerEnumType(ExclusionReason, {
  name: 'ExclusionReason',
  description: 'Why flows are in no sum.',
  valuesConfig: {
    NOT_CONVERTIBLE: {
      description: 'There is no rate for the currency and month, or the record names no currency.',
    },
    SHARED_BEYOND_SCOPE: {
      description:
        'FTS says that places or years beyond those asked for share the flow, and not in which parts.',
    },
    TO_ITSELF: {
      description:
        'A body paid itself, or its host: no money moved to another. Only GROSS_THROUGHPUT counts it.',
    },
    PART_AND_WHOLE: {
      description:
        'An activity reports the same payment as the activity that it is a part of; it is counted there.',
    },
    SEVERAL_STATUSES: {
      description:
        'Its standard reports a commitment and its payments both, so they cannot be one sum.',
    },
  },
});

@ObjectType({ description: 'Flows that are in no sum, with the reason.' })
export class ExcludedFlows {
  @Field(() => ExclusionReason, { description: 'The reason.' })
  reason!: ExclusionReason;

  @Field(() => String, { description: 'The reason, in words.' })
  says!: string;

  @Field(() => Int, { description: 'How many flows.' })
  flows!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What they amount to in their own currency; null: of several, or not worked out.',
  })
  amount!: string | null;

  @Field(() => String, { nullable: true, description: 'Their currency, where it is one.' })
  currency!: string | null;
}

@ObjectType({ description: 'What a sum rests on, and what it lacks.' })
export class FlowSummaryCoverage {
  @Field(() => Int, { description: 'How many flows there are that the filter keeps.' })
  flows!: number;

  @Field(() => Int, {
    description: 'How many of them could be looked at; the others are excluded.',
  })
  usable!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The share of the flows that could be looked at, 0 to 1.',
  })
  usableShare!: string | null;

  @Field(() => DecimalScalar, {
    description: 'The part of the total that stands in rows of which every key is known.',
  })
  knownAmount!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'That part divided by the total, 0 to 1.',
  })
  knownShare!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The share of the rows’ flows, counted, that stand in such rows, 0 to 1.',
  })
  knownFlowsShare!: string | null;

  @Field(() => DecimalScalar, {
    description:
      'Money that moved on within the scope of which no record shows how it came in. By so much FINAL exceeds SOURCE.',
  })
  unseenEntry!: string;

  @Directive('@listSize(assumedSize: 50)')
  @Field(() => [ExcludedFlows], {
    description: 'Flows that are left out, by reason and currency; at most 50 entries.',
  })
  excluded!: ExcludedFlows[];

  @Directive('@listSize(assumedSize: 500)')
  @Field(() => [FundingSource], {
    nullable: 'items',
    description:
      'The sources whose reports are counted; the first 500 by id. An item is null only if organisations does not answer.',
  })
  sources!: FundingSource[];

  @Directive('@listSize(assumedSize: 20)')
  @Field(() => [String], { description: 'What the answer lacks, in words.' })
  missing!: string[];
}

@ObjectType({
  description:
    'How unevenly the total is shared out among the rows of which every key is known. All null without such a row, or if one is negative.',
})
export class FlowConcentration {
  @Field(() => Int, { description: 'Among how many rows.' })
  parts!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The Gini coefficient: 0 if all have the same, near 1 if one has nearly all.',
  })
  gini!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The Herfindahl–Hirschman index: the sum of the squared shares, 0 to 1.',
  })
  hhi!: number | null;

  @Field(() => Float, { nullable: true, description: 'The share of the largest.' })
  top1!: number | null;

  @Field(() => Float, { nullable: true, description: 'The share of the three largest.' })
  top3!: number | null;
}

@ObjectType({
  description: 'Flows added up on one basis, with everything that the figures rest on.',
})
export class FlowSummary {
  @Field(() => CountingBasis, { description: 'On which basis.' })
  basis!: CountingBasis;

  @Field(() => String, { description: 'The basis in words: what is summed, over which cut.' })
  basisText!: string;

  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [String], {
    description:
      'What each dimension asked for tells apart, in words; of “local”: by which definition.',
  })
  definitions!: string[];

  @Field(() => CountedMoney, { description: 'Which money.' })
  money!: CountedMoney;

  @Field(() => String, { description: 'In which currency (ISO 4217).' })
  currency!: string;

  @Field(() => String, {
    description: 'At which rates amounts in other currencies are converted, in words.',
  })
  conversion!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first day whose flows are counted; null: no first day was asked for.',
  })
  from!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first day whose flows are no longer counted; null: none was asked for.',
  })
  to!: string | null;

  @Field(() => DateScalar, {
    description: 'The day for which outcomes of classification are taken.',
  })
  asOf!: string;

  @Field(() => String, {
    description:
      'The version of the rule by which outcomes are taken, as `classificationRules` has it.',
  })
  rule!: string;

  @Directive('@cost(weight: 0)')
  @Field(() => [FlowSummaryRow], {
    description:
      'The rows, largest amount first, as many as asked for. What is unknown has rows of its own.',
  })
  rows!: FlowSummaryRow[];

  @Field(() => Int, { description: 'How many rows there are in all.' })
  rowCount!: number;

  @Field(() => DecimalScalar, { description: 'What the rows that are not shown add up to.' })
  restAmount!: string;

  @Field(() => DecimalScalar, { description: 'The total, to the cent.' })
  total!: string;

  @Field(() => FlowConcentration, {
    description: 'How unevenly it is shared out among all rows, shown or not.',
  })
  concentration!: FlowConcentration;

  /** Worked out only where it is asked for; read by the `coverage` resolver. */
  coverageOf!: () => Promise<FlowSummaryCoverage>;
}
