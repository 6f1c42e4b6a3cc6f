import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Proportion } from '../../shared/proportion';
import { ProcessStage } from '../participation/participation';

export enum Presence {
  NAMED_IN_OWN_RIGHT = 'NAMED_IN_OWN_RIGHT',
  NOT_NAMED = 'NOT_NAMED',
  THROUGH_MEMBERS_ONLY = 'THROUGH_MEMBERS_ONLY',
  ABSENT = 'ABSENT',
}
registerEnumType(Presence, {
  name: 'Presence',
  description: 'How a network is present in a process.',
  valuesConfig: {
    NAMED_IN_OWN_RIGHT: { description: 'It took part, and the process’s own papers name it.' },
    NOT_NAMED: {
      description: 'It took part, and no record says that the process’s own papers name it.',
    },
    THROUGH_MEMBERS_ONLY: {
      description: 'Only members of it took part, or bodies that spoke for it.',
    },
    ABSENT: { description: 'Neither it nor any known member took part.' },
  },
});

@ObjectType({
  description:
    'How one network is present in a process. An appearance is a body in one role, at one stage, for one network or for none; several records of it count once.',
})
export class NetworkPresence {
  @Field(() => Presence, { description: 'How it is present.' })
  presence!: Presence;

  @Field(() => Int, { description: 'Appearances of the network itself.' })
  own!: number;

  @Field(() => Int, { description: 'Of its own appearances, those in which the papers name it.' })
  named!: number;

  @Field(() => Int, {
    description:
      'Of its own appearances, those of which no record says whether the papers name it.',
  })
  namingUnknown!: number;

  @Field(() => Int, { description: 'Appearances of members for this network.' })
  membersForIt!: number;

  @Field(() => Int, {
    description: 'Appearances of members for themselves, for another network, or for nobody said.',
  })
  membersOtherwise!: number;

  @Field(() => Int, {
    description:
      'How many members appeared: bodies whose membership held at the time, and those that spoke for it.',
  })
  members!: number;

  @Field(() => Proportion, {
    description:
      'Its visibility: `named` out of its own appearances and those of its members; own ones of which naming is unknown are left out.',
  })
  visibility!: Proportion;

  /** Read by field resolvers. */
  networkId!: string;
}

@ObjectType({
  description:
    'Whether networks are seen in a process, or only the single organisations of which they are made. Direct members only.',
})
export class NetworkVisibility {
  @Field(() => Int, { description: 'Appearances of bodies in the process, all together.' })
  appearances!: number;

  @Field(() => Int, { description: 'Networks named in their own right.' })
  named!: number;

  @Field(() => Int, { description: 'Networks that took part and are not known to be named.' })
  notNamed!: number;

  @Field(() => Int, { description: 'Networks present only through members.' })
  throughMembersOnly!: number;

  @Field(() => Int, {
    description:
      'Appearances of bodies that are no network and belong to none, as far as is known.',
  })
  withoutNetwork!: number;

  @Field(() => Int, {
    description:
      'Appearances of networks of which no record says whether the papers name them; in no share.',
  })
  namingUnknown!: number;

  @Field(() => Proportion, {
    description:
      'Appearances of networks named in their own right, out of all appearances of networks and of their members; each counted once.',
  })
  visibility!: Proportion;

  /** Read by field resolvers: in the order of their ids. */
  presences!: NetworkPresence[];
  processId!: string;
}

@ObjectType({ description: 'Who took part in a process at one stage.' })
export class StageParticipation {
  @Field(() => ProcessStage, {
    nullable: true,
    description: 'The stage; null: the record does not say.',
  })
  stage!: ProcessStage | null;

  @Field(() => Int, { description: 'Bodies, each counted once.' })
  bodies!: number;

  @Field(() => Int, { description: 'Of these, networks: bodies that have members on record.' })
  networks!: number;

  @Field(() => Int, {
    description: 'Of these, civil society: NGOs of any kind (codes 21 to 24) and networks.',
  })
  civilSociety!: number;

  @Field(() => Int, {
    description:
      'Of these, bodies that are no network and of which no record says what kind they are.',
  })
  kindUnknown!: number;
}
