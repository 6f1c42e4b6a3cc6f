import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { enumValue } from '../../shared/vocabulary';
import { PASSED_ON, type RegrantType } from '../grant/regrant-type';

/** What money is for. */
export enum PurposeKind {
  CORE = 'CORE',
  PROJECT = 'PROJECT',
  CONVENING = 'CONVENING',
  REGRANT = 'REGRANT',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(PurposeKind, {
  name: 'PurposeKind',
  description: 'What money is for.',
  valuesConfig: {
    CORE: {
      description:
        'The running of the body itself (OECD DAC aid types B01 and B02, 360Giving core funding).',
    },
    PROJECT: { description: 'A project or programme (aid types B03 and C01).' },
    CONVENING: {
      description:
        'Meetings, exchanges and dialogues, by the words of the title: no standard has a code for them.',
    },
    REGRANT: { description: 'To be granted onwards (360Giving regrant types FRG010 to FRG050).' },
    UNKNOWN: { description: 'The record does not say in a code that decides it.' },
  },
});

/** How freely its receiver may use money. */
export enum FlexibilityKind {
  UNEARMARKED = 'UNEARMARKED',
  SOFTLY_EARMARKED = 'SOFTLY_EARMARKED',
  EARMARKED = 'EARMARKED',
  TIGHTLY_EARMARKED = 'TIGHTLY_EARMARKED',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(FlexibilityKind, {
  name: 'FlexibilityKind',
  description: 'How freely its receiver may use money: IATI codelist EarmarkingCategory.',
  valuesConfig: {
    UNEARMARKED: { description: 'Code 1, or core support by aid type.' },
    SOFTLY_EARMARKED: { description: 'Code 2.' },
    EARMARKED: { description: 'Code 3.' },
    TIGHTLY_EARMARKED: { description: 'Code 4.' },
    UNKNOWN: { description: 'The record does not say.' },
  },
});

/** On what a purpose or flexibility rests. */
export enum CodingBasis {
  DECLARED = 'DECLARED',
  RULE = 'RULE',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(CodingBasis, {
  name: 'CodingBasis',
  description: 'On what a purpose or flexibility rests.',
  valuesConfig: {
    DECLARED: { description: 'The record’s own code for exactly this.' },
    RULE: { description: 'Follows from another code of the record, or from words of its title.' },
    UNKNOWN: { description: 'Nothing in the record tells.' },
  },
});

@ObjectType({ description: 'What money is for, and how that is known.' })
export class Purpose {
  @Field(() => PurposeKind, { description: 'What it is for.' })
  kind!: PurposeKind;

  @Field(() => CodingBasis, { description: 'How that is known.' })
  basis!: CodingBasis;
}

@ObjectType({ description: 'How freely its receiver may use money, and how that is known.' })
export class Flexibility {
  @Field(() => FlexibilityKind, { description: 'How freely.' })
  kind!: FlexibilityKind;

  @Field(() => CodingBasis, { description: 'How that is known.' })
  basis!: CodingBasis;
}

/** An aid type as IATI codes it: vocabulary 1 OECD DAC, 2 earmarking category, 3 modality, 4 cash. */
export interface AidType {
  vocabulary: string;
  code: string;
}

const codeIn = (aidTypes: readonly AidType[], vocabulary: string) =>
  aidTypes.find((aidType) => aidType.vocabulary === vocabulary)?.code ?? '';

/** Words of titles that are about bringing people together, in English, French and Spanish. */
const CONVENING =
  /\b(convenings?|dialogues?|di[aá]logos?|dialogue forums?|conf[eé]rences?|conferencias?|consultations?|consultas?|summits?|sommets?|cumbres?|symposi(?:um|a)|round ?-?tables?|tables? rondes?|(?:peace|learning|peer) exchanges?)(?!\p{L})/iu;

/**
 * The purpose of money whose title or description names a convening. What a record declares as core or
 * as onward grants stays that; a project that is a convening is a convening.
 */
export const withConvening = (purpose: Purpose, titles: readonly (string | null)[]): Purpose => {
  const isOpen = purpose.kind === PurposeKind.UNKNOWN || purpose.kind === PurposeKind.PROJECT;
  return isOpen && titles.some((title) => title !== null && CONVENING.test(title))
    ? { kind: PurposeKind.CONVENING, basis: CodingBasis.RULE }
    : purpose;
};

/** What aid types say of the purpose. B03 and C01 are projects; other codes decide nothing. */
export const purposeOf = (aidTypes: readonly AidType[]): Purpose => {
  const dac = codeIn(aidTypes, '1');
  if (/^B0[12]/.test(dac)) return { kind: PurposeKind.CORE, basis: CodingBasis.DECLARED };
  if (/^(B03|C01)/.test(dac)) return { kind: PurposeKind.PROJECT, basis: CodingBasis.DECLARED };
  return { kind: PurposeKind.UNKNOWN, basis: CodingBasis.UNKNOWN };
};

const EARMARKINGS: Record<string, FlexibilityKind> = {
  1: FlexibilityKind.UNEARMARKED,
  2: FlexibilityKind.SOFTLY_EARMARKED,
  3: FlexibilityKind.EARMARKED,
  4: FlexibilityKind.TIGHTLY_EARMARKED,
};

/** What aid types say of the flexibility: the earmarking category, else that core support is free. */
export const flexibilityOf = (aidTypes: readonly AidType[]): Flexibility => {
  const declared = EARMARKINGS[codeIn(aidTypes, '2')];
  if (declared) return { kind: declared, basis: CodingBasis.DECLARED };
  if (/^B0[12]/.test(codeIn(aidTypes, '1')))
    return { kind: FlexibilityKind.UNEARMARKED, basis: CodingBasis.RULE };
  return { kind: FlexibilityKind.UNKNOWN, basis: CodingBasis.UNKNOWN };
};

/** What a 360Giving record says that decides purpose and flexibility. */
export interface GrantTerms {
  regrantType: RegrantType | null;
  /** The titles and codes of its funding types: the record's own words for just this. */
  fundingTypes: readonly string[];
  /** Those of its classifications, which may be about anything. */
  classifications: readonly string[];
}

const CORE = /\b(core|unrestricted)\b/i;
const PROJECT = /\bproject\b/i;
const UNRESTRICTED = /\bunrestricted\b/i;
const RESTRICTED = /\brestricted\b/i;

/** The one of two readings that some words bear out, null for neither or both. */
const either = <T>(words: readonly string[], a: [RegExp, T], b: [RegExp, T]): T | null => {
  const [first, second] = [a, b].map(([pattern]) => words.some((word) => pattern.test(word)));
  return first === second ? null : first ? a[1] : b[1];
};

/** What a grant is for: onward grants, else what its funding type says, else its classifications. */
export const purposeOfGrant = (terms: GrantTerms): Purpose => {
  if (terms.regrantType !== null && PASSED_ON.has(terms.regrantType))
    return { kind: PurposeKind.REGRANT, basis: CodingBasis.DECLARED };
  for (const [words, basis] of [
    [terms.fundingTypes, CodingBasis.DECLARED],
    [terms.classifications, CodingBasis.RULE],
  ] as const) {
    const kind = either(words, [CORE, PurposeKind.CORE], [PROJECT, PurposeKind.PROJECT]);
    if (kind !== null) return { kind, basis };
  }
  return { kind: PurposeKind.UNKNOWN, basis: CodingBasis.UNKNOWN };
};

/** How free a grant is: what it says of restriction, else that core funding is free. */
export const flexibilityOfGrant = (terms: GrantTerms): Flexibility => {
  for (const [words, basis] of [
    [terms.fundingTypes, CodingBasis.DECLARED],
    [terms.classifications, CodingBasis.RULE],
  ] as const) {
    const kind = either(
      words,
      [UNRESTRICTED, FlexibilityKind.UNEARMARKED],
      [RESTRICTED, FlexibilityKind.EARMARKED],
    );
    if (kind !== null) return { kind, basis };
  }
  return purposeOfGrant(terms).kind === PurposeKind.CORE
    ? { kind: FlexibilityKind.UNEARMARKED, basis: CodingBasis.RULE }
    : { kind: FlexibilityKind.UNKNOWN, basis: CodingBasis.UNKNOWN };
};

/** What the Grand Bargain's terms, as FTS uses them, say of the flexibility; several say nothing. */
export const flexibilityOfEarmarkings = (earmarkings: readonly string[]): Flexibility => {
  const kinds = new Set(earmarkings.map((words) => enumValue(FlexibilityKind, words)));
  const [kind = null] = kinds;
  return kind !== null && kinds.size === 1 && kind !== FlexibilityKind.UNKNOWN
    ? { kind, basis: CodingBasis.DECLARED }
    : { kind: FlexibilityKind.UNKNOWN, basis: CodingBasis.UNKNOWN };
};
