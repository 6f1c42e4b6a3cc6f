import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Value } from './db';
import { DateScalar, DateTimeScalar, UrlScalar } from './scalars';
import { Visibility, visibilityOf } from './viewer';

/** How far somebody has checked a fact against what it cites. */
export enum Verification {
  VERIFIED = 'VERIFIED',
  PARTLY_VERIFIED = 'PARTLY_VERIFIED',
  UNVERIFIED = 'UNVERIFIED',
}
registerEnumType(Verification, {
  name: 'Verification',
  description: 'How far somebody has checked a fact against what it cites.',
  valuesConfig: {
    VERIFIED: { description: 'Checked against the source that is cited.' },
    PARTLY_VERIFIED: { description: 'Parts were checked; the note says which.' },
    UNVERIFIED: { description: 'Nobody has checked it.' },
  },
});

/** From the best checked to the least. */
export const VERIFICATION_ORDER = [
  Verification.VERIFIED,
  Verification.PARTLY_VERIFIED,
  Verification.UNVERIFIED,
];

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Source', { description: 'Who said it, when it was taken, and under which licence.' })
export class SourceStub {
  @Field(() => ID, { description: 'The source, as `sources` lists it.' })
  id!: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Country', { description: 'A country or territory of ISO 3166-1.' })
export class CountryStub {
  @Field(() => ID, { description: 'The ISO 3166-1 alpha-2 code.' })
  id!: string;
}

/** What a row's provenance says besides its source, whose type differs between the subgraph that owns sources and the others. */
@ObjectType('ProvenanceFields', {
  description: 'Where a row came from, when, and under which licence.',
})
export abstract class ProvenanceFields {
  /** The source's id. */
  sourceId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The id of the record in its source. Not shown, like `url`, `citation` and `note`, of a record that names a body which you may not see.',
  })
  record!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the record was taken from its source.',
  })
  retrievedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'The licence of the record.' })
  licence!: string | null;

  @Field(() => UrlScalar, {
    nullable: true,
    description: 'Where the record, or what it cites, can be read.',
  })
  url!: string | null;

  @Field(() => String, { nullable: true, description: 'What the record cites, in words.' })
  citation!: string | null;

  @Field(() => String, { nullable: true, description: 'A note of whoever recorded it.' })
  note!: string | null;

  @Field(() => Verification, {
    nullable: true,
    description: 'How far the record was checked; null: the source does not say.',
  })
  verification!: Verification | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day for which the source asserts it, if it names one.',
  })
  assertedOn!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the source withdrew the record; null: it stands.',
  })
  withdrawnAt!: string | null;

  @Field(() => Visibility, { description: 'Who may see the record.' })
  visibility!: Visibility;
}

@Directive('@shareable')
@ObjectType('Provenance', { description: 'Where a row came from, when, and under which licence.' })
export class Provenance extends ProvenanceFields {
  @Field(() => SourceStub, { nullable: true, description: 'The source of the record.' })
  source(): SourceStub {
    return { id: this.sourceId };
  }
}

/** What the ids of the sources of partners' feeds begin with, and of no others. */
export const FEED_SOURCE = 'partner-';

/**
 * How far a record is believed beside others on the same thing, the smallest number first: the best checked
 * first, and what a partner's feed says after what anybody else does.
 */
export const beliefOf = ({
  verification,
  source_id,
}: Pick<Stamp, 'verification' | 'source_id'>): number => {
  const levels = VERIFICATION_ORDER.length;
  if (source_id.startsWith(FEED_SOURCE)) return levels + 1;
  return verification === null ? levels : VERIFICATION_ORDER.indexOf(verification as Verification);
};

/** The columns that every record of a source has, whatever it is about. */
export interface Stamp {
  id: string;
  source_id: string;
  record_id: string;
  tier: number;
  licence: string | null;
  url: string | null;
  citation: string | null;
  note: string | null;
  verification: string | null;
  asserted_on: string | null;
  retrieved_at: string;
  updated_at: string;
  withdrawn_at: string | null;
}

export const toProvenance = (row: Stamp): ProvenanceFields => ({
  sourceId: row.source_id,
  record: row.record_id,
  retrievedAt: row.retrieved_at,
  licence: row.licence,
  url: row.url !== null && URL.canParse(row.url) ? row.url : null,
  citation: row.citation,
  note: row.note,
  verification: row.verification as Verification | null,
  assertedOn: row.asserted_on,
  withdrawnAt: row.withdrawn_at,
  visibility: visibilityOf(row.tier),
});

/** A JSON column of texts. */
export const readTexts = (value: Value | undefined): string[] =>
  typeof value === 'string' ? (JSON.parse(value) as string[]) : [];
