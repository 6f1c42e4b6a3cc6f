import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { CommonFilter, DateRange } from '../../shared/filters';
import type { Order } from '../../shared/paging';
import { ActivityStatus } from './activity';

@InputType({ description: 'Which activities. All criteria must hold; within one, any value.' })
export class ActivityFilter extends CommonFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words that begin words of its title or identifier; case and accents do not matter.',
  })
  text?: string;

  @Field(() => [ID], { nullable: true, description: 'With one of these IATI identifiers.' })
  identifiers?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Reported by one of these bodies (canonical ids).',
  })
  reporters?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'In which one of these bodies takes part (canonical ids).',
  })
  parties?: string[];

  @Field(() => [ActivityStatus], { nullable: true, description: 'Of one of these statuses.' })
  statuses?: ActivityStatus[];

  @Field(() => [ID], {
    nullable: true,
    description: 'For one of these countries (ISO 3166-1 alpha-2).',
  })
  countries?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'For one of these regions, as the source codes them.',
  })
  regions?: string[];

  @Field(() => [ID], { nullable: true, description: 'For one of these sectors.' })
  sectors?: string[];

  @Field(() => DateRange, { nullable: true, description: 'Begun in this range.' })
  started?: DateRange;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Also reports that a newer report of the same activity replaces. Default: no.',
  })
  includeSuperseded?: boolean;
}

export enum ActivityOrder {
  START_DATE_ASC = 'START_DATE_ASC',
  START_DATE_DESC = 'START_DATE_DESC',
  ID_ASC = 'ID_ASC',
  UPDATED_AT_ASC = 'UPDATED_AT_ASC',
}
registerEnumType(ActivityOrder, {
  name: 'ActivityOrder',
  description: 'In which order activities come.',
  valuesConfig: {
    START_DATE_ASC: { description: 'Oldest first; those without a date before all.' },
    START_DATE_DESC: { description: 'Newest first; those without a date after all.' },
    ID_ASC: { description: 'By id.' },
    UPDATED_AT_ASC: { description: 'Longest unchanged first.' },
  },
});

export const ACTIVITY_ORDERS: Record<ActivityOrder, Order> = {
  START_DATE_ASC: { columns: ['activities.start_date', 'activities.id'] },
  START_DATE_DESC: { columns: ['activities.start_date', 'activities.id'], descending: true },
  ID_ASC: { columns: ['activities.id'] },
  UPDATED_AT_ASC: { columns: ['activities.updated_at', 'activities.id'] },
};
