import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar } from '../../shared/scalars';
import { Agenda } from '../../shared/vocabulary';
import { PolicyProcess } from '../process/process';

export enum PlanStanding {
  IN_FORCE = 'IN_FORCE',
  IN_DEVELOPMENT = 'IN_DEVELOPMENT',
  EXPIRED = 'EXPIRED',
  UNKNOWN = 'UNKNOWN',
  NONE_ON_RECORD = 'NONE_ON_RECORD',
}
registerEnumType(PlanStanding, {
  name: 'PlanStanding',
  description: 'Where a country stands with its national action plans on an agenda, on a day.',
  valuesConfig: {
    IN_FORCE: { description: 'A plan is in force.' },
    IN_DEVELOPMENT: { description: 'None is in force, and one is announced or being written.' },
    EXPIRED: { description: 'None is in force or being written, and one has been.' },
    UNKNOWN: { description: 'There is a plan, and no record tells where it stands on that day.' },
    NONE_ON_RECORD: {
      description:
        'No record speaks of a plan. That is not to say that there is none: only that nobody has recorded one here.',
    },
  },
});

@ObjectType({
  description: 'The national action plans of one country on one agenda, as of a day.',
})
export class CountryPlans {
  @Field(() => Agenda, { description: 'The agenda.' })
  agenda!: Agenda;

  @Field(() => DateScalar, { description: 'The day.' })
  asOf!: string;

  @Field(() => PlanStanding, { description: 'Where the country stands.' })
  standing!: PlanStanding;

  @Field(() => PolicyProcess, {
    nullable: true,
    description: 'The plan in force that began last; null: none is in force.',
  })
  inForce!: PolicyProcess | null;

  @Field(() => [PolicyProcess], {
    description: 'All its plans on record, whatever their status, the oldest first.',
  })
  plans!: PolicyProcess[];

  @Field(() => Int, {
    nullable: true,
    description: 'The highest generation of the plans adopted by that day; null: no record says.',
  })
  generation!: number | null;

  @Field(() => Boolean, {
    description:
      'Whether records disagree on the generation of a plan, or two plans claim the same.',
  })
  generationDisputed!: boolean;

  @Field(() => [Int], {
    description:
      'The calendar years after the first plan began, up to that day, on no day of which a plan was in force. A plan whose end no record tells counts until the next one begins.',
  })
  gapYears!: number[];

  @Field(() => Int, {
    description:
      'Of the plans adopted by that day, how many whose end no record tells: gaps may be longer than `gapYears` has them.',
  })
  endUnknown!: number;

  /** Read by field resolvers. */
  countryCode!: string;
}
