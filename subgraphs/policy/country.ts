import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A country, as far as this subgraph knows it: its code, to which plan.resolver.ts adds a field. */
@Directive('@key(fields: "id")')
@ObjectType('Country', { description: 'A country or territory of ISO 3166-1.' })
export class PlannedCountry {
  @Field(() => ID, { description: 'The ISO 3166-1 alpha-2 code.' })
  id!: string;
}
