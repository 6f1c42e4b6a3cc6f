import { Field, Int, ObjectType } from 'type-graphql';
import { Evenness } from './evenness';

@ObjectType({ description: 'How different the members of a network are.' })
export class NetworkVariety {
  @Field(() => Int, { description: 'How many members are looked at.' })
  members!: number;

  @Field(() => Evenness, { description: 'By what they work on.' })
  themes!: Evenness;

  @Field(() => Evenness, { description: 'By whom they speak for, or are led by.' })
  constituencies!: Evenness;

  @Field(() => Evenness, { description: 'By where they are headquartered (ISO 3166-1 alpha-2).' })
  countries!: Evenness;
}
