import { compareTexts } from '../../shared/ids';

/** Points at the record that a fact was taken from. */
export interface Ref {
  /** What kind of record: `membership`, `governing-body`, `seat`, `convening`, `self-statement`, `host`, `flow`. */
  kind: string;
  /** The record's id in this graph. */
  id: string;
}

/** A body in somebody's membership. */
export interface MemberFact {
  id: string;
  role: string;
  from: string | null;
  to: string | null;
  ref: Ref;
}

/** How many members a source counts, without naming them. */
export interface CountFact {
  organisations: number | null;
  individuals: number | null;
  on: string | null;
  verified: boolean;
  ref: Ref;
}

export interface SeatFact {
  holder: string | null;
  nominatedBy: string | null;
  from: string | null;
  to: string | null;
  ref: Ref;
}

export interface GoverningFact {
  kind: string | null;
  title: string;
  seatCount: number | null;
  /** Whether the members compose or elect it, by its rules; null: no source says. */
  composedByMembers: boolean | null;
  from: string | null;
  to: string | null;
  verified: boolean;
  seats: readonly SeatFact[];
  ref: Ref;
}

/** Something that bodies did together: they met, or the first gave money to the second, which a flow shows. */
export interface JointFact {
  bodies: readonly string[];
  ref: Ref;
}

export interface HostFact {
  hostId: string;
  hostedId: string;
  form: string;
  from: string | null;
  to: string | null;
  ref: Ref;
}

/** What the body calls itself. */
export interface DeclarationFact {
  declared: 'NETWORK' | 'INTERMEDIARY' | 'BOTH' | 'NEITHER';
  on: string | null;
  selfMade: boolean;
  ref: Ref;
}

/** Flows of the period between the body and one other, added up. */
export interface MoneyFact {
  /** Null: nobody says who the other is. */
  otherId: string | null;
  /** The host that got or paid it for the body, as a record says; null: the body itself did. */
  hostId: string | null;
  /** In billionths of an SDR; of what could be converted. */
  amount: bigint;
  flows: number;
  /** Flows that could not be converted and are in no amount. */
  unconvertible: number;
  /** Of the amount, what the donor gave with the end recipients already fixed. */
  fixed: bigint;
  /** Of what is fixed, the donor's records that name who implements in the place of the body. */
  named: readonly { ids: readonly string[]; ref: Ref }[];
  /** Some of the flows. */
  refs: readonly Ref[];
}

/** What a host got and paid in the period for one body that it hosts, as records say: none of it is its own. */
export interface HeldFact {
  hostedId: string;
  /** In billionths of an SDR. */
  got: bigint;
  paid: bigint;
  flows: number;
  refs: readonly Ref[];
}

/** The money of one kind, commitments or transfers, which are never added to each other. */
export interface MoneyFacts {
  kind: 'TRANSFER' | 'COMMITMENT';
  incoming: readonly MoneyFact[];
  outgoing: readonly MoneyFact[];
  /** Money that went through it for bodies that it hosts. */
  held: readonly HeldFact[];
  /** Whether the body itself reports what it pays, so that what is not reported was not paid. */
  reportsPayments: boolean;
}

/** All that is on record of one body and that a classification looks at, whoever's records they are. */
export interface BodyFacts {
  id: string;
  /** What the bodies that the facts name are called, by id. */
  names: ReadonlyMap<string, string>;
  kind: string;
  legalForm: string;
  constituencies: readonly string[];
  members: readonly MemberFact[];
  counts: readonly CountFact[];
  /** Members in force and their members, however deep; the body itself is none of them. */
  descendants: ReadonlySet<string>;
  /** Networks that it belongs to. */
  belongsTo: readonly MemberFact[];
  governing: readonly GoverningFact[];
  joint: readonly JointFact[];
  /** Who hosts it. */
  hosts: readonly HostFact[];
  /** Coalitions that it hosts. */
  hosted: readonly HostFact[];
  declarations: readonly DeclarationFact[];
  /** CRS channels and kinds under which others list it, such as `32000`. */
  channels: readonly { code: string; ref: Ref }[];
  money: readonly MoneyFacts[];
  /** Whether money came to a host of it of which no record says for whom. */
  hostedFundsUnknown: boolean;
}

const byRef = <T extends { ref: Ref }>(facts: readonly T[]): T[] =>
  [...facts].sort((a, b) => compareTexts(a.ref.id, b.ref.id));

const byOther = (facts: readonly MoneyFact[]): MoneyFact[] =>
  facts
    .map((fact) => ({ ...fact, refs: [...fact.refs].sort((a, b) => compareTexts(a.id, b.id)) }))
    .sort(
      (a, b) =>
        compareTexts(a.otherId ?? '', b.otherId ?? '') ||
        compareTexts(a.hostId ?? '', b.hostId ?? '') ||
        compareTexts(a.refs[0]?.id ?? '', b.refs[0]?.id ?? ''),
    );

/** The same facts in an order that depends on nothing but what they are. */
export const inOrder = (facts: BodyFacts): BodyFacts => ({
  ...facts,
  members: byRef(facts.members),
  counts: byRef(facts.counts),
  belongsTo: byRef(facts.belongsTo),
  governing: byRef(facts.governing).map((body) => ({ ...body, seats: byRef(body.seats) })),
  joint: byRef(facts.joint),
  hosts: byRef(facts.hosts),
  hosted: byRef(facts.hosted),
  declarations: byRef(facts.declarations),
  channels: byRef(facts.channels),
  money: facts.money.map((money) => ({
    ...money,
    incoming: byOther(money.incoming),
    outgoing: byOther(money.outgoing),
    held: [...money.held].sort((a, b) => compareTexts(a.hostedId, b.hostedId)),
  })),
});

/** From the first day to the day after the last, ISO 8601. */
export interface Period {
  from: string;
  to: string;
}
