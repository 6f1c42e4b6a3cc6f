import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Stamp } from '../../shared/provenance';
import { DecimalScalar } from '../../shared/scalars';

@ObjectType({ description: 'What a body publishes of one of its years, as one record says.' })
export class AnnualFigures {
  @Field(() => ID, { description: 'The record’s id in this graph.' })
  id!: string;

  @Field(() => String, { description: 'The year; of a financial year, the one in which it ends.' })
  year!: string;

  @Field(() => String, { nullable: true, description: 'The currency of the amounts (ISO 4217).' })
  currency!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'All that it received in the year; null: the record does not say.',
  })
  income!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What its office had to spend in the year; null: the record does not say.',
  })
  secretariatBudget!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many requests for support it had; null: the record does not say.',
  })
  requests!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many of these it met; null: the record does not say.',
  })
  requestsMet!: number | null;

  /** Read by the `provenance` resolver. */
  stamp!: Stamp;
}
