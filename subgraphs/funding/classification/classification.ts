import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../../shared/scalars';
import { ClassificationFlag, Modality } from './classify';

registerEnumType(ClassificationFlag, {
  name: 'ClassificationFlag',
  description: 'What has to be said beside an outcome.',
  valuesConfig: {
    PROVISIONAL: { description: 'It is a network, and nothing is known of its money.' },
    DISPUTED_BY_SELF_DECLARATION: {
      description: 'The body calls itself something else; its statement stands beside the outcome.',
    },
    DORMANT: { description: 'It had members, and none is on record for the period.' },
    HOSTED_FUNDS_UNKNOWN: {
      description: 'It has a host, and no record says which of the host’s money is for it.',
    },
    INDIVIDUAL_MEMBERS: { description: 'It has individual members too, who are counted apart.' },
    STATE_NETWORK: {
      description: 'It speaks for states; figures of civil society leave it out.',
    },
  },
});

export enum IndicatorVerdict {
  PASS = 'PASS',
  FAIL = 'FAIL',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(IndicatorVerdict, {
  name: 'IndicatorVerdict',
  description: 'What an indicator says, in three-valued logic.',
  valuesConfig: {
    PASS: { description: 'Yes.' },
    FAIL: { description: 'No.' },
    UNKNOWN: { description: 'It is not known, which decides nothing.' },
  },
});

export enum EvidenceDirection {
  FOR = 'FOR',
  AGAINST = 'AGAINST',
  NEUTRAL = 'NEUTRAL',
}
registerEnumType(EvidenceDirection, {
  name: 'EvidenceDirection',
  description: 'For which answer of its indicator a piece of evidence speaks.',
  valuesConfig: {
    FOR: { description: 'For PASS.' },
    AGAINST: { description: 'For FAIL.' },
    NEUTRAL: { description: 'For neither; it is of interest.' },
  },
});

@ObjectType({ description: 'Something on record that speaks for or against an indicator.' })
export class ClassificationEvidence {
  @Field(() => String, { description: 'The indicator, `I1` to `I10`.' })
  indicator!: string;

  @Field(() => EvidenceDirection, { description: 'For which answer it speaks.' })
  direction!: EvidenceDirection;

  @Field(() => String, { description: 'What it says, in a sentence.' })
  says!: string;

  @Field(() => String, {
    description:
      'What kind of record it is: `membership`, `member-count`, `governing-body`, `seat`, `convening`, `host`, `self-statement`, `activity` or `flow`.',
  })
  recordKind!: string;

  @Field(() => ID, { description: 'The record’s id in this graph.' })
  recordId!: string;
}

@ObjectType({ description: 'One of the ten indicators of rule NI-1, for one body and period.' })
export class ClassificationIndicator {
  @Field(() => String, {
    description:
      '`I1` members, `I2` member governance, `I3` reciprocity, `I4` share of income passed on, `I5` share of that to members and their members, `I6` income with end recipients fixed by the donor, `I7` what it calls itself, `I8` declared channel, `I9` networks it belongs to, `I10` legal form and host. Only I1, I2, I4 and I5 decide.',
  })
  id!: string;

  @Field(() => IndicatorVerdict, { description: 'What it says.' })
  verdict!: IndicatorVerdict;

  @Field(() => Float, {
    nullable: true,
    description: 'A count (I1, I9) or a share from 0 to 1; null: unknown, or not a number.',
  })
  value!: number | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What was divided: members, seats, or money in SDR.',
  })
  numerator!: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'By what it was divided.' })
  denominator!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'From which value on it is passed; null: there is no such value.',
  })
  threshold!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Of what the value rests on, the share that is known, from 0 to 1; null: nothing is.',
  })
  coverage!: number | null;

  @Field(() => String, { description: 'What was found, in a sentence.' })
  says!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What would have to be known; null: it is known.',
  })
  missing!: string | null;

  @Directive('@listSize(assumedSize: 50)')
  @Field(() => [ClassificationEvidence], { description: 'What speaks for and against.' })
  evidence!: ClassificationEvidence[];
}

@ObjectType({
  description: 'One version of a rule by which networks are told apart from intermediaries.',
})
export class ClassificationRuleVersion {
  @Field(() => String, { description: 'Its name and version, such as `NI-1/1`.' })
  version!: string;

  @Field(() => DateScalar, { description: 'Since when it can be asked for.' })
  since!: string;

  @Field(() => String, { description: 'The rule in words.' })
  text!: string;

  @Field(() => Int, { description: 'Length of the period, in months, unless the question says.' })
  months!: number;

  @Field(() => Int, { description: 'I1: so many member organisations at least.' })
  members!: number;

  @Field(() => Float, { description: 'I2: this share of the seats at least.' })
  seats!: number;

  @Field(() => Float, { description: 'I3: this share of members that work with each other.' })
  reciprocity!: number;

  @Field(() => Float, { description: 'I3: or this density of ties among them.' })
  density!: number;

  @Field(() => Float, { description: 'I4: this share of income at least is passed on.' })
  passedOn!: number;

  @Field(() => Float, {
    description: 'I4 and I5: this share of income at least goes on to others than members.',
  })
  passedToOthers!: number;

  @Field(() => Float, { description: 'Money counts as known from this share of it on.' })
  coverage!: number;
}

@ObjectType({
  description:
    'What a body is in a period, by a rule and by what is on record: never a label that somebody stuck on it.',
})
export class Classification {
  @Field(() => Modality, { description: 'The outcome.' })
  outcome!: Modality;

  @Directive('@listSize(assumedSize: 6)')
  @Field(() => [ClassificationFlag], { description: 'What has to be said beside it.' })
  flags!: ClassificationFlag[];

  @Field(() => ClassificationRuleVersion, { description: 'The rule that was used.' })
  rule!: ClassificationRuleVersion;

  @Field(() => DateScalar, { description: 'The day up to which the period goes.' })
  asOf!: string;

  @Field(() => DateScalar, { description: 'The first day of the period.' })
  from!: string;

  @Field(() => Int, { description: 'How many months the period has.' })
  months!: number;

  @Field(() => DateTimeScalar, {
    description: 'When this answer was worked out: now, from what is on record.',
  })
  computedAt!: string;

  @Field(() => Float, {
    description: 'The share of the ten indicators that are known, from 0 to 1.',
  })
  confidence!: number;

  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [ClassificationIndicator], { description: 'All ten indicators, in their order.' })
  indicators!: ClassificationIndicator[];

  @Directive('@listSize(assumedSize: 4)')
  @Field(() => [String], {
    description: 'What would have to be known for an outcome; empty where there is one.',
  })
  missing!: string[];

  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [String], {
    description: 'How the rule got there, step by step: the indicators’ own sentences.',
  })
  reasoning!: string[];

  @Directive('@listSize(assumedSize: 100)')
  @Field(() => [ClassificationEvidence], {
    description: 'All evidence, for and against, each with its record.',
  })
  evidence!: ClassificationEvidence[];
}
