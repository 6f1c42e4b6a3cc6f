import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Stamp } from '../../shared/provenance';
import { UnPlace } from '../../shared/vocabulary';

export enum UnAccessForm {
  CONSULTATIVE_STATUS = 'CONSULTATIVE_STATUS',
  OFFICE = 'OFFICE',
  SECRETARIAT_OF_COALITION = 'SECRETARIAT_OF_COALITION',
  OTHER = 'OTHER',
}
registerEnumType(UnAccessForm, {
  name: 'UnAccessForm',
  description: 'By what a body has access to the United Nations.',
  valuesConfig: {
    CONSULTATIVE_STATUS: { description: 'Consultative status with ECOSOC, used at this seat.' },
    OFFICE: { description: 'An office or a permanent representative there.' },
    SECRETARIAT_OF_COALITION: { description: 'It runs a coalition that works there.' },
    OTHER: { description: 'Otherwise, or the record does not say.' },
  },
});

@ObjectType({ description: 'A body’s access to a seat of the United Nations, as one record says.' })
export class UnAccess {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => UnPlace, { description: 'Where.' })
  place!: UnPlace;

  @Field(() => UnAccessForm, { description: 'By what.' })
  form!: UnAccessForm;

  @Field(() => String, { nullable: true, description: 'Since when, as exactly as known.' })
  from!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Until when; null: it goes on, or nobody says.',
  })
  to!: string | null;

  /** Read by the `provenance` resolver. */
  stamp!: Stamp;
}
