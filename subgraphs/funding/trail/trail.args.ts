import { ArgsType, Field, ID, Int } from 'type-graphql';
import { DateRange } from '../../shared/filters';
import { PageArgs } from '../../shared/paging';
import { CountedMoney } from '../flow/counted-money';

/** The most bodies that may be asked for between the donor and an end. */
export const MOST_HOPS = 12;

@ArgsType()
export class MoneyTrailArgs extends PageArgs {
  @Field(() => ID, { description: 'The donor (canonical id).' })
  from!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Only ways to this body (canonical id); each ends there. Default: all.',
  })
  to?: string;

  @Field(() => DateRange, {
    nullable: true,
    description:
      'Payments dated so, the donor’s and those of everybody after. What was passed on later counts as kept. Default: all on record.',
  })
  period?: DateRange;

  @Field(() => CountedMoney, {
    defaultValue: CountedMoney.DISBURSED,
    description: 'Which money to follow.',
  })
  money!: CountedMoney;

  @Field(() => String, {
    description:
      'ISO 4217: the currency of all amounts, each converted at the average rate of the month of its value date.',
  })
  currency!: string;

  @Field(() => Int, {
    defaultValue: 6,
    description: `How many bodies may be between the donor and an end, hosts among them, 0 to ${MOST_HOPS}.`,
  })
  maxHops!: number;
}
