import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar, UrlScalar } from '../../shared/scalars';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Who said it, when it was taken, and under which licence.' })
export class Source {
  @Field(() => ID, { description: 'The name by which filters and imports know it.' })
  id!: string;

  @Field(() => String, { description: 'What it is, in words.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Who publishes it.' })
  publisherName!: string | null;

  @Field(() => String, { description: 'The licence of its records, as its publisher states it.' })
  licence!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The words to print beside exports of its records.',
  })
  attribution!: string | null;

  @Field(() => UrlScalar, { nullable: true, description: 'Where it is published.' })
  url!: string | null;

  @Field(() => Boolean, {
    description: 'True: everything in it is made up, for trying things out.',
  })
  fictional!: boolean;

  @Field(() => DateTimeScalar, { description: 'When its newest edition here was taken.' })
  retrievedAt!: string;

  @Field(() => DateTimeScalar, { description: 'When its newest edition here was imported.' })
  updatedAt!: string;

  /** Read by the `publisher` resolver. */
  publisherKey!: string | null;
}
