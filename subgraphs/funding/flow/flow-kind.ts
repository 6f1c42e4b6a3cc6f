import { registerEnumType } from 'type-graphql';

/** IATI TransactionType, by name. */
export enum FlowKind {
  INCOMING_FUNDS = 'INCOMING_FUNDS',
  COMMITMENT = 'COMMITMENT',
  DISBURSEMENT = 'DISBURSEMENT',
  EXPENDITURE = 'EXPENDITURE',
  INTEREST_PAYMENT = 'INTEREST_PAYMENT',
  LOAN_REPAYMENT = 'LOAN_REPAYMENT',
  REIMBURSEMENT = 'REIMBURSEMENT',
  PURCHASE_OF_EQUITY = 'PURCHASE_OF_EQUITY',
  SALE_OF_EQUITY = 'SALE_OF_EQUITY',
  CREDIT_GUARANTEE = 'CREDIT_GUARANTEE',
  INCOMING_COMMITMENT = 'INCOMING_COMMITMENT',
  PLEDGE = 'PLEDGE',
  INCOMING_PLEDGE = 'INCOMING_PLEDGE',
}
registerEnumType(FlowKind, {
  name: 'FlowKind',
  description:
    'What kind of movement of money: IATI codelist TransactionType. Kinds are never added together.',
  valuesConfig: {
    INCOMING_FUNDS: { description: 'Code 1: received by the reporter for the activity.' },
    COMMITMENT: { description: 'Code 2: a firm written obligation of the reporter to give.' },
    DISBURSEMENT: {
      description:
        'Code 3: put at the disposal of another organisation, or passed on to another activity.',
    },
    EXPENDITURE: { description: 'Code 4: spent on goods and services: the end of the line.' },
    INTEREST_PAYMENT: { description: 'Code 5: interest paid on a loan.' },
    LOAN_REPAYMENT: { description: 'Code 6: a loan paid back.' },
    REIMBURSEMENT: { description: 'Code 7: a repayment of money already spent.' },
    PURCHASE_OF_EQUITY: { description: 'Code 8: a share in a company bought.' },
    SALE_OF_EQUITY: { description: 'Code 9: a share in a company sold.' },
    CREDIT_GUARANTEE: { description: 'Code 10: a guarantee of somebody’s loan.' },
    INCOMING_COMMITMENT: {
      description: 'Code 11: a firm obligation of somebody to give to the reporter.',
    },
    PLEDGE: { description: 'Code 12: a promise of the reporter that is not yet firm.' },
    INCOMING_PLEDGE: { description: 'Code 13: a promise to the reporter that is not yet firm.' },
  },
});

/** Kinds that the receiving side reports: without a receiver named, the reporter is the receiver. */
export const INCOMING_KINDS: readonly FlowKind[] = [
  FlowKind.INCOMING_FUNDS,
  FlowKind.INCOMING_COMMITMENT,
  FlowKind.INCOMING_PLEDGE,
];

/** On what it rests that a body is the provider or receiver of a flow. */
export enum PartyBasis {
  IDENTIFIER = 'IDENTIFIER',
  NAME = 'NAME',
  REPORTER = 'REPORTER',
  ACTIVITY_REPORTER = 'ACTIVITY_REPORTER',
  ACTIVITY_REFERENCE = 'ACTIVITY_REFERENCE',
  SEVERAL = 'SEVERAL',
  INDIVIDUAL = 'INDIVIDUAL',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(PartyBasis, {
  name: 'PartyBasis',
  description: 'On what it rests that a body is the provider or receiver of a flow.',
  valuesConfig: {
    IDENTIFIER: { description: 'The record gives its identifier.' },
    NAME: { description: 'The record gives its name only.' },
    REPORTER: {
      description: 'The record names nobody, so the standard takes the reporter of the activity.',
    },
    ACTIVITY_REPORTER: {
      description: 'The record names an activity on the other side; this body reports it.',
    },
    ACTIVITY_REFERENCE: {
      description:
        'The record gives an organisation’s identifier where an activity’s belongs, as some publishers do.',
    },
    SEVERAL: {
      description:
        'The record names several and does not say whose part is how much, so the flow is given to none of them; the record’s parties name them all.',
    },
    INDIVIDUAL: { description: 'An individual, of whom nothing is kept in this graph.' },
    UNKNOWN: { description: 'Nobody is named, and nothing leads to one.' },
  },
});
