import { FtsObjectType } from '../../../subgraphs/funding';
import { LegalForm, OrganisationKind } from '../../../subgraphs/shared/vocabulary';
import type { Describe } from '../mentions';

/** An enum value as FTS writes it: `Pass through`, `incoming`, `GlobalCluster`. */
export const nameOf = (words: string): string =>
  words
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toUpperCase();

/** What kind of thing an object of a flow is. */
export const objectTypeOf = (words: string): FtsObjectType => {
  const name = nameOf(words);
  return Object.values(FtsObjectType).find((type) => type === name) ?? FtsObjectType.OTHER;
};

const NGOS: Record<string, OrganisationKind> = {
  INTERNATIONAL: OrganisationKind.INTERNATIONAL_NGO,
  NATIONAL: OrganisationKind.NATIONAL_NGO,
  LOCAL: OrganisationKind.NATIONAL_NGO,
  REGIONAL: OrganisationKind.REGIONAL_NGO,
};
const KINDS: Record<string, OrganisationKind> = {
  GOVERNMENT: OrganisationKind.GOVERNMENT,
  UN_AGENCY: OrganisationKind.MULTILATERAL,
  INTER_GOVERNMENTAL: OrganisationKind.MULTILATERAL,
  // Neither NGOs nor public, and IATI has no code for either.
  'RED_CROSS/RED_CRESCENT': OrganisationKind.OTHER,
  POOLED_FUND: OrganisationKind.OTHER,
};

/** Joins the types of an organisation to the one code that {@link describeOrganisation} reads. */
export const typeCodeOf = (types: readonly string[]): string | null =>
  types.length === 0 ? null : types.map(nameOf).join(' ');

/**
 * What FTS's type and sub-type of an organisation mean in IATI's terms; UNKNOWN where they do not tell,
 * as with `Private organization/foundation`.
 */
export const describeOrganisation: Describe = (code) => {
  const [type = '', subType = ''] = (code ?? '').split(' ');
  const kind = type === 'NGO' ? NGOS[subType] : KINDS[type];
  return {
    kind: kind ?? OrganisationKind.UNKNOWN,
    legalForm: type === 'POOLED_FUND' ? LegalForm.FUND : LegalForm.UNKNOWN,
  };
};
