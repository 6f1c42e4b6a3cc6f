import { Field, ObjectType, registerEnumType } from 'type-graphql';

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
    CORE: { description: 'The running of the body itself (OECD DAC aid types B01 and B02).' },
    PROJECT: { description: 'A project or programme (aid types B03 and C01).' },
    CONVENING: { description: 'Meetings, exchanges and dialogues.' },
    REGRANT: { description: 'To be granted onwards.' },
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
    RULE: { description: 'Follows from another code of the record.' },
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
