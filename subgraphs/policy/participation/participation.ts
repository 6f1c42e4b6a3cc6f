import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { CommonFilter, DateRange } from '../../shared/filters';
import type { Stamp } from '../../shared/provenance';

export enum ParticipationRole {
  DRAFTER = 'DRAFTER',
  CONSULTED = 'CONSULTED',
  SPEAKER = 'SPEAKER',
  IMPLEMENTER = 'IMPLEMENTER',
  MONITOR = 'MONITOR',
  ADVISER = 'ADVISER',
  FUNDER = 'FUNDER',
}
registerEnumType(ParticipationRole, {
  name: 'ParticipationRole',
  description: 'What a body does in a process.',
  valuesConfig: {
    DRAFTER: { description: 'It writes.' },
    CONSULTED: { description: 'It is asked.' },
    SPEAKER: { description: 'It speaks.' },
    IMPLEMENTER: { description: 'It carries out.' },
    MONITOR: { description: 'It watches and reports.' },
    ADVISER: { description: 'It advises.' },
    FUNDER: { description: 'It pays.' },
  },
});

export enum ParticipationCapacity {
  OWN = 'OWN',
  FOR_NETWORK = 'FOR_NETWORK',
}
registerEnumType(ParticipationCapacity, {
  name: 'ParticipationCapacity',
  description: 'For whom a body takes part.',
  valuesConfig: {
    OWN: { description: 'For itself.' },
    FOR_NETWORK: { description: 'For a network that it belongs to.' },
  },
});

export enum ProcessStage {
  DESIGN = 'DESIGN',
  DRAFTING = 'DRAFTING',
  CONSULTATION = 'CONSULTATION',
  VALIDATION = 'VALIDATION',
  IMPLEMENTATION = 'IMPLEMENTATION',
  MONITORING = 'MONITORING',
}
registerEnumType(ProcessStage, {
  name: 'ProcessStage',
  description: 'The stage of a process.',
  valuesConfig: {
    DESIGN: { description: 'What it shall be is decided.' },
    DRAFTING: { description: 'Its text is written.' },
    CONSULTATION: { description: 'Others are asked about it.' },
    VALIDATION: { description: 'Its text is agreed.' },
    IMPLEMENTATION: { description: 'It is carried out.' },
    MONITORING: { description: 'How it is carried out is watched.' },
  },
});

@ObjectType({ description: 'A body taking part in a policy process, as one record says.' })
export class Participation {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => ParticipationRole, { description: 'What it does there.' })
  role!: ParticipationRole;

  @Field(() => ParticipationCapacity, {
    nullable: true,
    description: 'For whom; null: the record does not say.',
  })
  capacity!: ParticipationCapacity | null;

  @Field(() => ProcessStage, {
    nullable: true,
    description: 'At which stage; null: the record does not say.',
  })
  stage!: ProcessStage | null;

  @Field(() => String, { nullable: true, description: 'Since when, as exactly as known.' })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'Until when, as exactly as known.' })
  to!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the process’s own papers name the body; null: unknown.',
  })
  namedInOwnRight!: boolean | null;

  /** Read by field resolvers. */
  processId!: string;
  organisationKey!: string;
  forNetworkKey!: string | null;
  stamp!: Stamp;
}

@InputType({ description: 'Which participations. All criteria must hold; within one, any value.' })
export class ParticipationFilter extends CommonFilter {
  @Field(() => [ParticipationRole], { nullable: true, description: 'In one of these roles.' })
  roles?: ParticipationRole[];

  @Field(() => [ParticipationCapacity], {
    nullable: true,
    description: 'In one of these capacities.',
  })
  capacities?: ParticipationCapacity[];

  @Field(() => [ProcessStage], { nullable: true, description: 'At one of these stages.' })
  stages?: ProcessStage[];

  @Field(() => [ID], { nullable: true, description: 'By one of these bodies (canonical ids).' })
  organisations?: string[];

  @Field(() => [ID], { nullable: true, description: 'In one of these processes.' })
  processes?: string[];

  @Field(() => DateRange, { nullable: true, description: 'Begun in this range.' })
  date?: DateRange;
}
