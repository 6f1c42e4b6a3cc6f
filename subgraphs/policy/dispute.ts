import { Directive, Field, ObjectType } from 'type-graphql';
import { beliefOf, Provenance, type Stamp, toProvenance } from '../shared/provenance';

@ObjectType({ description: 'What one record says where records disagree.' })
export class DisputedValue {
  @Field(() => String, { nullable: true, description: 'The value; null: the record says nothing.' })
  value!: string | null;

  @Field(() => Provenance, { description: 'Which record says so.' })
  provenance!: ReturnType<typeof toProvenance>;
}

@ObjectType({
  description: 'A property on which records disagree; all values are shown, none is chosen by us.',
})
export class Dispute {
  @Field(() => String, { description: 'The property, by its name in this schema.' })
  property!: string;

  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [DisputedValue], { description: 'Each record’s value, the best checked first.' })
  values!: DisputedValue[];
}

/** The most believed first, then the newest, then by id: a function of the set of records. */
export const bestFirst = (a: Stamp, b: Stamp): number =>
  beliefOf(a) - beliefOf(b) ||
  (a.retrieved_at < b.retrieved_at ? 1 : a.retrieved_at > b.retrieved_at ? -1 : 0) ||
  (a.id < b.id ? -1 : 1);

/**
 * The properties on which the records of one thing differ. Silence is no disagreement.
 * @param properties each property's name and how a record gives it.
 * @param provenanceOf where a record came from, as the viewer may know it.
 */
export const disputesOf = <Row extends Stamp>(
  rows: readonly Row[],
  properties: Record<string, (row: Row) => string | number | null>,
  provenanceOf: (row: Row) => ReturnType<typeof toProvenance> = toProvenance,
): Dispute[] =>
  Object.entries(properties).flatMap(([property, valueOf]) => {
    const saying = rows.filter((row) => valueOf(row) !== null && valueOf(row) !== '');
    if (new Set(saying.map(valueOf)).size < 2) return [];
    return [
      {
        property,
        values: saying.map((row) => ({
          value: String(valueOf(row)),
          provenance: provenanceOf(row),
        })),
      },
    ];
  });
