import type { Verification } from '../../../subgraphs/shared/provenance';
import type { Visibility } from '../../../subgraphs/shared/viewer';
import type {
  Agenda,
  Constituency,
  LegalForm,
  OrganisationKind,
} from '../../../subgraphs/shared/vocabulary';

/** A date as exactly as it is known: `2024-05-31`, `2024-05` or `2024`. */
export type PartialDate = string;

/** What every record may say, whatever its kind. Absent keys are undefined; no default is filled in. */
interface Common {
  /** The record's id in its source; absent: the importer makes one of the content. */
  readonly id?: string;
  readonly url?: string;
  readonly citation?: string;
  readonly verification?: Verification;
  /** Absent: PUBLIC. */
  readonly visibility?: Visibility;
  /** A day, never less exact. */
  readonly assertedOn?: string;
  readonly note?: string;
  /** Absent: the source's. */
  readonly licence?: string;
}

interface Period {
  readonly from?: PartialDate;
  readonly to?: PartialDate;
}

/** Who says all that follows; the first record of a file, and the only one of its kind. */
export interface SourceRecord extends Common {
  readonly kind: 'source';
  readonly id: string;
  readonly title: string;
  readonly publisher?: string;
  readonly publisherName: string;
  readonly licence: string;
  readonly attribution?: string;
  /** A day or a time with its zone. */
  readonly retrievedAt: string;
  readonly fictional?: boolean;
}

/** One of `organisation` and `organisationName` at least. */
export interface OrganisationRecord extends Common {
  readonly kind: 'organisation';
  readonly organisation?: string;
  readonly organisationName?: string;
  readonly aliases?: readonly string[];
  readonly identifiers?: readonly string[];
  readonly organisationKind?: OrganisationKind;
  readonly legalForm?: LegalForm;
  readonly country?: string;
  readonly city?: string;
  readonly founded?: PartialDate;
  readonly dissolved?: PartialDate;
  readonly themes?: readonly string[];
  readonly constituencies?: readonly Constituency[];
  readonly languages?: readonly string[];
}

/** One of `organisation` and `organisationName` at least, and one of the figures; with amounts, `currency`. */
export interface AnnualFiguresRecord extends Common {
  readonly kind: 'annual-figures';
  readonly organisation?: string;
  readonly organisationName?: string;
  readonly year: string;
  readonly currency?: string;
  readonly income?: number;
  readonly secretariatBudget?: number;
  readonly requests?: number;
  readonly requestsMet?: number;
}

/** One of `organisation` and `organisationName` at least. */
export interface UnAccessRecord extends Common, Period {
  readonly kind: 'un-access';
  readonly organisation?: string;
  readonly organisationName?: string;
  readonly place: 'NEW_YORK' | 'GENEVA' | 'VIENNA' | 'NAIROBI';
  readonly form?: 'CONSULTATIVE_STATUS' | 'OFFICE' | 'SECRETARIAT_OF_COALITION' | 'OTHER';
}

/** One of `organisation` and `organisationName` at least. */
export interface SelfStatementRecord extends Common {
  readonly kind: 'self-statement';
  readonly organisation?: string;
  readonly organisationName?: string;
  readonly topic: 'IDENTITY' | 'GOVERNANCE' | 'FUNDING' | 'CORRECTION' | 'OTHER';
  readonly declaredModality?: 'NETWORK' | 'INTERMEDIARY' | 'BOTH' | 'NEITHER';
  readonly text: string;
  readonly lang?: string;
  readonly statedOn?: PartialDate;
  /** True: the body itself wrote this record. */
  readonly selfMade?: boolean;
}

/** Of each pair, identifier and name, one at least. */
export interface MembershipRecord extends Common, Period {
  readonly kind: 'membership';
  readonly member?: string;
  readonly memberName?: string;
  readonly network?: string;
  readonly networkName?: string;
  readonly role?: 'MEMBER' | 'FOUNDING_MEMBER' | 'ASSOCIATE' | 'OBSERVER' | 'COORDINATOR';
}

/** One of `network` and `networkName` at least, and one of the counts. */
export interface MemberCountRecord extends Common {
  readonly kind: 'member-count';
  readonly network?: string;
  readonly networkName?: string;
  readonly organisations?: number;
  readonly individuals?: number;
  readonly countedOn?: PartialDate;
}

/** One of `network` and `networkName` at least. */
export interface GoverningBodyRecord extends Common, Period {
  readonly kind: 'governing-body';
  readonly network?: string;
  readonly networkName?: string;
  readonly title: string;
  readonly bodyKind?: 'GENERAL_ASSEMBLY' | 'BOARD' | 'STEERING_GROUP' | 'SECRETARIAT' | 'COMMITTEE';
  readonly seatCount?: number;
  readonly rule?: string;
  /** Null says that it is not known; absent says nothing. */
  readonly composedByMembers?: boolean | null;
}

/** A seat is held by a body; no person is ever named. */
export interface SeatRecord extends Common, Period {
  readonly kind: 'seat';
  /** The id of a governing-body record in the same source; whether there is one is not checked here. */
  readonly governingBody: string;
  readonly title?: string;
  readonly holder?: string;
  readonly holderName?: string;
  readonly nominatedBy?: string;
  readonly nominatedByName?: string;
  readonly heldFor?: Constituency;
}

/** Of each pair, identifier and name, one at least. */
export interface HostArrangementRecord extends Common, Period {
  readonly kind: 'host-arrangement';
  readonly host?: string;
  readonly hostName?: string;
  readonly hosted?: string;
  readonly hostedName?: string;
  readonly form?: 'FISCAL_HOST' | 'FISCAL_SPONSOR' | 'LEGAL_HOST' | 'COORDINATOR';
  readonly feePercent?: number;
}

/** The lists of identifiers and of names are of different bodies: nothing pairs them. */
export interface ConveningRecord extends Common, Period {
  readonly kind: 'convening';
  readonly title: string;
  readonly conveningKind?:
    'MEETING' | 'DIALOGUE' | 'EXCHANGE' | 'TRAINING' | 'CONSULTATION' | 'ASSEMBLY';
  readonly organisers?: readonly string[];
  readonly organiserNames?: readonly string[];
  readonly participants?: readonly string[];
  readonly participantNames?: readonly string[];
  readonly speakers?: readonly string[];
  readonly speakerNames?: readonly string[];
  readonly country?: string;
  readonly city?: string;
  readonly processes?: readonly string[];
  /** The identifiers of the activities or grants that paid for it. */
  readonly fundedBy?: readonly string[];
  readonly themes?: readonly string[];
}

export interface PolicyDocumentRecord extends Common {
  readonly kind: 'policy-document';
  readonly symbol: string;
  readonly title: string;
  readonly organ?: string;
  readonly agenda?: readonly Agenda[];
  readonly adoptedOn?: PartialDate;
  readonly meeting?: string;
  /** The symbol of the document that another organ adopted beside it. */
  readonly twin?: string;
  readonly recalls?: readonly string[];
  readonly libraryUrl?: string;
}

export interface PolicyProcessRecord extends Common, Period {
  readonly kind: 'policy-process';
  /** The process's own id, by which other records mean it. */
  readonly process: string;
  readonly title: string;
  readonly processKind?:
    'NATIONAL_ACTION_PLAN' | 'REVIEW' | 'DIALOGUE' | 'FUND_DESIGN' | 'CONSULTATION';
  readonly agenda?: readonly Agenda[];
  readonly country?: string;
  readonly generation?: number;
  readonly status?: 'PLANNED' | 'IN_DEVELOPMENT' | 'ADOPTED' | 'EXPIRED' | 'COMPLETED';
  readonly adoptedOn?: PartialDate;
  readonly implements?: readonly string[];
  /** The processes that it prepares. */
  readonly towards?: readonly string[];
  /** The lists of identifiers and of names are of different bodies. */
  readonly ledBy?: readonly string[];
  readonly ledByNames?: readonly string[];
}

/** One of `organisation` and `organisationName` at least. */
export interface ParticipationRecord extends Common, Period {
  readonly kind: 'participation';
  readonly process: string;
  readonly organisation?: string;
  readonly organisationName?: string;
  readonly role?:
    'DRAFTER' | 'CONSULTED' | 'SPEAKER' | 'IMPLEMENTER' | 'MONITOR' | 'ADVISER' | 'FUNDER';
  readonly capacity?: 'OWN' | 'FOR_NETWORK';
  readonly forNetwork?: string;
  readonly forNetworkName?: string;
  readonly stage?:
    'DESIGN' | 'DRAFTING' | 'CONSULTATION' | 'VALIDATION' | 'IMPLEMENTATION' | 'MONITORING';
  readonly namedInOwnRight?: boolean;
}

/** Of each pair, identifier and name, one at least. */
export interface AgreementRecord extends Common, Period {
  readonly kind: 'agreement';
  readonly authority?: string;
  readonly authorityName?: string;
  readonly organisation?: string;
  readonly organisationName?: string;
  readonly title: string;
  readonly agreementKind?: 'MEMORANDUM' | 'SERVICE' | 'CONSULTATIVE' | 'OTHER';
}

/** One of `organisation` and `organisationName` at least. */
export interface SubmissionRecord extends Common {
  readonly kind: 'submission';
  readonly process: string;
  readonly organisation?: string;
  readonly organisationName?: string;
  readonly forNetwork?: string;
  readonly forNetworkName?: string;
  readonly title: string;
  readonly submissionKind?: 'STATEMENT' | 'WRITTEN_INPUT' | 'BRIEFING' | 'REPORT';
  readonly themes?: readonly string[];
  readonly supports?: readonly string[];
  readonly opposes?: readonly string[];
  /** The lists of identifiers and of names are of different bodies. */
  readonly cites?: readonly string[];
  readonly citesNames?: readonly string[];
  readonly from?: PartialDate;
}

export interface CommitmentRecord extends Common {
  readonly kind: 'commitment';
  /** The commitment's own id, by which implementations mean it. */
  readonly commitment: string;
  readonly symbol: string;
  readonly title: string;
  readonly paragraph?: string;
}

export interface ImplementationRecord extends Common, Period {
  readonly kind: 'implementation';
  readonly commitment: string;
  readonly title: string;
  readonly organisation?: string;
  readonly organisationName?: string;
  readonly process?: string;
  readonly activity?: string;
  readonly implementationStatus?: 'PLANNED' | 'UNDER_WAY' | 'DONE';
}

/** A record of the policy subgraph. */
export type PolicyRecord =
  | PolicyDocumentRecord
  | PolicyProcessRecord
  | ParticipationRecord
  | AgreementRecord
  | SubmissionRecord
  | CommitmentRecord
  | ImplementationRecord;

/** One record of a statements file, told apart by `kind`. */
export type StatementRecord =
  | SourceRecord
  | OrganisationRecord
  | AnnualFiguresRecord
  | UnAccessRecord
  | SelfStatementRecord
  | MembershipRecord
  | GoverningBodyRecord
  | MemberCountRecord
  | SeatRecord
  | HostArrangementRecord
  | ConveningRecord
  | PolicyRecord;

export type StatementKind = StatementRecord['kind'];

/** Something with its place: the file as the caller named it, and the line on which it begins. */
export interface Located<T> {
  readonly record: T;
  readonly file: string;
  readonly line: number;
}

/** A line that was not taken. The rest of its file was. */
export interface RejectedStatement {
  readonly status: 'rejected';
  readonly file: string;
  readonly line: number;
  /** The kind of fault, upper case with underscores. */
  readonly code: string;
  /** What is wrong, for the person who wrote the line. */
  readonly reason: string;
}

/** What became of one line. */
export type ParsedStatement =
  ({ readonly status: 'record' } & Located<StatementRecord>) | RejectedStatement;
