import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CommonFilter, DateRange } from '../../shared/filters';
import type { Stamp } from '../../shared/provenance';
import { DateTimeScalar } from '../../shared/scalars';
import { Agenda } from '../../shared/vocabulary';

export enum PolicyProcessKind {
  NATIONAL_ACTION_PLAN = 'NATIONAL_ACTION_PLAN',
  REVIEW = 'REVIEW',
  DIALOGUE = 'DIALOGUE',
  FUND_DESIGN = 'FUND_DESIGN',
  CONSULTATION = 'CONSULTATION',
}
registerEnumType(PolicyProcessKind, {
  name: 'PolicyProcessKind',
  description: 'What kind of process.',
  valuesConfig: {
    NATIONAL_ACTION_PLAN: { description: 'A national action plan (NAP) on an agenda.' },
    REVIEW: { description: 'A review of a policy or institution.' },
    DIALOGUE: { description: 'A series of dialogues.' },
    FUND_DESIGN: { description: 'The design of a fund or programme.' },
    CONSULTATION: { description: 'A consultation towards a decision.' },
  },
});

export enum PolicyProcessStatus {
  PLANNED = 'PLANNED',
  IN_DEVELOPMENT = 'IN_DEVELOPMENT',
  ADOPTED = 'ADOPTED',
  EXPIRED = 'EXPIRED',
  COMPLETED = 'COMPLETED',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(PolicyProcessStatus, {
  name: 'PolicyProcessStatus',
  description: 'Where a process stands on a day.',
  valuesConfig: {
    PLANNED: { description: 'Announced.' },
    IN_DEVELOPMENT: { description: 'Being written.' },
    ADOPTED: { description: 'In force.' },
    EXPIRED: { description: 'Its period is over.' },
    COMPLETED: { description: 'Done.' },
    UNKNOWN: { description: 'No record tells for that day.' },
  },
});

/** A record of a process. */
export type ProcessRow = Stamp & {
  process: string;
  title: string;
  process_kind: string;
  country: string | null;
  generation: number | null;
  status: string | null;
  adopted_on: string;
  from_date: string | null;
  to_date: string | null;
};

@ObjectType({ description: 'A span of time, as exactly as known.' })
export class Period {
  @Field(() => String, { nullable: true, description: 'Its first day, month or year.' })
  from!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its last day, month or year; null: open, or unknown.',
  })
  to!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A policy process: a national action plan, a review, a series of dialogues.',
})
export class PolicyProcess {
  @Field(() => ID, { description: 'Its id, the same for every source that knows it.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => PolicyProcessKind, { description: 'What kind it is.' })
  kind!: PolicyProcessKind;

  @Field(() => Int, {
    nullable: true,
    description: 'Of a national action plan, the how-many-eth of its country.',
  })
  generation!: number | null;

  @Field(() => String, { nullable: true, description: 'When it was adopted, as exactly as known.' })
  adoptedOn!: string | null;

  @Field(() => Period, {
    nullable: true,
    description: 'The period that it covers, if any record says.',
  })
  period!: Period | null;

  @Field(() => DateTimeScalar, { description: 'When what is shown of it last changed.' })
  updatedAt!: string;

  /** Read by field resolvers: its records, the best checked first. */
  rows!: ProcessRow[];
}

@InputType({ description: 'Which processes. All criteria must hold; within one, any value.' })
export class PolicyProcessFilter extends CommonFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words that begin words of its title; case and accents do not matter.',
  })
  text?: string;

  @Field(() => [PolicyProcessKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: PolicyProcessKind[];

  @Field(() => [Agenda], { nullable: true, description: 'Of one of these agendas.' })
  agendas?: Agenda[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Of one of these countries (ISO 3166-1 alpha-2).',
  })
  countries?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'That implement one of these documents, by symbol.',
  })
  symbols?: string[];

  @Field(() => DateRange, { nullable: true, description: 'Adopted in this range.' })
  adopted?: DateRange;
}
