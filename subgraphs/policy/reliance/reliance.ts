import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Provenance } from '../../shared/provenance';
import { ParticipationRole, ProcessStage } from '../participation/participation';
import { PolicyProcess } from '../process/process';

export enum RelianceKind {
  PARTICIPATION = 'PARTICIPATION',
  AGREEMENT = 'AGREEMENT',
}
registerEnumType(RelianceKind, {
  name: 'RelianceKind',
  description: 'By what an authority is on record as relying on a body.',
  valuesConfig: {
    PARTICIPATION: { description: 'The body took part in a process that the authority leads.' },
    AGREEMENT: { description: 'The two have an agreement.' },
  },
});

export enum AgreementKind {
  MEMORANDUM = 'MEMORANDUM',
  SERVICE = 'SERVICE',
  CONSULTATIVE = 'CONSULTATIVE',
  OTHER = 'OTHER',
}
registerEnumType(AgreementKind, {
  name: 'AgreementKind',
  description: 'What kind of agreement.',
  valuesConfig: {
    MEMORANDUM: { description: 'A memorandum of understanding.' },
    SERVICE: { description: 'The body works for the authority.' },
    CONSULTATIVE: { description: 'The body is to be asked.' },
    OTHER: { description: 'Another, or the record does not say.' },
  },
});

@ObjectType({
  description:
    'One record by which a public authority relied on a body. That it trusts the body is not claimed.',
})
export class Reliance {
  @Field(() => ID, {
    description: 'The id of the record in this graph, with the authority that it names.',
  })
  id!: string;

  @Field(() => RelianceKind, { description: 'What kind of record.' })
  kind!: RelianceKind;

  @Field(() => String, { description: 'What was agreed, or the title of the process.' })
  title!: string;

  @Field(() => AgreementKind, {
    nullable: true,
    description: 'What kind of agreement; null: it is none.',
  })
  agreementKind!: AgreementKind | null;

  @Field(() => PolicyProcess, { nullable: true, description: 'The process; null: it is none.' })
  process!: PolicyProcess | null;

  @Field(() => ParticipationRole, {
    nullable: true,
    description: 'What the body did in the process; null: it is none.',
  })
  role!: ParticipationRole | null;

  @Field(() => ProcessStage, {
    nullable: true,
    description: 'At which stage of the process; null: it is none, or the record does not say.',
  })
  stage!: ProcessStage | null;

  @Field(() => String, { nullable: true, description: 'Since when, as exactly as known.' })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'Until when, as exactly as known.' })
  to!: string | null;

  /** Read by field resolvers. */
  authorityId!: string;
  bodyId!: string;
  provenance!: Provenance;
}
