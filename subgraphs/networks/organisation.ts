import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A body, as far as this subgraph knows it: its id, to which organisation.resolver.ts adds fields. */
@Directive('@key(fields: "id")')
@ObjectType('Organisation', { description: 'A body, with or without legal personality.' })
export class NetworkedOrganisation {
  @Field(() => ID, { description: 'The canonical identifier.' })
  id!: string;
}
