import { Directive, ObjectType } from 'type-graphql';
import { ProvenanceFields } from '../../shared/provenance';

/** Provenance in the subgraph that owns sources; the `source` resolver adds the whole source. */
@Directive('@shareable')
@ObjectType('Provenance', { description: 'Where a row came from, when, and under which licence.' })
export class Provenance extends ProvenanceFields {}
