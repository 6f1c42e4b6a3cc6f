import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** An activity, as far as this subgraph knows it: the identifier under which records name it. */
@Directive('@key(fields: "identifier", resolvable: false)')
@ObjectType('Activity', {
  description: 'A piece of work that money goes to, as one publisher reports it.',
})
export class NamedActivity {
  @Field(() => ID, { description: 'Its identifier as written.' })
  identifier!: string;
}

@ObjectType({
  description: 'An activity or grant that the record of a convening names as its payer.',
})
export class ConveningFunding {
  @Field(() => ID, { description: 'The identifier of the activity or grant, as written.' })
  identifier!: string;

  @Directive('@cost(weight: 2)')
  @Field(() => NamedActivity, {
    nullable: true,
    description: 'The activity; what is asked of it is null if no report of it is on record.',
  })
  activity!: NamedActivity | null;
}
