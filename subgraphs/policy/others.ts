import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** An activity, as far as this subgraph knows it: the identifier under which records name it. */
@Directive('@key(fields: "identifier", resolvable: false)')
@ObjectType('Activity', {
  description: 'A piece of work that money goes to, as one publisher reports it.',
})
export class PayingActivity {
  @Field(() => ID, { description: 'Its identifier as written.' })
  identifier!: string;
}

/** A convening, as far as this subgraph knows it: its id. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Convening', {
  description: 'Bodies coming together: a meeting, dialogue, exchange or the like.',
})
export class ConveningTowards {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;
}

/** A region, as far as this subgraph knows it: its code. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Region', { description: 'A region of the UN M49 standard.' })
export class VoicedRegion {
  @Field(() => ID, { description: 'The M49 code, three digits: `002` is Africa.' })
  id!: string;
}
