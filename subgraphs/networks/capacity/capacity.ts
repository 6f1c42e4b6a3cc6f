import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Proportion } from '../../shared/proportion';
import { DecimalScalar } from '../../shared/scalars';

export enum BudgetBasis {
  SECRETARIAT_BUDGET = 'SECRETARIAT_BUDGET',
  INCOME = 'INCOME',
}
registerEnumType(BudgetBasis, {
  name: 'BudgetBasis',
  description: 'What stands for the means of a network’s office.',
  valuesConfig: {
    SECRETARIAT_BUDGET: { description: 'The budget of its office, as it publishes it.' },
    INCOME: {
      description:
        'All its income, since no budget of its office is published: an upper bound of what the office has.',
    },
  },
});

@ObjectType({
  description:
    'What is asked of a network beside what it has: its members for each part of its budget, and requests that it could meet.',
})
export class NetworkCapacity {
  @Field(() => Int, {
    description:
      'Its members: those on record by name, or how many a source counts, whichever is more.',
  })
  members!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The year of the budget: the newest up to the day. Null: none is published.',
  })
  budgetYear!: string | null;

  @Field(() => BudgetBasis, { nullable: true, description: 'What stands for the budget.' })
  budgetBasis!: BudgetBasis | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The budget, in `currency`. Null: none is published.',
  })
  budget!: string | null;

  @Field(() => String, { nullable: true, description: 'The currency of the budget (ISO 4217).' })
  currency!: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Members for each 100,000 of the currency, as published and not converted. Null: no budget is known, or it is nothing.',
  })
  membersPer100000!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why there is no such figure; null: there is.',
  })
  unavailableBecause!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The newest year for which it publishes requests; null: it does for none.',
  })
  requestsYear!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many requests it had in that year.' })
  requests!: number | null;

  @Field(() => Proportion, {
    nullable: true,
    description: 'How many of them it met. Null: it does not say.',
  })
  met!: Proportion | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many of them it did not meet. Null: it does not say.',
  })
  unmet!: number | null;
}
