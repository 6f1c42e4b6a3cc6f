import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { ProvenanceFields } from '../../shared/provenance';

/** A source, as far as this subgraph knows it: its id, to which source.resolver.ts adds fields. */
@Directive('@key(fields: "id")')
@ObjectType('Source', { description: 'Who said it, when it was taken, and under which licence.' })
export class FundingSource {
  @Field(() => ID, { description: 'The source, as `sources` lists it.' })
  id!: string;
}

/** Provenance in this subgraph, whose `source` resolver leads to what it adds to sources. */
@Directive('@shareable')
@ObjectType('Provenance', { description: 'Where a row came from, when, and under which licence.' })
export class Provenance extends ProvenanceFields {}
