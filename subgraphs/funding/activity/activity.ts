import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar, DateTimeScalar } from '../../shared/scalars';
import type { Stamp } from '../../shared/provenance';

export enum ActivityStatus {
  PIPELINE = 'PIPELINE',
  IMPLEMENTATION = 'IMPLEMENTATION',
  FINALISATION = 'FINALISATION',
  CLOSED = 'CLOSED',
  CANCELLED = 'CANCELLED',
  SUSPENDED = 'SUSPENDED',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(ActivityStatus, {
  name: 'ActivityStatus',
  description: 'Where an activity stands: IATI codelist ActivityStatus.',
  valuesConfig: {
    PIPELINE: { description: 'Code 1: planned.' },
    IMPLEMENTATION: { description: 'Code 2: under way.' },
    FINALISATION: { description: 'Code 3: work is done, accounts are not.' },
    CLOSED: { description: 'Code 4: done.' },
    CANCELLED: { description: 'Code 5: given up.' },
    SUSPENDED: { description: 'Code 6: halted for a time.' },
    UNKNOWN: { description: 'The record does not say, or in no known code.' },
  },
});

export enum PartyRole {
  FUNDING = 'FUNDING',
  ACCOUNTABLE = 'ACCOUNTABLE',
  EXTENDING = 'EXTENDING',
  IMPLEMENTING = 'IMPLEMENTING',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(PartyRole, {
  name: 'PartyRole',
  description: 'What a body does in an activity: IATI codelist OrganisationRole.',
  valuesConfig: {
    FUNDING: {
      description: 'Code 1: it disburses into the activity; not always the original source.',
    },
    ACCOUNTABLE: { description: 'Code 2: it answers for the activity.' },
    EXTENDING: { description: 'Code 3: it manages the money for the funder.' },
    IMPLEMENTING: { description: 'Code 4: it does the work.' },
    UNKNOWN: { description: 'The record does not say, or in no known code.' },
  },
});

export enum ActivityRelation {
  PARENT = 'PARENT',
  CHILD = 'CHILD',
  SIBLING = 'SIBLING',
  CO_FUNDED = 'CO_FUNDED',
  THIRD_PARTY = 'THIRD_PARTY',
  UNSPECIFIED = 'UNSPECIFIED',
}
registerEnumType(ActivityRelation, {
  name: 'ActivityRelation',
  description: 'What one activity is to another: IATI codelist RelatedActivityType.',
  valuesConfig: {
    PARENT: { description: 'Code 1: this activity contains the record’s.' },
    CHILD: { description: 'Code 2: this activity is part of the record’s.' },
    SIBLING: { description: 'Code 3: both are part of one.' },
    CO_FUNDED: { description: 'Code 4: both are paid from one fund.' },
    THIRD_PARTY: { description: 'Code 5: another’s report of the same activity.' },
    UNSPECIFIED: {
      description: 'A 360Giving record names the other and does not say what it is to this one.',
    },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "identifier")')
@ObjectType({ description: 'A piece of work that money goes to, as one publisher reports it.' })
export class Activity {
  @Field(() => ID, {
    description: 'Its id in this graph, the same in every edition of its source.',
  })
  id!: string;

  @Field(() => ID, {
    description: 'Its identifier as written: IATI’s, or of a grant 360Giving’s.',
  })
  identifier!: string;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  title!: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  description!: string | null;

  @Field(() => ActivityStatus, { description: 'Where it stands.' })
  status!: ActivityStatus;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it began, else when it was to begin.',
  })
  startDate!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it ended, else when it is to end.',
  })
  endDate!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it is or was to begin.' })
  plannedStart!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it is or was to end.' })
  plannedEnd!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it began.' })
  actualStart!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it ended.' })
  actualEnd!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'When its publisher last updated the report, as written.',
  })
  lastReported!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its level in the publisher’s own hierarchy; `1` is the top.',
  })
  hierarchy!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is marked humanitarian; null: the record does not say.',
  })
  humanitarian!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'IATI CollaborationType: `3` is core support to NGOs.',
  })
  collaborationType!: string | null;

  @Field(() => Boolean, {
    description: 'Whether a newer report of the same activity is on record.',
  })
  superseded!: boolean;

  @Field(() => DateTimeScalar, { description: 'When what is shown of it last changed.' })
  updatedAt!: string;

  /** Read by field resolvers. */
  key!: string;
  /** Its planned length as the record gives it, a decimal. */
  plannedMonths!: string | null;
  reporterKey!: string | null;
  stamp!: Stamp;
}

@ObjectType({ description: 'A body that takes part in an activity.' })
export class ActivityParty {
  @Field(() => PartyRole, { description: 'What it does there.' })
  role!: PartyRole;

  /** Read by field resolvers. */
  bodyKey!: string | null;
  writtenName!: string | null;
  channelCode!: string | null;
  activityKey!: string | null;
}

@ObjectType({ description: 'Another activity that an activity names.' })
export class RelatedActivity {
  @Field(() => ActivityRelation, { description: 'What the other is to this one.' })
  relation!: ActivityRelation;

  @Field(() => ID, { description: 'The identifier of the other, as compared.' })
  identifier!: string;
}
