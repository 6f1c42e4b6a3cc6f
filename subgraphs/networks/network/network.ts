import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'The facet of a body that has, or has had, members on record. It says nothing of what the body is: that is a matter of evidence.',
})
export class Network {
  @Field(() => ID, { description: 'The organisation’s id.' })
  id!: string;
}

export enum Interval {
  YEAR = 'YEAR',
  QUARTER = 'QUARTER',
}
registerEnumType(Interval, {
  name: 'Interval',
  description: 'The steps of a time series.',
  valuesConfig: {
    YEAR: { description: 'Calendar years.' },
    QUARTER: { description: 'Calendar quarters.' },
  },
});

@ObjectType({ description: 'How many members a network had by the end of a year or quarter.' })
export class NetworkGrowth {
  @Field(() => String, { description: 'The year `2019`, or the quarter `2019-Q3`.' })
  period!: string;

  @Field(() => Int, { description: 'Memberships that began in it.' })
  joined!: number;

  @Field(() => Int, { description: 'Memberships that ended in it.' })
  left!: number;

  @Field(() => Int, {
    description: 'Memberships in force at its end, of those whose beginning is known.',
  })
  members!: number;

  @Field(() => Int, {
    description:
      'Memberships that are left out because their beginning, or for quarters its month, is unknown.',
  })
  undated!: number;
}
