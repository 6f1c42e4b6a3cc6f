import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { Modality } from '../../shared/outcomes';
import type { Order } from '../../shared/paging';
import { Constituency, LegalForm, OrganisationKind } from '../../shared/vocabulary';

@InputType({
  description:
    'Which intermediaries. All criteria must hold; within one, any value. There is none of sources: an outcome rests on all of them together.',
})
export class IntermediaryFilter {
  @Field(() => [ID], { nullable: true, description: 'These ids only.' })
  ids?: string[];

  @Field(() => [Modality], {
    nullable: true,
    description:
      'Being one of these: INTERMEDIARY, HYBRID or both. Others are not in this list. Default: both.',
  })
  outcomes?: Modality[];

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

  @Field(() => [LegalForm], { nullable: true, description: 'Of one of these legal forms.' })
  legalForms?: LegalForm[];

  @Field(() => [ID], { nullable: true, description: 'Working on one of these themes.' })
  themes?: string[];

  @Field(() => [Constituency], { nullable: true, description: 'Of one of these constituencies.' })
  constituencies?: Constituency[];
}

export enum IntermediaryOrder {
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
  ID_ASC = 'ID_ASC',
}
registerEnumType(IntermediaryOrder, {
  name: 'IntermediaryOrder',
  description: 'In which order intermediaries come.',
  valuesConfig: {
    NAME_ASC: { description: 'By name without case and accents, A first.' },
    NAME_DESC: { description: 'By name without case and accents, Z first.' },
    ID_ASC: { description: 'By canonical identifier.' },
  },
});

export const INTERMEDIARY_ORDERS: Record<IntermediaryOrder, Order> = {
  NAME_ASC: { columns: ['bodies.sort_name', 'bodies.id'] },
  NAME_DESC: { columns: ['bodies.sort_name', 'bodies.id'], descending: true },
  ID_ASC: { columns: ['bodies.id'] },
};
