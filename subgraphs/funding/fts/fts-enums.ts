import { registerEnumType } from 'type-graphql';

/** Where a flow stands relative to the search that found it. */
export enum FtsBoundary {
  INCOMING = 'INCOMING',
  INTERNAL = 'INTERNAL',
  OUTGOING = 'OUTGOING',
}
registerEnumType(FtsBoundary, {
  name: 'FtsBoundary',
  description:
    'Where an FTS flow stands relative to the search whose answer the source is: another search may say otherwise of the same flow.',
  valuesConfig: {
    INCOMING: { description: 'From outside what was searched for into it.' },
    INTERNAL: { description: 'Both sides are inside: money that was counted when it came in.' },
    OUTGOING: { description: 'From inside to outside.' },
  },
});

/** Whether something belongs to one place or year only. */
export enum FtsBehaviour {
  SINGLE = 'SINGLE',
  SHARED = 'SHARED',
}
registerEnumType(FtsBehaviour, {
  name: 'FtsBehaviour',
  description: 'Whether an FTS flow, or one object on a side of it, stands alone.',
  valuesConfig: {
    SINGLE: { description: 'It is the only one of its type; the flow is wholly its.' },
    SHARED: {
      description:
        'It shares the flow with others; of a flow: places or years beyond the search share it, so that no total includes it.',
    },
  },
});

export enum FtsStatus {
  PLEDGE = 'PLEDGE',
  COMMITMENT = 'COMMITMENT',
  PAID = 'PAID',
}
registerEnumType(FtsStatus, {
  name: 'FtsStatus',
  description: 'How firm an FTS flow is. A flow is in one status at a time.',
  valuesConfig: {
    PLEDGE: { description: 'Announced, not binding.' },
    COMMITMENT: { description: 'Bound by contract, not yet transferred.' },
    PAID: { description: 'Transferred.' },
  },
});

export enum FtsFlowType {
  STANDARD = 'STANDARD',
  PARKED = 'PARKED',
  PASS_THROUGH = 'PASS_THROUGH',
  CARRYOVER = 'CARRYOVER',
}
registerEnumType(FtsFlowType, {
  name: 'FtsFlowType',
  description: 'What kind of flow it is to FTS.',
  valuesConfig: {
    STANDARD: { description: 'From one organisation to another.' },
    PARKED: { description: 'Not yet allocated: its child flows say to whom and what it goes.' },
    PASS_THROUGH: { description: 'Handed on through an organisation that does not use it.' },
    CARRYOVER: { description: 'Left over from an earlier year.' },
  },
});

export enum FtsSide {
  SOURCE = 'SOURCE',
  DESTINATION = 'DESTINATION',
}
registerEnumType(FtsSide, {
  name: 'FtsSide',
  description: 'A side of an FTS flow.',
  valuesConfig: {
    SOURCE: { description: 'Where the money comes from.' },
    DESTINATION: { description: 'Where it goes.' },
  },
});

/** What kind of thing stands on a side of a flow. */
export enum FtsObjectType {
  ORGANIZATION = 'ORGANIZATION',
  LOCATION = 'LOCATION',
  USAGE_YEAR = 'USAGE_YEAR',
  PLAN = 'PLAN',
  PROJECT = 'PROJECT',
  EMERGENCY = 'EMERGENCY',
  CLUSTER = 'CLUSTER',
  GLOBAL_CLUSTER = 'GLOBAL_CLUSTER',
  OTHER = 'OTHER',
}
registerEnumType(FtsObjectType, {
  name: 'FtsObjectType',
  description: 'What kind of thing stands on a side of an FTS flow.',
  valuesConfig: {
    ORGANIZATION: { description: 'Who gives or receives.' },
    LOCATION: { description: 'A country or a wider place.' },
    USAGE_YEAR: { description: 'A year in which the money is used.' },
    PLAN: { description: 'A humanitarian plan or appeal.' },
    PROJECT: { description: 'A project of a plan.' },
    EMERGENCY: { description: 'An emergency.' },
    CLUSTER: { description: 'A cluster of a plan.' },
    GLOBAL_CLUSTER: { description: 'A global cluster, common to all plans.' },
    OTHER: { description: 'A type that this graph does not know.' },
  },
});
