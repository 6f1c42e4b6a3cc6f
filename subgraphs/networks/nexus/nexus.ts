import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Proportion } from '../../shared/proportion';
import type { Member } from '../profile/profile.loader';
import { NexusPillar } from './pillars';

@ObjectType({ description: 'The members of a network that work in one pillar of the nexus.' })
export class PillarMembers {
  @Field(() => NexusPillar, { description: 'The pillar.' })
  pillar!: NexusPillar;

  /** Read by the `members` resolver. */
  networkId!: string;
  found!: Member[];
}

@ObjectType({
  description:
    'Whether a network has members in peace, development and humanitarian work, by the purpose codes among their themes.',
})
export class TripleNexus {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether each pillar has a member. Null: one has none, but of some members no pillar is known.',
  })
  complete!: boolean | null;

  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [PillarMembers], { description: 'The three pillars and who works in them.' })
  pillars!: PillarMembers[];

  @Field(() => Int, { description: 'How many members work in all three themselves.' })
  inAll!: number;

  @Field(() => Proportion, {
    description:
      'Of how many members a pillar is known, of all. A theme in somebody’s own words is of none.',
  })
  known!: Proportion;
}
