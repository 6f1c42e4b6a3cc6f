import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { DateScalar, DecimalScalar } from '../../shared/scalars';
import { BudgetKind } from '../budget/budget';

@ObjectType({
  description:
    'How long the income that is committed to a body for later would last at its yearly need. What it has in hand is on no record, and is not counted.',
})
export class Runway {
  @Field(() => DateScalar, { description: 'The day from which it is counted.' })
  asOf!: string;

  @Field(() => String, { description: 'In which currency (ISO 4217).' })
  currency!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Committed income dated after the day; null: none is on record, or convertible.',
  })
  committed!: string | null;

  @Field(() => Int, { description: 'How many flows that is.' })
  flows!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Its latest own yearly budget or, where there is none as late, expenditure, of a period that began by the day; for other periods than a year in proportion.',
  })
  yearlyNeed!: string | null;

  @Field(() => BudgetKind, { nullable: true, description: 'Which of the two it is.' })
  needKind!: BudgetKind | null;

  @Field(() => DateScalar, { nullable: true, description: 'The first day of its period.' })
  needFrom!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The last day of its period.' })
  needTo!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'One divided by the other, in months to one decimal; null: see `missing`.',
  })
  months!: string | null;

  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [String], { description: 'What the answer lacks, in words.' })
  missing!: string[];
}
