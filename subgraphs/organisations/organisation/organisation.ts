import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Modality } from '../../shared/outcomes';
import { DateTimeScalar } from '../../shared/scalars';
import { LegalForm, OrganisationKind } from '../../shared/vocabulary';

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A body, with or without legal personality. Any identifier ever recorded for it finds it; `id` is the canonical one.',
})
export class Organisation {
  @Field(() => ID, {
    description:
      'The canonical identifier: of a living org-id.guide register where one is on record, else `PG-…`.',
  })
  id!: string;

  @Field(() => String, { description: 'The name that the most believed record gives.' })
  name!: string;

  @Field(() => OrganisationKind, { description: 'What kind of body it is.' })
  kind!: OrganisationKind;

  @Field(() => LegalForm, { description: 'Whether and how it exists in law.' })
  legalForm!: LegalForm;

  @Field(() => DateTimeScalar, { description: 'When what is shown of it last changed.' })
  updatedAt!: string;

  /** Read by the `country` resolver. */
  countryCode!: string | null;

  /** Read by the `likelyDuplicates` resolver. */
  sortName!: string;
}

@ObjectType({ description: 'One identifier of a body, as written and as compared.' })
export class OrganisationIdentifier {
  @Field(() => ID, { description: 'The form by which identifiers are compared.' })
  value!: string;

  @Field(() => String, { description: 'The identifier as a source wrote it.' })
  raw!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The org-id.guide list whose prefix it begins with; null: no list has its prefix.',
  })
  scheme!: string | null;

  @Field(() => Boolean, { description: 'Whether a register list has its prefix.' })
  recognised!: boolean;
}

@ObjectType({ description: 'A subject that a body works on.' })
export class Theme {
  @Field(() => ID, { description: 'An OECD DAC purpose code (`15220`), or the source’s word.' })
  id!: string;

  @Field(() => String, { description: 'Its name in the codelist Sector, else the word itself.' })
  name!: string;
}

@ObjectType({ description: 'How many organisations are one thing, in the standing period.' })
export class OutcomeCount {
  @Field(() => Modality, { description: 'What they are, by the default rule.' })
  outcome!: Modality;

  @Field(() => Int, { description: 'How many they are.' })
  organisations!: number;
}
