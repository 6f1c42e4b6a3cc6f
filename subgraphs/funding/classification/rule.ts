import { LegalForm, OrganisationKind } from '../../shared/vocabulary';

/** One version of a rule by which networks are told apart from intermediaries. Never changed once published. */
export interface ClassificationRule {
  /** Its name and version, by which answers refer to it. */
  version: string;
  /** ISO 8601: since when it can be asked for. */
  since: string;
  /** The rule in words, for people who have to live with it. */
  text: string;
  /** Length of the period that ends with the day asked for, unless the question says otherwise. */
  months: number;
  /** I1: so many member organisations at least. */
  members: number;
  /** I2: this share of the seats at least. */
  seats: number;
  /** I3: this share of the members has worked with another without the hub; or this density of ties. */
  reciprocity: number;
  density: number;
  /** I4: this share of income at least is passed on to organisations. */
  passedOn: number;
  /** I4 and I5: this share of income at least goes on to organisations that are no members. */
  passedToOthers: number;
  /** Money counts as known from this share of it on. */
  coverage: number;
  /** As what a body belongs that counts as a member. */
  memberRoles: readonly string[];
  /** The governing bodies that decide, the highest first; a body of no stated kind comes last. */
  decidingBodies: readonly string[];
  /** Kinds and legal forms of bodies that have no member organisations, unless the record shows some. */
  kindsWithoutMembers: readonly OrganisationKind[];
  formsWithoutMembers: readonly LegalForm[];
}

const NI_1: ClassificationRule = {
  version: 'NI-1/1',
  since: '2026-11-25',
  text: [
    'A body is a network if at least 3 organisations are its members and these members decide: half or more of the seats of its highest governing body are held or filled by them, or its statutes leave the decision to an assembly or to people that the members choose. It is not a network if either is known to be otherwise.',
    'A body is an intermediary if at least 20 % of its income in the period went on to organisations, and at least 10 % went on to organisations that are neither its members nor members of its members. It is not an intermediary if either is known to be otherwise. If its income, or what it passed on, is unknown, or known for less than half, this is unknown.',
    'Both: HYBRID. The first only: NETWORK. The second only: INTERMEDIARY. Neither: NEITHER. If something unknown could change the outcome: INSUFFICIENT_EVIDENCE, with a list of what is missing.',
    'One exception, agreed in the open: a body that is a network and whose money is unknown is a NETWORK, marked PROVISIONAL, because networks often get none.',
    'What a body calls itself is shown beside the outcome and never decides it.',
  ].join('\n'),
  months: 36,
  members: 3,
  seats: 0.5,
  reciprocity: 0.3,
  density: 0.1,
  passedOn: 0.2,
  passedToOthers: 0.1,
  coverage: 0.5,
  memberRoles: ['MEMBER', 'FOUNDING_MEMBER', 'COORDINATOR'],
  decidingBodies: ['GENERAL_ASSEMBLY', 'BOARD', 'STEERING_GROUP'],
  kindsWithoutMembers: [
    OrganisationKind.GOVERNMENT,
    OrganisationKind.LOCAL_GOVERNMENT,
    OrganisationKind.OTHER_PUBLIC_SECTOR,
    OrganisationKind.PRIVATE_SECTOR,
    OrganisationKind.PRIVATE_SECTOR_PROVIDER,
    OrganisationKind.PRIVATE_SECTOR_AID_RECIPIENT,
    OrganisationKind.PRIVATE_SECTOR_THIRD_COUNTRY,
    OrganisationKind.ACADEMIC,
  ],
  formsWithoutMembers: [LegalForm.FUND],
};

/** The same questions with higher bars: to see how much outcomes hang on where the bars are. */
const NI_1_STRICT: ClassificationRule = {
  ...NI_1,
  version: 'NI-1/strict',
  text: [
    'NI-1 with higher bars, for comparison only: it is never used unless it is asked for by name. What changes between the two rests on where the bars are, and not on what is known.',
    'A network needs 5 member organisations that hold or fill 60 % of the seats or choose by its statutes; an intermediary passes on 25 % of its income, 15 % to others than its members; money counts as known from 60 % of it.',
    'In all else it reads as NI-1/1.',
  ].join('\n'),
  members: 5,
  seats: 0.6,
  passedOn: 0.25,
  passedToOthers: 0.15,
  coverage: 0.6,
};

/** The rule that is used if nobody names one. */
export const DEFAULT_RULE: ClassificationRule = NI_1;

/** All versions ever published; the one that is used if nobody names one comes first. */
export const CLASSIFICATION_RULES: readonly ClassificationRule[] = [DEFAULT_RULE, NI_1_STRICT];

/** The rule of a version; of none, the default. Null if there is no such version. */
export const ruleOf = (version?: string | null): ClassificationRule | null =>
  version ? (CLASSIFICATION_RULES.find((rule) => rule.version === version) ?? null) : DEFAULT_RULE;

/** The thresholds of rules, by which two versions can be compared one at a time. */
export const THRESHOLDS = [
  'members',
  'seats',
  'passedOn',
  'passedToOthers',
  'coverage',
] as const satisfies readonly (keyof ClassificationRule)[];
