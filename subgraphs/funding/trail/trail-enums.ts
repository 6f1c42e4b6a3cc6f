import { registerEnumType } from 'type-graphql';

/** Why a trail goes no further. */
export enum TrailEnd {
  RETAINED = 'RETAINED',
  UNKNOWN_RECEIVER = 'UNKNOWN_RECEIVER',
  CYCLE = 'CYCLE',
  MAX_HOPS = 'MAX_HOPS',
  REPAID = 'REPAID',
  REACHED = 'REACHED',
}
registerEnumType(TrailEnd, {
  name: 'TrailEnd',
  description: 'Why a trail goes no further.',
  valuesConfig: {
    RETAINED: {
      description: 'The body kept or spent it: no record of the period says that it was passed on.',
    },
    UNKNOWN_RECEIVER: {
      description: 'It was passed on to somebody whom nobody names, or whom you may not see.',
    },
    CYCLE: { description: 'It came back to a body that it had gone through: it circulates.' },
    MAX_HOPS: { description: 'It went further, through more bodies than were asked for.' },
    REPAID: {
      description:
        'Corrections and repayments outweigh what was paid in the period, so the amount is below zero.',
    },
    REACHED: {
      description: 'It arrived at the body that was asked for, whatever came of it then.',
    },
  },
});

/** On what it rests that a donor's money went on. */
export enum TrailBasis {
  RECORDED = 'RECORDED',
  ACTIVITY_LINK = 'ACTIVITY_LINK',
  PRO_RATA = 'PRO_RATA',
}
registerEnumType(TrailBasis, {
  name: 'TrailBasis',
  description: 'On what it rests that a donor’s money went on.',
  valuesConfig: {
    RECORDED: { description: 'The records have it: the donor’s own payment.' },
    ACTIVITY_LINK: {
      description:
        'It was paid out of the activity that the money came in for, or out of a part of that activity.',
    },
    PRO_RATA: {
      description:
        'The records do not say out of what it was paid, so each payment is taken to hold of everybody’s money as much as the payer’s income did.',
    },
  },
});
