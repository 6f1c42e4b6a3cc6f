import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum CodeStatus {
  ACTIVE = 'ACTIVE',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(CodeStatus, {
  name: 'CodeStatus',
  description: 'Whether a code may still be used.',
  valuesConfig: {
    ACTIVE: { description: 'In use.' },
    WITHDRAWN: { description: 'No longer to be used; old data has it.' },
  },
});

@ObjectType({ description: 'One code of a codelist.' })
export class CodelistItem {
  @Field(() => ID, { description: 'The code.' })
  code!: string;

  @Field(() => String, { description: 'Its English name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its French name, if the list has one.' })
  nameFr!: string | null;

  @Field(() => String, { nullable: true, description: 'What it means.' })
  description!: string | null;

  @Field(() => String, { nullable: true, description: 'The category it belongs to.' })
  category!: string | null;

  @Field(() => CodeStatus, { description: 'Whether it may still be used.' })
  status!: CodeStatus;
}

@ObjectType({ description: 'A list of codes that a standard uses.' })
export class Codelist {
  @Field(() => ID, {
    description: 'The name that the standard gives it: `OrganisationType`, `Sector`.',
  })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its title in words.' })
  title!: string | null;

  @Field(() => String, { nullable: true, description: 'Where it is published.' })
  url!: string | null;

  /** Read by the `source` resolver. */
  sourceId!: string;
}
