import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A region of the UN M49 standard.' })
export class Region {
  @Field(() => ID, { description: 'The M49 code, three digits: `002` is Africa.' })
  id!: string;

  @Field(() => String, { description: 'Its English name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its French name, if known.' })
  nameFr!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A country or territory of ISO 3166-1.' })
export class Country {
  @Field(() => ID, { description: 'The ISO 3166-1 alpha-2 code; `XK` is Kosovo, as IATI has it.' })
  id!: string;

  @Field(() => String, { description: 'Its English name; the code itself, where no list has it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its French name, if known.' })
  nameFr!: string | null;

  @Field(() => String, { nullable: true, description: 'The ISO 3166-1 alpha-3 code.' })
  iso3!: string | null;

  @Field(() => String, { nullable: true, description: 'The UN M49 code.' })
  m49!: string | null;

  /** Read by the `regions` resolver. */
  regionCodes!: string[];
}
