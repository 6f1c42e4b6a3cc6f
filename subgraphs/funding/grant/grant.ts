import { Field, ObjectType } from 'type-graphql';
import { RegrantType } from './regrant-type';

/** Which list of a record a code stands in. */
export type GrantCodeList = 'FUNDING_TYPE' | 'CLASSIFICATION' | 'PROGRAMME';

@ObjectType({ description: 'A code or a name under which a 360Giving record files a grant.' })
export class GrantCode {
  @Field(() => String, { nullable: true, description: 'The vocabulary, as the record names it.' })
  vocabulary!: string | null;

  @Field(() => String, { nullable: true, description: 'The code in that vocabulary.' })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  title!: string | null;

  @Field(() => String, { nullable: true, description: 'Where more is said of it.' })
  url!: string | null;
}

@ObjectType({
  description:
    'What a 360Giving record says of a grant beyond what every activity has. A person who received it is not in this graph.',
})
export class Grant {
  @Field(() => RegrantType, {
    nullable: true,
    description: 'How it is meant to be granted onwards; null: the record does not say.',
  })
  regrantType!: RegrantType | null;

  @Field(() => Boolean, {
    description: 'Whether it went to a person, of whom nothing is kept.',
  })
  toIndividual!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it came of an open call; null: the record does not say.',
  })
  fromOpenCall!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'How the places of it are meant: 360Giving codelist locationScope.',
  })
  locationScope!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the publisher says that the data came from.',
  })
  dataSource!: string | null;

  /** Read by field resolvers. */
  id!: string;
  appliedFor!: string | null;
  currency!: string;
}
