import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Proportion } from '../../shared/proportion';
import type { Member } from '../profile/profile.loader';

export enum ExpertiseKind {
  THEME = 'THEME',
  COUNTRY = 'COUNTRY',
  CONSTITUENCY = 'CONSTITUENCY',
  LANGUAGE = 'LANGUAGE',
}
registerEnumType(ExpertiseKind, {
  name: 'ExpertiseKind',
  description: 'What kind of expertise is asked for.',
  valuesConfig: {
    THEME: { description: 'Work on a theme.' },
    COUNTRY: { description: 'A seat in a country (ISO 3166-1 alpha-2).' },
    CONSTITUENCY: { description: 'Speaking for, or being led by, a constituency.' },
    LANGUAGE: { description: 'Working in a language (BCP 47, its first subtag).' },
  },
});

@ObjectType({ description: 'One thing that was asked for, and which members have it.' })
export class ExpertiseItem {
  @Field(() => ExpertiseKind, { description: 'What kind of thing.' })
  kind!: ExpertiseKind;

  @Field(() => ID, { description: 'Which one.' })
  code!: string;

  @Field(() => Boolean, { description: 'Whether a member is on record with it.' })
  covered!: boolean;

  @Field(() => Int, {
    description:
      'Of how many members nothing of this kind is on record, so that they may have it or not.',
  })
  unknown!: number;

  /** Read by the `members` resolver. */
  networkId!: string;
  found!: Member[];
}

@ObjectType({
  description:
    'How diverse the members are that cover something: constituencies × regions. A member counts once for each of its constituencies, in the region of its country: the widest of UN M49.',
})
export class ExpertiseDiversity {
  @Field(() => Int, { description: 'How many members cover something of what was asked.' })
  members!: number;

  @Field(() => Int, { description: 'How many constituencies are among them.' })
  constituencies!: number;

  @Field(() => Int, { description: 'From how many regions they come.' })
  regions!: number;

  @Field(() => Int, { description: 'How many pairs of constituency and region occur.' })
  combinations!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Shannon’s evenness over these pairs, as under `Evenness.value`. Null: no pair is known.',
  })
  evenness!: number | null;

  @Field(() => Proportion, { description: 'Of how many of these members both are known.' })
  known!: Proportion;
}

@ObjectType({
  description:
    'How far a network covers, through its members, what was asked for. What it is or does itself does not count.',
})
export class ExpertiseCoverage {
  @Field(() => Proportion, { description: 'How many of the things asked for a member covers.' })
  covered!: Proportion;

  @Field(() => [ExpertiseItem], {
    description: 'Each thing that was asked for, in the order of the arguments.',
  })
  items!: ExpertiseItem[];

  @Field(() => ExpertiseDiversity, { description: 'How diverse those are who cover something.' })
  diversity!: ExpertiseDiversity;

  /** Read by the `network` resolver. */
  networkId!: string;
}
