import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A body, as far as this subgraph knows it: its id, to which participation.resolver.ts adds a field. */
@Directive('@key(fields: "id")')
@ObjectType('Organisation', { description: 'A body, with or without legal personality.' })
export class ParticipatingOrganisation {
  @Field(() => ID, { description: 'The canonical identifier.' })
  id!: string;
}
