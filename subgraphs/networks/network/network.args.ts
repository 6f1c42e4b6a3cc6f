import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { Order } from '../../shared/paging';
import { CommonFilter } from '../../shared/filters';
import { Constituency, OrganisationKind } from '../../shared/vocabulary';

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

  @Field(() => [OrganisationKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: OrganisationKind[];

  @Field(() => [ID], { nullable: true, description: 'Working on one of these themes.' })
  themes?: string[];

  @Field(() => [Constituency], { nullable: true, description: 'Of one of these constituencies.' })
  constituencies?: Constituency[];
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
