import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Stamp } from '../../shared/provenance';
import { Constituency } from '../../shared/vocabulary';

export enum GoverningBodyKind {
  GENERAL_ASSEMBLY = 'GENERAL_ASSEMBLY',
  BOARD = 'BOARD',
  STEERING_GROUP = 'STEERING_GROUP',
  SECRETARIAT = 'SECRETARIAT',
  COMMITTEE = 'COMMITTEE',
}
registerEnumType(GoverningBodyKind, {
  name: 'GoverningBodyKind',
  description: 'What kind of body governs.',
  valuesConfig: {
    GENERAL_ASSEMBLY: { description: 'All members together.' },
    BOARD: { description: 'A board, trustees or directors.' },
    STEERING_GROUP: { description: 'A steering group or council.' },
    SECRETARIAT: { description: 'The office that carries out.' },
    COMMITTEE: { description: 'A committee for one matter.' },
  },
});

@ObjectType({
  description: 'A seat of a governing body. Who sits is never named, only the body that holds it.',
})
export class Seat {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What the seat is called.' })
  title!: string | null;

  @Field(() => Constituency, { nullable: true, description: 'For whom it is kept, if for anyone.' })
  heldFor!: Constituency | null;

  @Field(() => String, { nullable: true, description: 'Held since, as exactly as known.' })
  from!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Held until; null: it goes on, or nobody says.',
  })
  to!: string | null;

  /** Read by field resolvers. */
  governingBody!: string;
  holderKey!: string | null;
  nominatedByKey!: string | null;
  stamp!: Stamp;
}

@ObjectType({ description: 'A body that governs a network, as one record says.' })
export class GoverningBody {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => GoverningBodyKind, {
    nullable: true,
    description: 'What kind of body it is, if the record says.',
  })
  kind!: GoverningBodyKind | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many seats it has, if the record says; they need not all be listed.',
  })
  seatCount!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The rule by which it is made up, in the source’s words.',
  })
  rule!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether members make it up or elect it; null: nobody says.',
  })
  composedByMembers!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Since when, as exactly as known.' })
  from!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Until when; null: it goes on, or nobody says.',
  })
  to!: string | null;

  /** Read by field resolvers. */
  networkId!: string;
  stamp!: Stamp;
}

@ObjectType({ description: 'Who governs a network, as far as it is on record.' })
export class Governance {
  @Field(() => [GoverningBody], { description: 'Its governing bodies, of all times.' })
  bodies!: GoverningBody[];
}
