import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { CommonFilter, DateRange } from '../../shared/filters';
import type { Stamp } from '../../shared/provenance';
import { DateTimeScalar, UrlScalar } from '../../shared/scalars';
import { Agenda } from '../../shared/vocabulary';

/** A record of a document, with the lists of its child tables. */
export type DocumentRow = Stamp & {
  symbol: string;
  title: string;
  organ: string | null;
  adopted_on: string;
  meeting: string | null;
  twin: string | null;
  library_url: string | null;
};

@Directive('@key(fields: "symbol")')
@ObjectType({ description: 'A document of the United Nations, by its symbol.' })
export class PolicyDocument {
  @Field(() => ID, { description: 'Its symbol as compared: `S/RES/2282`, `A/RES/70/262`.' })
  symbol!: string;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The organ that adopted it: `UNSC`, `UNGA`.',
  })
  organ!: string | null;

  @Field(() => String, { nullable: true, description: 'When it was adopted, as exactly as known.' })
  adoptedOn!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The meeting that adopted it, as the record has it.',
  })
  meeting!: string | null;

  @Field(() => UrlScalar, { nullable: true, description: 'Its page in the UN Digital Library.' })
  libraryUrl!: string | null;

  @Field(() => DateTimeScalar, { description: 'When what is shown of it last changed.' })
  updatedAt!: string;

  /** Read by field resolvers: its records, the best checked first. */
  rows!: DocumentRow[];
}

@InputType({ description: 'Which documents. All criteria must hold; within one, any value.' })
export class PolicyDocumentFilter extends CommonFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words that begin words of its title; case and accents do not matter.',
  })
  text?: string;

  @Field(() => [ID], { nullable: true, description: 'With one of these symbols, however written.' })
  symbols?: string[];

  @Field(() => [Agenda], { nullable: true, description: 'Of one of these agendas.' })
  agendas?: Agenda[];

  @Field(() => DateRange, { nullable: true, description: 'Adopted in this range.' })
  adopted?: DateRange;
}
