import { registerEnumType } from 'type-graphql';
import { FlowKind } from './flow-kind';

/** Which money a figure adds up: kinds of different stages are never added to each other. */
export enum CountedMoney {
  PLEDGED = 'PLEDGED',
  COMMITTED = 'COMMITTED',
  DISBURSED = 'DISBURSED',
}
registerEnumType(CountedMoney, {
  name: 'CountedMoney',
  description: 'Which money is counted. The three are never added to each other.',
  valuesConfig: {
    PLEDGED: { description: 'What was promised and is not yet firm, by the books of either side.' },
    COMMITTED: {
      description: 'What somebody is firmly obliged to give, by the books of either side.',
    },
    DISBURSED: {
      description:
        'What was put at the disposal of somebody else, by the books of either side; what two sides report is counted once.',
    },
  },
});

/** The kinds of flows that each counts: the giver's word for it and the receiver's. */
export const COUNTED_KINDS: Record<CountedMoney, readonly FlowKind[]> = {
  PLEDGED: [FlowKind.PLEDGE, FlowKind.INCOMING_PLEDGE],
  COMMITTED: [FlowKind.COMMITMENT, FlowKind.INCOMING_COMMITMENT],
  DISBURSED: [FlowKind.DISBURSEMENT, FlowKind.INCOMING_FUNDS],
};
