import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Stamp } from '../../shared/provenance';

export enum MembershipRole {
  MEMBER = 'MEMBER',
  FOUNDING_MEMBER = 'FOUNDING_MEMBER',
  ASSOCIATE = 'ASSOCIATE',
  OBSERVER = 'OBSERVER',
  COORDINATOR = 'COORDINATOR',
}
registerEnumType(MembershipRole, {
  name: 'MembershipRole',
  description: 'As what a body belongs to a network.',
  valuesConfig: {
    MEMBER: { description: 'A member.' },
    FOUNDING_MEMBER: { description: 'A member from the beginning.' },
    ASSOCIATE: { description: 'An associate, with fewer rights than members.' },
    OBSERVER: { description: 'An observer, without rights.' },
    COORDINATOR: { description: 'It coordinates the network and belongs to it.' },
  },
});

export enum Reach {
  DIRECT = 'DIRECT',
  EXPANDED = 'EXPANDED',
}
registerEnumType(Reach, {
  name: 'Reach',
  description: 'How far membership is followed.',
  valuesConfig: {
    DIRECT: { description: 'Members of the network itself: those that count as its members.' },
    EXPANDED: {
      description: 'Also members of member networks, each body once: whom the network reaches.',
    },
  },
});

@ObjectType({ description: 'One report of a membership: what one record says of it.' })
export class MembershipRecord {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => MembershipRole, { description: 'As what the member belongs.' })
  role!: MembershipRole;

  @Field(() => String, {
    nullable: true,
    description: 'Since when, as exactly as known: `2012` or `2012-05-01`.',
  })
  from!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Until when; null: it goes on, or nobody says.',
  })
  to!: string | null;

  /** Read by the `provenance` resolver. */
  stamp!: Stamp;
}

@ObjectType({ description: 'One body belonging to one network, however many records say so.' })
export class Membership {
  @Field(() => MembershipRole, { description: 'As what, by the best checked record.' })
  role!: MembershipRole;

  @Field(() => String, {
    nullable: true,
    description: 'Since when, by the best checked record that says.',
  })
  from!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Until when, by the best checked record; null: it goes on, or nobody says.',
  })
  to!: string | null;

  @Field(() => Int, {
    description: 'How many steps from the network that was asked for; 1 is a direct member.',
  })
  depth!: number;

  @Field(() => [MembershipRecord], { description: 'Every record of it, the best checked first.' })
  records!: MembershipRecord[];

  /** Read by field resolvers. */
  memberId!: string;
  networkId!: string;
  pathIds!: string[];
  /** Of an expanded reach: how many members it has itself, the network asked for left out. */
  ownMembers?: number;
}
