import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Stamp } from '../../shared/provenance';
import { DateScalar } from '../../shared/scalars';

export enum ImplementationStatus {
  PLANNED = 'PLANNED',
  UNDER_WAY = 'UNDER_WAY',
  DONE = 'DONE',
}
registerEnumType(ImplementationStatus, {
  name: 'ImplementationStatus',
  description: 'How far something is that is done under a commitment.',
  valuesConfig: {
    PLANNED: { description: 'It is to be done.' },
    UNDER_WAY: { description: 'It is being done.' },
    DONE: { description: 'It was done.' },
  },
});

@ObjectType({ description: 'Something done, being done or planned under a commitment.' })
export class Implementation {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => String, { description: 'What is done.' })
  title!: string;

  @Field(() => ImplementationStatus, {
    nullable: true,
    description: 'How far it is; null: the record does not say.',
  })
  status!: ImplementationStatus | null;

  @Field(() => String, { nullable: true, description: 'Since when, as exactly as known.' })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'Until when, as exactly as known.' })
  to!: string | null;

  /** Read by field resolvers. */
  commitment!: string;
  organisationKey!: string | null;
  processId!: string | null;
  activityName!: string | null;
  stamp!: Stamp;
}

/** A record of a commitment. */
export type CommitmentRow = Stamp & {
  commitment: string;
  symbol: string;
  title: string;
  paragraph: string | null;
};

@ObjectType({ description: 'Something that a document promises or asks for.' })
export class Commitment {
  @Field(() => ID, { description: 'Its id, the same for every source that knows it.' })
  id!: string;

  @Field(() => String, { description: 'What is promised or asked for.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Where in the document.' })
  paragraph!: string | null;

  /** Read by field resolvers: its records, the best checked first. */
  rows!: CommitmentRow[];
}

@ObjectType({ description: 'A network that took part in processes that implement a document.' })
export class EngagedNetwork {
  @Field(() => Int, { description: 'In how many of these processes it took part itself.' })
  processes!: number;

  @Field(() => Int, { description: 'In how many of them others took part on its behalf.' })
  throughOthers!: number;

  /** Read by field resolvers. */
  networkId!: string;
}

@ObjectType({
  description:
    'What is on record as done under a document, and what is not. Of this symbol alone: the same text by another organ is its `twin`.',
})
export class DocumentImplementation {
  @Field(() => DateScalar, { description: 'The day on which plans had to be in force.' })
  asOf!: string;

  @Field(() => Int, { description: 'Processes that implement it.' })
  processes!: number;

  @Field(() => Int, { description: 'Of these, national action plans.' })
  plans!: number;

  @Field(() => Int, { description: 'Of these, plans in force on that day.' })
  plansInForce!: number;

  @Field(() => Int, { description: 'Countries whose processes they are.' })
  countries!: number;

  @Field(() => Int, { description: 'Its commitments that are on record.' })
  commitmentsOnRecord!: number;

  @Field(() => Int, { description: 'Of these, those under which something is under way or done.' })
  commitmentsActedOn!: number;

  @Field(() => [String], {
    description:
      'What is not on record, in words: commitments without any action, or what is unknown. That nothing is recorded is not to say that nothing was done.',
  })
  gaps!: string[];

  /** Read by field resolvers: in the order of their ids. */
  commitmentList!: Commitment[];
  networkList!: EngagedNetwork[];
  symbol!: string;
}
