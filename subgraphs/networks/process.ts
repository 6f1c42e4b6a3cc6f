import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A policy process, as far as this subgraph knows it: its id, to which convening.resolver.ts adds a field. */
@Directive('@key(fields: "id")')
@ObjectType('PolicyProcess', {
  description: 'A policy process: a national action plan, a review, a series of dialogues.',
})
export class ConvenedProcess {
  @Field(() => ID, { description: 'The id by which records name it.' })
  id!: string;
}
