import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Provenance, type toProvenance, Verification } from '../../shared/provenance';
import { PolicyDocument } from '../document/document';
import { ParticipatingOrganisation } from '../organisation';
import { ConveningTowards, PayingActivity } from '../others';
import { PolicyProcess } from '../process/process';

export enum TraceStep {
  FUNDER = 'FUNDER',
  GRANT = 'GRANT',
  CONVENING = 'CONVENING',
  CONSULTATION = 'CONSULTATION',
  DOCUMENT = 'DOCUMENT',
}
registerEnumType(TraceStep, {
  name: 'TraceStep',
  description: 'A step on the way from money to a document, in that order.',
  valuesConfig: {
    FUNDER: { description: 'A body paid so that others could take part in the process.' },
    GRANT: { description: 'A grant or activity paid for a convening.' },
    CONVENING: {
      description: 'A convening was held towards the process, or one that prepares it.',
    },
    CONSULTATION: { description: 'A process prepared this one.' },
    DOCUMENT: { description: 'The process puts a document into practice.' },
  },
});

@ObjectType({ description: 'What stands at one end of a step: one of these, the others are null.' })
export class TracePoint {
  @Field(() => ParticipatingOrganisation, { nullable: true, description: 'A body.' })
  organisation?: ParticipatingOrganisation;

  @Field(() => ID, {
    nullable: true,
    description: 'The identifier of a grant or activity, as the record of the convening has it.',
  })
  activityIdentifier?: string;

  @Field(() => PayingActivity, {
    nullable: true,
    description:
      'The grant or activity; what is asked of it is null if no report of it is on record.',
  })
  activity?: PayingActivity;

  @Field(() => ConveningTowards, { nullable: true, description: 'A convening.' })
  convening?: ConveningTowards;

  @Field(() => PolicyProcess, { nullable: true, description: 'A process that is on record.' })
  process?: PolicyProcess;

  @Field(() => PolicyDocument, { nullable: true, description: 'A document that is on record.' })
  document?: PolicyDocument;
}

@ObjectType({
  description:
    'One step on the way from money to a document, as one record says; or that none says.',
})
export class TraceHop {
  @Field(() => TraceStep, { description: 'Which step.' })
  step!: TraceStep;

  @Field(() => TracePoint, { nullable: true, description: 'From what; null: no record says.' })
  from!: TracePoint | null;

  @Field(() => TracePoint, { nullable: true, description: 'To what; null: no record says.' })
  to!: TracePoint | null;

  @Field(() => String, {
    nullable: true,
    description: 'When, as exactly as known. Null for GRANT: ask the flows of the activity.',
  })
  date!: string | null;

  @Field(() => Verification, {
    nullable: true,
    description: 'How far the record was checked; null: its source does not say.',
  })
  verification!: Verification | null;

  @Field(() => Provenance, {
    nullable: true,
    description:
      'Where the record came from. Null for the steps GRANT and CONVENING, whose record is the convening: ask its `provenance`.',
  })
  provenance!: ReturnType<typeof toProvenance> | null;

  @Field(() => String, {
    nullable: true,
    description: 'If no record has this step: what would have to be known. Nothing is inferred.',
  })
  missing!: string | null;
}
