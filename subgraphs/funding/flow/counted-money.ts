import { registerEnumType } from 'type-graphql';
import { FlowKind } from './flow-kind';

/** Kinds of money that a sum is over, of which no two are ever added together. */
export enum CountedMoney {
  PLEDGED = 'PLEDGED',
  COMMITTED = 'COMMITTED',
  DISBURSED = 'DISBURSED',
  FUNDING = 'FUNDING',
}
registerEnumType(CountedMoney, {
  name: 'CountedMoney',
  description:
    'Which money is added up. Pledges, commitments and payments of the same money are reported one after the other, so they are never added together.',
  valuesConfig: {
    PLEDGED: { description: 'Promised, not binding: kinds PLEDGE and INCOMING_PLEDGE.' },
    COMMITTED: { description: 'Bound: kinds COMMITMENT and INCOMING_COMMITMENT.' },
    DISBURSED: {
      description:
        'Paid to another organisation or into another activity: kinds DISBURSEMENT and INCOMING_FUNDS.',
    },
    FUNDING: {
      description:
        'FTS’s funding: paid or committed. Flows of FTS only, where a flow is in one status at a time; other standards report a commitment and its payments both, so theirs are left out.',
    },
  },
});

/** The kinds of flows that are one kind of money. */
export const COUNTED_KINDS: Record<CountedMoney, readonly FlowKind[]> = {
  PLEDGED: [FlowKind.PLEDGE, FlowKind.INCOMING_PLEDGE],
  COMMITTED: [FlowKind.COMMITMENT, FlowKind.INCOMING_COMMITMENT],
  DISBURSED: [FlowKind.DISBURSEMENT, FlowKind.INCOMING_FUNDS],
  FUNDING: [FlowKind.COMMITMENT, FlowKind.DISBURSEMENT],
};
