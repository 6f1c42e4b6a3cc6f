import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Stamp } from '../../shared/provenance';
import { DateTimeScalar } from '../../shared/scalars';

export enum ConveningKind {
  MEETING = 'MEETING',
  DIALOGUE = 'DIALOGUE',
  EXCHANGE = 'EXCHANGE',
  TRAINING = 'TRAINING',
  CONSULTATION = 'CONSULTATION',
  ASSEMBLY = 'ASSEMBLY',
}
registerEnumType(ConveningKind, {
  name: 'ConveningKind',
  description: 'What kind of coming together.',
  valuesConfig: {
    MEETING: { description: 'A meeting.' },
    DIALOGUE: { description: 'A dialogue, often between civil society and a state or the UN.' },
    EXCHANGE: { description: 'An exchange of experience.' },
    TRAINING: { description: 'A training.' },
    CONSULTATION: { description: 'A consultation towards a decision.' },
    ASSEMBLY: { description: 'An assembly of members.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Bodies coming together: a meeting, dialogue, exchange or the like.' })
export class Convening {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => String, { description: 'What it was called.' })
  title!: string;

  @Field(() => ConveningKind, { description: 'What kind it was.' })
  kind!: ConveningKind;

  @Field(() => String, { nullable: true, description: 'The town where it was held.' })
  city!: string | null;

  @Field(() => String, { nullable: true, description: 'When it began, as exactly as known.' })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'When it ended, as exactly as known.' })
  to!: string | null;

  @Field(() => [ID], {
    description: 'What it was about: OECD DAC purpose codes, or the source’s words.',
  })
  themes!: string[];

  @Field(() => DateTimeScalar, { description: 'When what is shown of it last changed.' })
  updatedAt!: string;

  /** Read by field resolvers. */
  countryCode!: string | null;
  stamp!: Stamp;
}
