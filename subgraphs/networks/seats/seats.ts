import { Directive, Field, Float, Int, ObjectType } from 'type-graphql';
import { Proportion } from '../../shared/proportion';
import { Constituency } from '../../shared/vocabulary';
import { MemberSize } from './member-size';

@ObjectType({
  description: 'How many of a network’s members are of some group, and how many seats these hold.',
})
export class SeatGroup {
  @Field(() => Proportion, { description: 'How many members are, of all members.' })
  members!: Proportion;

  @Field(() => Proportion, {
    description: 'How many seats they hold, of the seats that members hold.',
  })
  seats!: Proportion;
}

@ObjectType({ description: 'The members of one size and the seats that they hold.' })
export class SizeSeats extends SeatGroup {
  @Field(() => MemberSize, { description: 'The size.' })
  size!: MemberSize;
}

@ObjectType({ description: 'The members of one constituency and the seats that they hold.' })
export class ConstituencySeats extends SeatGroup {
  @Field(() => Constituency, { description: 'The constituency.' })
  constituency!: Constituency;

  @Field(() => Int, {
    description: 'How many seats are kept for it, whoever holds them or nobody.',
  })
  reserved!: number;
}

/** A member, as far as seats are concerned. */
export interface Seated {
  size: MemberSize;
  constituencies: readonly string[];
  seats: number;
}

@ObjectType({
  description:
    'How the seats of a network’s governing bodies are shared out among its direct members on a day. A seat is a member’s if the member holds it, or has put forward whoever does.',
})
export class NetworkSeats {
  @Field(() => Int, { description: 'Seats on record that are in force on the day.' })
  seats!: number;

  @Field(() => Int, { description: 'Of these, seats of members.' })
  ofMembers!: number;

  @Field(() => Int, { description: 'Of these, seats of bodies that are no members.' })
  ofOthers!: number;

  @Field(() => Int, { description: 'Of these, seats that are vacant or of whom nobody says.' })
  ofUnknown!: number;

  @Field(() => Int, {
    description: 'Seats that the governing bodies are said to have beyond those on record.',
  })
  notListed!: number;

  @Field(() => Int, { description: 'How many direct members there are, with a seat or without.' })
  members!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'The Gini coefficient of seats over all members: 0 if all have the same number, (n − 1) ÷ n if one of n members has all. Null: no member has a seat on record.',
  })
  gini!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The Herfindahl–Hirschman index: the sum of the squared shares, up to 1 if one member has all. Null: as for `gini`.',
  })
  hhi!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The share of the member with most seats. Null: as for `gini`.',
  })
  top1!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The share of the three members with most seats. Null: as for `gini`.',
  })
  top3!: number | null;

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [SizeSeats], { description: 'By size of member; unknown size is a row of its own.' })
  bySize!: SizeSeats[];

  @Directive('@listSize(assumedSize: 11)')
  @Field(() => [ConstituencySeats], {
    description:
      'By constituency of member, those that occur. A member of several counts in each, so that rows may add up to more than all.',
  })
  byConstituency!: ConstituencySeats[];

  /** Read by the `held` resolver. */
  all!: Seated[];
}
