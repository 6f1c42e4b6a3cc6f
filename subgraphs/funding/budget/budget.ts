import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Stamp } from '../../shared/provenance';
import { DateScalar } from '../../shared/scalars';

export enum BudgetKind {
  ACTIVITY_BUDGET = 'ACTIVITY_BUDGET',
  PLANNED_DISBURSEMENT = 'PLANNED_DISBURSEMENT',
  TOTAL_BUDGET = 'TOTAL_BUDGET',
  RECIPIENT_ORG_BUDGET = 'RECIPIENT_ORG_BUDGET',
  RECIPIENT_COUNTRY_BUDGET = 'RECIPIENT_COUNTRY_BUDGET',
  RECIPIENT_REGION_BUDGET = 'RECIPIENT_REGION_BUDGET',
  TOTAL_EXPENDITURE = 'TOTAL_EXPENDITURE',
}
registerEnumType(BudgetKind, {
  name: 'BudgetKind',
  description: 'What kind of plan or yearly figure. Never added to flows.',
  valuesConfig: {
    ACTIVITY_BUDGET: { description: 'The budget of an activity for a period.' },
    PLANNED_DISBURSEMENT: { description: 'A payment of an activity that is planned.' },
    TOTAL_BUDGET: { description: 'The whole budget of an organisation for a period.' },
    RECIPIENT_ORG_BUDGET: { description: 'What an organisation plans for another one.' },
    RECIPIENT_COUNTRY_BUDGET: { description: 'What an organisation plans for a country.' },
    RECIPIENT_REGION_BUDGET: { description: 'What an organisation plans for a region.' },
    TOTAL_EXPENDITURE: { description: 'What an organisation has spent in all in a period.' },
  },
});

@ObjectType({ description: 'A plan, or a yearly figure of an organisation. Never added to flows.' })
export class Budget {
  @Field(() => ID, { description: 'Its id in this graph.' })
  id!: string;

  @Field(() => BudgetKind, { description: 'What kind.' })
  kind!: BudgetKind;

  @Field(() => String, {
    description: 'IATI BudgetStatus: `INDICATIVE`, `COMMITTED`; `UNKNOWN` where not stated.',
  })
  status!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The first day of its period.' })
  from!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The last day of its period.' })
  to!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The country it is for, of a recipient country budget.',
  })
  country!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The region it is for, of a recipient region budget.',
  })
  region!: string | null;

  /** Read by field resolvers. */
  amountText!: string;
  currency!: string;
  activityRecord!: string | null;
  providerKey!: string | null;
  receiverKey!: string | null;
  bodyId!: string;
  stamp!: Stamp;
}
