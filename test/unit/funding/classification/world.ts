import type {
  BodyFacts,
  GoverningFact,
  HostFact,
  MoneyFact,
} from '../../../../subgraphs/funding/classification/facts';

let records = 0;

/** A record to point at; its number says nothing. */
export const ref = (kind: string) => ({ kind, id: `${kind}-${(records += 1)}` });

/** The three years up to the end of 2025. */
export const PERIOD = { from: '2023-01-01', to: '2026-01-01' };

export const member = (
  id: string,
  from: string | null = '2015',
  to: string | null = null,
  role = 'MEMBER',
) => ({
  id,
  role,
  from,
  to,
  ref: ref('membership'),
});

export const seat = (holder: string | null, nominatedBy: string | null = null) => ({
  holder,
  nominatedBy,
  from: null,
  to: null,
  ref: ref('seat'),
});

export const board = (more: Partial<GoverningFact> = {}): GoverningFact => ({
  kind: 'BOARD',
  title: 'Board',
  seatCount: null,
  composedByMembers: null,
  from: null,
  to: null,
  verified: true,
  seats: [],
  ref: ref('governing-body'),
  ...more,
});

/** Flows with one other body, in whole SDR. */
export const flows = (
  otherId: string | null,
  amount: number,
  more: Partial<MoneyFact> = {},
): MoneyFact => ({
  otherId,
  hostId: null,
  amount: BigInt(amount) * 1_000_000_000n,
  flows: 1,
  unconvertible: 0,
  fixed: 0n,
  named: [],
  refs: [ref('flow')],
  ...more,
});

/** What came and what went, as transfers. */
export const transfers = (incoming: MoneyFact[], outgoing: MoneyFact[], reportsPayments = true) => [
  { kind: 'TRANSFER' as const, incoming, outgoing, held: [], reportsPayments },
];

/** HOST hosts a body: the body itself, unless it is said whom. */
export const hosting = (more: Partial<HostFact> = {}): HostFact => ({
  hostId: 'HOST',
  hostedId: 'HUB',
  form: 'FISCAL_HOST',
  from: null,
  to: null,
  ref: ref('host'),
  ...more,
});

/** A body of which nothing is on record but what the test says. */
export const body = (facts: Partial<BodyFacts> = {}): BodyFacts => ({
  id: 'HUB',
  names: new Map([['A', 'Aster']]),
  kind: 'INTERNATIONAL_NGO',
  legalForm: 'LEGAL_ENTITY',
  constituencies: [],
  members: [],
  counts: [],
  descendants: new Set(facts.members?.map(({ id }) => id)),
  belongsTo: [],
  governing: [],
  joint: [],
  hosts: [],
  hosted: [],
  declarations: [],
  channels: [],
  money: [],
  hostedFundsUnknown: false,
  ...facts,
});

/** Three members that elect the board: a network, whatever its money. */
export const NETWORK_OF_THREE = {
  members: [member('A'), member('B'), member('C')],
  governing: [board({ composedByMembers: true })],
};
