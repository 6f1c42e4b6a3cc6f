import {
  readTexts,
  type Stamp,
  VERIFICATION_ORDER,
  type Verification,
} from '../../shared/provenance';
import { LegalForm, OrganisationKind } from '../../shared/vocabulary';

/** What one record of one source says of a body. */
export interface OrganisationRecord extends Stamp {
  key: string;
  name: string | null;
  aliases: string;
  identifiers: string;
  kind: string;
  legal_form: string;
  country: string | null;
  city: string | null;
  founded: string | null;
  dissolved: string | null;
  themes: string;
  constituencies: string;
  languages: string;
  authority: number;
  hash: string;
}

/** An identifier as a source wrote it, and the form it is compared by. */
export interface WrittenIdentifier {
  raw: string;
  key: string;
}

/** What all visible records together say of a body. */
export interface Description {
  name: string;
  aliases: string[];
  identifiers: WrittenIdentifier[];
  kind: OrganisationKind;
  legalForm: LegalForm;
  country: string | null;
  city: string | null;
  founded: string | null;
  dissolved: string | null;
  themes: string[];
  constituencies: string[];
  /** BCP 47. */
  languages: string[];
}

const distinct = <T>(values: readonly T[], keyOf: (value: T) => string): T[] =>
  [...new Map(values.map((value) => [keyOf(value), value] as const).reverse()).values()].reverse();

const rankOf = (record: OrganisationRecord): string =>
  [
    record.withdrawn_at === null ? 0 : 1,
    record.authority,
    record.verification === null
      ? 1
      : VERIFICATION_ORDER.indexOf(record.verification as Verification),
    record.source_id,
    record.record_id,
  ].join('\u0001');

/**
 * The records in the order in which they are believed: those that stand before those withdrawn, a
 * body's own words before others', checked before unchecked; the rest by name, so that the order of
 * imports never matters.
 */
export const byAuthority = (records: readonly OrganisationRecord[]): OrganisationRecord[] =>
  records
    .map((record) => ({ record, rank: rankOf(record) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ record }) => record);

/** Describes a body from its records: for each property, what the most believed record says. */
export const describe = (id: string, records: readonly OrganisationRecord[]): Description => {
  const ordered = byAuthority(records);
  const first = <T>(read: (record: OrganisationRecord) => T | null): T | null => {
    for (const record of ordered) {
      const value = read(record);
      if (value !== null) return value;
    }
    return null;
  };
  const known = <T extends string>(value: string, unknown: T): T | null =>
    value === unknown ? null : (value as T);
  const name = first((record) => record.name) ?? id;
  const names = ordered.flatMap((record) => [
    ...(record.name === null ? [] : [record.name]),
    ...readTexts(record.aliases),
  ]);
  return {
    name,
    aliases: [...new Set(names)].filter((alias) => alias !== name),
    identifiers: distinct(
      ordered.flatMap((record) => JSON.parse(record.identifiers) as WrittenIdentifier[]),
      ({ raw }) => raw,
    ),
    kind:
      first((record) => known(record.kind, OrganisationKind.UNKNOWN)) ?? OrganisationKind.UNKNOWN,
    legalForm: first((record) => known(record.legal_form, LegalForm.UNKNOWN)) ?? LegalForm.UNKNOWN,
    country: first((record) => record.country),
    city: first((record) => record.city),
    founded: first((record) => record.founded),
    dissolved: first((record) => record.dissolved),
    themes: [...new Set(ordered.flatMap((record) => readTexts(record.themes)))],
    constituencies: [...new Set(ordered.flatMap((record) => readTexts(record.constituencies)))],
    languages: [...new Set(ordered.flatMap((record) => readTexts(record.languages)))],
  };
};
