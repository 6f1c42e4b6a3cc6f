import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Membership } from '../membership/membership';

@ObjectType({
  description: 'One way up by membership, from a body to a network that it belongs to.',
})
export class MembershipPath {
  @Field(() => Int, { description: 'How many memberships it goes through.' })
  length!: number;

  @Directive('@listSize(assumedSize: 12)')
  @Field(() => [Membership], {
    description: 'The memberships it goes through, from the body on, each with its records.',
  })
  steps!: Membership[];

  /** Read by the `bodies` resolver: from the body to where the way leads. */
  bodyIds!: string[];
}

@ObjectType({
  description:
    'The ways up by membership from a body to a network, or to any with access to a seat of the United Nations.',
})
export class MembershipPaths {
  @Field(() => Int, {
    nullable: true,
    description:
      'How many memberships the shortest goes through; 0: the body is there itself. Null: there is no way of at most `maxLength`.',
  })
  length!: number | null;

  @Field(() => Int, { description: 'The most memberships that a way may go through.' })
  maxLength!: number;

  /** Read by field resolvers. */
  fromId!: string;
  targetIds!: ReadonlySet<string>;
  steps!: ReadonlyMap<string, readonly Membership[]>;
}
