import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Modality } from '../../shared/outcomes';
import { DateScalar, DecimalScalar } from '../../shared/scalars';
import { CountedMoney } from '../flow/counted-money';
import { ExcludedFlows } from '../summary/summary';

@ObjectType({
  description:
    'Pairs of a donor and a receiver whose first flow is at least 24 months older than the newest flow of the filter, and how many were renewed.',
})
export class RenewalRate {
  @Field(() => Int, {
    description: 'The pairs with another flow 6 to 24 months after their first one.',
  })
  numerator!: number;

  @Field(() => Int, { description: 'All such pairs.' })
  denominator!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'One divided by the other, 0 to 1; null: there are no such pairs.',
  })
  share!: string | null;
}

@ObjectType({
  description: 'How many receivers had their earliest flow of the filter from whom.',
})
export class FirstRecorded {
  @Field(() => Int, { description: 'From a network or a hybrid.' })
  network!: number;

  @Field(() => Int, { description: 'From an intermediary.' })
  intermediary!: number;

  @Field(() => Int, { description: 'From a body that is known to be neither.' })
  other!: number;

  @Field(() => Int, {
    description: 'From a body of which not enough is known, or from nobody on record.',
  })
  unknown!: number;
}

@ObjectType({ description: 'Flows up to the amount asked for as small, and what followed.' })
export class SmallGrants {
  @Field(() => Int, { description: 'How many small flows.' })
  flows!: number;

  @Field(() => DecimalScalar, { description: 'What they amount to.' })
  amount!: string;

  @Field(() => Int, { description: 'How many known receivers had a dated small flow.' })
  bodies!: number;

  @Field(() => Int, {
    description: 'How many of these had a larger flow later, from whomever.',
  })
  bodiesWithLarger!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Median days, over these, from the first small flow to the first larger one after it.',
  })
  medianDaysToLarger!: string | null;
}

@ObjectType({
  description: 'On what terms receivers of one outcome are funded.',
})
export class FundingTermsRow {
  @Field(() => Modality, {
    nullable: true,
    description: 'What the receivers are; null: the receiver is unknown.',
  })
  outcome!: Modality | null;

  @Field(() => Int, { description: 'How many receivers; 0 where they are unknown.' })
  bodies!: number;

  @Field(() => Int, { description: 'How many flows.' })
  flows!: number;

  @Field(() => DecimalScalar, { description: 'What they amount to, corrections taken off.' })
  amount!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Median months that the activities last which report the flows, one per flow: as the record says, else as planned, else as they did. Null: none is known.',
  })
  medianMonths!: string | null;

  @Field(() => Int, { description: 'Of how many flows that is known.' })
  knownDurations!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The share of these flows, by count, whose activity lasts 36 months or more.',
  })
  multiYearShare!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The share of the amount that is for the running of the body itself (CORE).',
  })
  coreShare!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The share of the amount that is UNEARMARKED.',
  })
  unearmarkedShare!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The share of the amount whose purpose no record says; any of it may be core.',
  })
  unknownPurposeShare!: string | null;

  @Field(() => RenewalRate, { description: 'How often a donor came back.' })
  renewalRate!: RenewalRate;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The median, over the receivers, of the Herfindahl–Hirschman index of what known donors gave: 1 is a single donor. Null: of none is it known.',
  })
  donorConcentration!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The median, over the receivers, of the share of their years with income that had no core. Years in which no purpose is known are left out. Null: there are none else.',
  })
  yearsWithoutCore!: string | null;

  @Field(() => FirstRecorded, { description: 'From whom receivers had their earliest flow.' })
  firstRecorded!: FirstRecorded;

  @Field(() => SmallGrants, {
    nullable: true,
    description: 'Small flows; null: `smallUpTo` was not given.',
  })
  smallGrants!: SmallGrants | null;
}

@ObjectType({
  description: 'Bodies that began alike, and what came later: descriptive, not causal.',
})
export class FundingCohort {
  @Field(() => Int, { description: 'How many bodies. Descriptive, not causal.' })
  bodies!: number;

  @Field(() => Int, {
    description: 'How many flows they had on later days. Descriptive, not causal.',
  })
  laterFlows!: number;

  @Field(() => DecimalScalar, {
    description: 'What these amount to. Descriptive, not causal.',
  })
  laterAmount!: string;
}

@ObjectType({
  description:
    'What bodies received after their earliest flow of the filter, by what that flow was: descriptive, not causal. Who got which kind of grant was no matter of chance.',
})
export class FundingCohorts {
  @Field(() => FundingCohort, {
    description:
      'Begun with a small flow that is core, unearmarked or softly earmarked. Descriptive, not causal.',
  })
  smallFlexible!: FundingCohort;

  @Field(() => FundingCohort, {
    description:
      'Begun with a larger flow for a project, not freely usable. Descriptive, not causal.',
  })
  largeProject!: FundingCohort;
}

@ObjectType({ description: 'What terms of funding rest on, and what they lack.' })
export class FundingTermsCoverage {
  @Field(() => Int, { description: 'How many flows there are that the filter keeps.' })
  flows!: number;

  @Field(() => Int, { description: 'How many of them were counted; the others are excluded.' })
  usable!: number;

  @Directive('@listSize(assumedSize: 50)')
  @Field(() => [ExcludedFlows], {
    description: 'Flows that are left out, by reason and currency; at most 50 entries.',
  })
  excluded!: ExcludedFlows[];

  @Directive('@listSize(assumedSize: 20)')
  @Field(() => [String], { description: 'What the answer lacks, in words.' })
  missing!: string[];
}

@ObjectType({ description: 'On what terms bodies are funded, by what they are.' })
export class FundingTerms {
  @Field(() => CountedMoney, { description: 'Which money.' })
  money!: CountedMoney;

  @Field(() => String, { description: 'In which currency (ISO 4217).' })
  currency!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Up to which amount a flow is small; null: not asked.',
  })
  smallUpTo!: string | null;

  @Field(() => DateScalar, { description: 'The day for which outcomes are taken.' })
  asOf!: string;

  @Field(() => String, {
    description: 'The version of the rule of outcomes, as `classificationRules` has it.',
  })
  rule!: string;

  @Directive('@listSize(assumedSize: 6)')
  @Field(() => [FundingTermsRow], {
    description: 'A row per outcome that has flows, in the order of Modality; the unknown last.',
  })
  rows!: FundingTermsRow[];

  @Field(() => FundingCohorts, {
    nullable: true,
    description: 'Descriptive, not causal. Null: `smallUpTo` was not given.',
  })
  cohorts!: FundingCohorts | null;

  /** Worked out only where it is asked for; read by the `coverage` resolver. */
  coverageOf!: () => Promise<FundingTermsCoverage>;
}
