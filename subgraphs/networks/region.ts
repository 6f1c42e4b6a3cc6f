import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A region, as far as this subgraph knows it: its code. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Region', { description: 'A region of the UN M49 standard.' })
export class RegionStub {
  @Field(() => ID, { description: 'The M49 code, three digits.' })
  id!: string;
}
