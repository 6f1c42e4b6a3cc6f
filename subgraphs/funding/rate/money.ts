import { Field, ObjectType } from 'type-graphql';
import { DateScalar, DecimalScalar } from '../../shared/scalars';

@ObjectType({ description: 'An amount as reported, exact.' })
export class Money {
  @Field(() => DecimalScalar, {
    description: 'The amount; negative for corrections and repayments.',
  })
  amount!: string;

  @Field(() => String, {
    description: 'ISO 4217; `XXX` where the record names none, so it can be added to nothing.',
  })
  currency!: string;
}

@ObjectType({ description: 'An amount converted at the rate of the month of its value date.' })
export class ConvertedMoney {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The amount, to the cent; null: it cannot be converted.',
  })
  amount!: string | null;

  @Field(() => String, { description: 'ISO 4217: the currency asked for.' })
  currency!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first day of the month whose average rate was used.',
  })
  rateDate!: string | null;

  @Field(() => String, { nullable: true, description: 'The source of the rate.' })
  rateSource!: string | null;

  @Field(() => String, { nullable: true, description: 'Why there is no amount, in words.' })
  unavailableBecause!: string | null;
}
