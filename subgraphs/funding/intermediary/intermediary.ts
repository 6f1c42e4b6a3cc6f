import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Modality } from '../../shared/outcomes';
import { DateScalar, DecimalScalar } from '../../shared/scalars';
import { CountedMoney } from '../flow/counted-money';

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'The facet of a body whose outcome is INTERMEDIARY or HYBRID in the standing period (up to the first of next month, UTC), by the default rule: by what is on record of its money, and by no label. Which of Peace Direct’s roles it plays is not there, since no source says it in a form that can be counted.',
})
export class Intermediary {
  @Field(() => ID, { description: 'The organisation’s id.' })
  id!: string;

  @Field(() => Modality, {
    description: 'INTERMEDIARY, or HYBRID if it is a network of its members as well.',
  })
  outcome!: Modality;
}

export enum IntermediaryScope {
  NATIONAL = 'NATIONAL',
  INTERNATIONAL = 'INTERNATIONAL',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(IntermediaryScope, {
  name: 'IntermediaryScope',
  description:
    'Whether an intermediary passes money on within its own country, by where it and the bodies that it paid have their seats. No source says of bodies that they work in one part of a country only, so there is no LOCAL.',
  valuesConfig: {
    NATIONAL: {
      description: 'Every body that it passed money on to has its seat in the same country.',
    },
    INTERNATIONAL: { description: 'At least one of them has its seat in another country.' },
    UNKNOWN: {
      description: 'Its own seat is unknown, or that of a body which could change the answer.',
    },
  },
});

@ObjectType({
  description:
    'What became of a body’s income in a period, as its classification counts it: in SDR, at the average rate of each month. Income is toMembers + toOthers + toHosts + toUnknown + retained.',
})
export class PassOnShares {
  @Field(() => DateScalar, { description: 'The first day of the period.' })
  from!: string;

  @Field(() => DateScalar, { description: 'The day up to which the period goes.' })
  asOf!: string;

  @Field(() => Int, { description: 'How many months the period has.' })
  months!: number;

  @Field(() => CountedMoney, {
    nullable: true,
    description:
      'Which money: DISBURSED, or COMMITTED where too little is known of payments. Null: its money is not known well enough, and neither is any figure.',
  })
  money!: CountedMoney | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What it got, in SDR.' })
  income!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What it passed on to its members and their members, in SDR.',
  })
  toMembers!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What it passed on to other organisations, in SDR.',
  })
  toOthers!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What it paid to its own hosts, which is not passed on, in SDR.',
  })
  toHosts!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What it paid to whom no record names, or to bodies that you may not see, in SDR.',
  })
  toUnknown!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What is left of its income, in SDR. Below 0 where it paid more than came in within the period.',
  })
  retained!: string | null;

  @Field(() => Float, { nullable: true, description: '`toMembers` divided by `income`.' })
  toMembersShare!: number | null;

  @Field(() => Float, { nullable: true, description: '`toOthers` divided by `income`.' })
  toOthersShare!: number | null;

  @Field(() => Float, { nullable: true, description: '`toUnknown` divided by `income`.' })
  toUnknownShare!: number | null;

  @Field(() => Float, { nullable: true, description: '`retained` divided by `income`.' })
  retainedShare!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The share of its money that could be converted and of which it is known to whom it went, by number of flows or by amount, whichever is less.',
  })
  coverage!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'What would have to be known for the figures; null where they are.',
  })
  missing!: string | null;
}
