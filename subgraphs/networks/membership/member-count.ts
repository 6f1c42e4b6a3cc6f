import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Stamp } from '../../shared/provenance';

@ObjectType({ description: 'How many members a body has, as one record counts them.' })
export class MemberCount {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many organisations; “more than 200” is 200. Null: it does not say.',
  })
  organisations!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many persons, counted apart. Null: it does not say.',
  })
  individuals!: number | null;

  @Field(() => String, { nullable: true, description: 'When it was so, as exactly as known.' })
  countedOn!: string | null;

  /** Read by the `provenance` resolver. */
  networkId!: string;
  stamp!: Stamp;
}
