import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Modality } from '../../shared/outcomes';
import { DateScalar, DecimalScalar } from '../../shared/scalars';
import { FundedOrganisation } from '../organisation';

@ObjectType({ description: 'Bodies that are one thing by one rule and this by another.' })
export class SensitivityRow {
  @Field(() => Modality, { description: 'What they are by the rule that is compared with.' })
  from!: Modality;

  @Field(() => Modality, { description: 'What they are by the rule that is asked for.' })
  to!: Modality;

  @Field(() => Int, { description: 'How many they are.' })
  bodies!: number;

  @Directive('@cost(weight: 1)')
  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [FundedOrganisation], {
    nullable: 'items',
    description:
      'The first three of them by id. An item is null only if organisations does not answer.',
  })
  examples!: FundedOrganisation[];
}

@ObjectType({ description: 'How many outcomes hang on one threshold alone.' })
export class ThresholdSensitivity {
  @Field(() => String, { description: 'The threshold, as `classificationRules` names it.' })
  threshold!: string;

  @Field(() => DecimalScalar, { description: 'Its value in the rule that is compared with.' })
  from!: string;

  @Field(() => DecimalScalar, { description: 'Its value in the rule that is asked for.' })
  to!: string;

  @Field(() => Int, {
    description: 'How many outcomes change if only this threshold does, all others staying.',
  })
  changed!: number;
}

@ObjectType({ description: 'How many outcomes change between two versions of a rule.' })
export class RuleSensitivity {
  @Field(() => String, { description: 'The version that is asked for.' })
  rule!: string;

  @Field(() => String, { description: 'The version that it is compared with.' })
  against!: string;

  @Field(() => DateScalar, { description: 'The day up to which the period goes.' })
  asOf!: string;

  @Field(() => DateScalar, { description: 'The first day of the period.' })
  from!: string;

  @Field(() => Int, { description: 'How many months the period has.' })
  months!: number;

  @Field(() => Int, {
    description:
      'How many bodies were judged by both: all of which members, governance or money are on record.',
  })
  bodies!: number;

  @Field(() => Int, { description: 'How many of them have another outcome.' })
  changed!: number;

  @Directive('@listSize(assumedSize: 25)')
  @Field(() => [SensitivityRow], {
    description: 'By outcome of either, most bodies first; those that stay the same are in it.',
  })
  rows!: SensitivityRow[];

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [ThresholdSensitivity], { description: 'By each threshold that differs.' })
  thresholds!: ThresholdSensitivity[];
}
