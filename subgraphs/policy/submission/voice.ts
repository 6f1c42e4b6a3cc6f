import { Field, Int, ObjectType } from 'type-graphql';
import { Proportion } from '../../shared/proportion';
import { DateScalar } from '../../shared/scalars';

@ObjectType({ description: 'How far a body’s submissions rely on its members of one region.' })
export class RegionVoice {
  @Field(() => Int, { description: 'Members, and members of members, in countries of the region.' })
  members!: number;

  @Field(() => Int, { description: 'Of these, how many a submission cites.' })
  cited!: number;

  @Field(() => Int, { description: 'Submissions that cite at least one of them.' })
  submissions!: number;

  /** Read by field resolvers. */
  regionCode!: string;
}

@ObjectType({
  description:
    'How far what a body says rests on what its members tell it: whom its submissions cite by name. What is not cited may have been used all the same.',
})
export class MembersVoice {
  @Field(() => DateScalar, { description: 'The day on which memberships had to be in force.' })
  asOf!: string;

  @Field(() => Proportion, {
    description: 'Submissions that cite at least one member, out of all that are on record.',
  })
  citing!: Proportion;

  @Field(() => Proportion, {
    description: 'Members, and members of members, that are cited, out of all that are on record.',
  })
  cited!: Proportion;

  @Field(() => Int, { description: 'Citations of bodies that are no members, as far as is known.' })
  citesOthers!: number;

  @Field(() => Int, { description: 'Members of which no record says in which country they are.' })
  withoutRegion!: number;

  /** Read by field resolvers: at every level of M49, by code. */
  regionVoices!: RegionVoice[];
}
