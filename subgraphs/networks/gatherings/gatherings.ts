import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Evenness } from '../variety/evenness';

export enum Counterpart {
  STATE = 'STATE',
  MULTILATERAL = 'MULTILATERAL',
  FOUNDATION = 'FOUNDATION',
}
registerEnumType(Counterpart, {
  name: 'Counterpart',
  description:
    'A body on the other side of a dialogue, by what it is. Who in fact gives money is known to flows, not here.',
  valuesConfig: {
    STATE: {
      description:
        'A government, local government or other public body, or a body that speaks for states.',
    },
    MULTILATERAL: { description: 'A multilateral body, the United Nations among them.' },
    FOUNDATION: { description: 'A foundation.' },
  },
});

@ObjectType({ description: 'The convenings of a year.' })
export class GatheringYear {
  @Field(() => Int, { description: 'The year in which they began.' })
  year!: number;

  @Field(() => Int, { description: 'How many there were.' })
  convenings!: number;

  @Field(() => Int, { description: 'At how many of them a state, multilateral or foundation was.' })
  withCounterparts!: number;
}

@ObjectType({ description: 'The counterparts of one kind.' })
export class CounterpartCount {
  @Field(() => Counterpart, { description: 'The kind.' })
  kind!: Counterpart;

  @Field(() => Int, { description: 'At how many convenings one of them was.' })
  convenings!: number;

  @Field(() => Int, { description: 'How many such bodies were there, each once.' })
  bodies!: number;
}

@ObjectType({
  description: 'Two countries whose bodies met, by where the bodies are headquartered.',
})
export class CountryPair {
  @Field(() => Int, { description: 'At how many convenings.' })
  convenings!: number;

  /** Read by the `countries` resolver, the first by code first. */
  codes!: [string, string];
}

@ObjectType({
  description: 'The convenings that a network called or took part in, and who came together there.',
})
export class Gatherings {
  @Field(() => Int, { description: 'How many convenings.' })
  convenings!: number;

  @Field(() => Int, { description: 'How many of them it organised or helped to.' })
  organised!: number;

  @Field(() => Int, { description: 'Of how many nobody says when they began.' })
  undated!: number;

  @Directive('@listSize(assumedSize: 40)')
  @Field(() => [GatheringYear], {
    description: 'By year, from the first to that of the day; years without any are 0.',
  })
  byYear!: GatheringYear[];

  @Field(() => String, {
    nullable: true,
    description: 'When the last one began, as exactly as known. Null: none is dated.',
  })
  last!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Days from the last one to the day. Null: its day is not known.',
  })
  daysSinceLast!: number | null;

  @Field(() => Int, {
    description: 'How many other bodies came or called, each once, as far as they are named.',
  })
  bodies!: number;

  @Field(() => Evenness, { description: 'These bodies by constituency.' })
  constituencies!: Evenness;

  @Field(() => Int, { description: 'How many pairs of countries they linked.' })
  countryPairs!: number;

  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [CounterpartCount], { description: 'States, multilateral bodies and foundations.' })
  counterparts!: CounterpartCount[];

  /** Read by the `pairs` resolver: the most frequent first. */
  allPairs!: CountryPair[];
}
