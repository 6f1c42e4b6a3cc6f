import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { Modality } from '../../shared/outcomes';
import type { Order } from '../../shared/paging';
import { CommonFilter } from '../../shared/filters';
import { DateScalar } from '../../shared/scalars';
import { Constituency, OrganisationKind, UnPlace } from '../../shared/vocabulary';
import { Reach } from '../membership/membership';
import { NexusPillar } from '../nexus/pillars';

@InputType({
  description:
    'Networks that have at least one member for each thing listed, all lists together; one member may do for several.',
})
export class MembersForEach {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Headquartered in each of these (ISO 3166-1 alpha-2): both sides of a border, for two.',
  })
  countries?: string[];

  @Field(() => [ID], { nullable: true, description: 'Working on each of these themes.' })
  themes?: string[];

  @Field(() => [Constituency], {
    nullable: true,
    description: 'Of each of these constituencies.',
  })
  constituencies?: Constituency[];

  @Field(() => [NexusPillar], {
    nullable: true,
    description: 'Working in each of these pillars of the triple nexus.',
  })
  pillars?: NexusPillar[];

  @Field(() => Reach, {
    defaultValue: Reach.DIRECT,
    description: 'How far membership is followed.',
  })
  reach!: Reach;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'By memberships of this day, of any source. Default: today.',
  })
  activeOn?: string;
}

@InputType({ description: 'Which networks. All criteria must hold; within one, any value.' })
export class NetworkFilter extends CommonFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words that begin words of its names; case and accents do not matter.',
  })
  text?: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'Headquartered in one of these (ISO 3166-1 alpha-2).',
  })
  countries?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Headquartered in one of these UN M49 regions.',
  })
  regions?: string[];

  @Field(() => [Modality], {
    nullable: true,
    description:
      'Being one of these in the standing period, by the default rule: as `classification` says without arguments.',
  })
  outcomes?: Modality[];

  @Field(() => [OrganisationKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: OrganisationKind[];

  @Field(() => [ID], { nullable: true, description: 'Working on one of these themes.' })
  themes?: string[];

  @Field(() => [Constituency], { nullable: true, description: 'Of one of these constituencies.' })
  constituencies?: Constituency[];

  @Field(() => MembersForEach, {
    nullable: true,
    description: 'With members for each thing listed.',
  })
  members?: MembersForEach;

  @Field(() => [UnPlace], {
    nullable: true,
    description: 'On record with access to one of these seats of the United Nations today.',
  })
  unAccess?: UnPlace[];
}

export enum NetworkOrder {
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
  ID_ASC = 'ID_ASC',
}
registerEnumType(NetworkOrder, {
  name: 'NetworkOrder',
  description: 'In which order networks come.',
  valuesConfig: {
    NAME_ASC: { description: 'By name without case and accents, A first.' },
    NAME_DESC: { description: 'By name without case and accents, Z first.' },
    ID_ASC: { description: 'By canonical identifier.' },
  },
});

export const NETWORK_ORDERS: Record<NetworkOrder, Order> = {
  NAME_ASC: { columns: ['bodies.sort_name', 'bodies.id'] },
  NAME_DESC: { columns: ['bodies.sort_name', 'bodies.id'], descending: true },
  ID_ASC: { columns: ['bodies.id'] },
};
