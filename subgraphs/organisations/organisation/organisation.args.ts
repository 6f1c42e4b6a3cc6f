import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { CommonFilter } from '../../shared/filters';
import { Modality } from '../../shared/outcomes';
import type { Order } from '../../shared/paging';
import { Constituency, LegalForm, OrganisationKind, UnPlace } from '../../shared/vocabulary';

@InputType({ description: 'Which organisations. All criteria must hold; within one, any value.' })
export class OrganisationFilter extends CommonFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words that begin words of its names, aliases or identifiers; case and accents do not matter.',
  })
  text?: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'Headquartered in one of these (ISO 3166-1 alpha-2).',
  })
  countries?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Headquartered in one of these UN M49 regions (`002`).',
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

  @Field(() => [LegalForm], { nullable: true, description: 'Of one of these legal forms.' })
  legalForms?: LegalForm[];

  @Field(() => [ID], { nullable: true, description: 'Working on one of these themes.' })
  themes?: string[];

  @Field(() => [Constituency], { nullable: true, description: 'Of one of these constituencies.' })
  constituencies?: Constituency[];

  @Field(() => [UnPlace], {
    nullable: true,
    description: 'On record with access to one of these seats of the United Nations today.',
  })
  unAccess?: UnPlace[];
}

export enum OrganisationOrder {
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
  ID_ASC = 'ID_ASC',
  UPDATED_AT_ASC = 'UPDATED_AT_ASC',
  UPDATED_AT_DESC = 'UPDATED_AT_DESC',
}
registerEnumType(OrganisationOrder, {
  name: 'OrganisationOrder',
  description: 'In which order organisations come.',
  valuesConfig: {
    NAME_ASC: { description: 'By name without case and accents, A first.' },
    NAME_DESC: { description: 'By name without case and accents, Z first.' },
    ID_ASC: { description: 'By canonical identifier.' },
    UPDATED_AT_ASC: { description: 'Longest unchanged first.' },
    UPDATED_AT_DESC: { description: 'Last changed first.' },
  },
});

export const ORGANISATION_ORDERS: Record<OrganisationOrder, Order> = {
  NAME_ASC: { columns: ['bodies.sort_name', 'bodies.id'] },
  NAME_DESC: { columns: ['bodies.sort_name', 'bodies.id'], descending: true },
  ID_ASC: { columns: ['bodies.id'] },
  UPDATED_AT_ASC: { columns: ['bodies.updated_at', 'bodies.id'] },
  UPDATED_AT_DESC: { columns: ['bodies.updated_at', 'bodies.id'], descending: true },
};
