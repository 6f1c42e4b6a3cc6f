import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Stamp } from '../../shared/provenance';

export enum StatementTopic {
  IDENTITY = 'IDENTITY',
  GOVERNANCE = 'GOVERNANCE',
  FUNDING = 'FUNDING',
  CORRECTION = 'CORRECTION',
  OTHER = 'OTHER',
}
registerEnumType(StatementTopic, {
  name: 'StatementTopic',
  description: 'What a statement is about.',
  valuesConfig: {
    IDENTITY: { description: 'What the body is.' },
    GOVERNANCE: { description: 'Who decides in it.' },
    FUNDING: { description: 'Its money.' },
    CORRECTION: { description: 'Something that this graph or a source has wrong.' },
    OTHER: { description: 'Anything else.' },
  },
});

export enum DeclaredModality {
  NETWORK = 'NETWORK',
  INTERMEDIARY = 'INTERMEDIARY',
  BOTH = 'BOTH',
  NEITHER = 'NEITHER',
}
registerEnumType(DeclaredModality, {
  name: 'DeclaredModality',
  description: 'What a body calls itself. Shown beside the evidence; it decides nothing alone.',
  valuesConfig: {
    NETWORK: { description: 'A network.' },
    INTERMEDIARY: { description: 'An intermediary.' },
    BOTH: { description: 'Both.' },
    NEITHER: { description: 'Neither.' },
  },
});

@ObjectType({ description: 'What a body says of itself, or is on record as saying.' })
export class Statement {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => StatementTopic, { description: 'What it is about.' })
  topic!: StatementTopic;

  @Field(() => DeclaredModality, {
    nullable: true,
    description: 'What the body calls itself, if it says.',
  })
  declaredModality!: DeclaredModality | null;

  @Field(() => String, { description: 'Its words.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'The language of the words (BCP 47).' })
  lang!: string | null;

  @Field(() => String, { nullable: true, description: 'When it was said, as exactly as known.' })
  statedOn!: string | null;

  @Field(() => Boolean, {
    description: 'True: the body said it itself; false: somebody reports it.',
  })
  selfMade!: boolean;

  /** Read by the `provenance` resolver. */
  stamp!: Stamp;
}
