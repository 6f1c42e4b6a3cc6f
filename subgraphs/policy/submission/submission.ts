import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { CommonFilter, DateRange } from '../../shared/filters';
import type { Stamp } from '../../shared/provenance';

export enum SubmissionKind {
  STATEMENT = 'STATEMENT',
  WRITTEN_INPUT = 'WRITTEN_INPUT',
  BRIEFING = 'BRIEFING',
  REPORT = 'REPORT',
}
registerEnumType(SubmissionKind, {
  name: 'SubmissionKind',
  description: 'What kind of submission.',
  valuesConfig: {
    STATEMENT: { description: 'Something said.' },
    WRITTEN_INPUT: { description: 'Something handed in.' },
    BRIEFING: { description: 'A briefing of those who decide.' },
    REPORT: { description: 'A report.' },
  },
});

export enum Stance {
  RAISES = 'RAISES',
  SUPPORTS = 'SUPPORTS',
  OPPOSES = 'OPPOSES',
}
registerEnumType(Stance, {
  name: 'Stance',
  description: 'How a submission stands to a theme.',
  valuesConfig: {
    RAISES: { description: 'It raises it, and asks neither for it nor against it.' },
    SUPPORTS: { description: 'It asks for it.' },
    OPPOSES: { description: 'It speaks against it.' },
  },
});

@ObjectType({ description: 'A theme of a submission.' })
export class SubmissionTheme {
  @Field(() => ID, { description: 'An OECD DAC purpose code, or the source’s words.' })
  theme!: string;

  @Field(() => Stance, { description: 'How the submission stands to it.' })
  stance!: Stance;
}

@ObjectType({
  description: 'What a body said or handed in in a policy process, as one record says.',
})
export class Submission {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => SubmissionKind, { description: 'What kind it is.' })
  kind!: SubmissionKind;

  @Field(() => String, { nullable: true, description: 'When, as exactly as known.' })
  from!: string | null;

  /** Read by field resolvers. */
  processId!: string;
  organisationKey!: string;
  forNetworkKey!: string | null;
  stamp!: Stamp;
}

@InputType({ description: 'Which submissions. All criteria must hold; within one, any value.' })
export class SubmissionFilter extends CommonFilter {
  @Field(() => [SubmissionKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: SubmissionKind[];

  @Field(() => [ID], { nullable: true, description: 'In one of these processes.' })
  processes?: string[];

  @Field(() => [ID], { nullable: true, description: 'By one of these bodies (canonical ids).' })
  organisations?: string[];

  @Field(() => DateRange, { nullable: true, description: 'Made in this range.' })
  date?: DateRange;
}
