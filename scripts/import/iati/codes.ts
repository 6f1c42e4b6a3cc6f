import { FlowKind } from '../../../subgraphs/funding';

/** TransactionType of 2.0x, and the letters of 1.0x (R is Reimbursement, LR Loan Repayment). */
const KINDS: Record<string, FlowKind> = {
  1: FlowKind.INCOMING_FUNDS,
  IF: FlowKind.INCOMING_FUNDS,
  2: FlowKind.COMMITMENT,
  C: FlowKind.COMMITMENT,
  3: FlowKind.DISBURSEMENT,
  D: FlowKind.DISBURSEMENT,
  4: FlowKind.EXPENDITURE,
  E: FlowKind.EXPENDITURE,
  5: FlowKind.INTEREST_PAYMENT,
  IR: FlowKind.INTEREST_PAYMENT,
  6: FlowKind.LOAN_REPAYMENT,
  LR: FlowKind.LOAN_REPAYMENT,
  7: FlowKind.REIMBURSEMENT,
  R: FlowKind.REIMBURSEMENT,
  8: FlowKind.PURCHASE_OF_EQUITY,
  QP: FlowKind.PURCHASE_OF_EQUITY,
  9: FlowKind.SALE_OF_EQUITY,
  QS: FlowKind.SALE_OF_EQUITY,
  10: FlowKind.CREDIT_GUARANTEE,
  CG: FlowKind.CREDIT_GUARANTEE,
  11: FlowKind.INCOMING_COMMITMENT,
  12: FlowKind.PLEDGE,
  13: FlowKind.INCOMING_PLEDGE,
};

/** The names of the codelist, which some publishers of 1.0x wrote in place of its codes. */
const NAMED: Record<string, FlowKind> = {
  'INCOMING FUNDS': FlowKind.INCOMING_FUNDS,
  COMMITMENT: FlowKind.COMMITMENT,
  DISBURSEMENT: FlowKind.DISBURSEMENT,
  EXPENDITURE: FlowKind.EXPENDITURE,
  'INTEREST REPAYMENT': FlowKind.INTEREST_PAYMENT,
  'LOAN REPAYMENT': FlowKind.LOAN_REPAYMENT,
  REIMBURSEMENT: FlowKind.REIMBURSEMENT,
  'PURCHASE OF EQUITY': FlowKind.PURCHASE_OF_EQUITY,
  'SALE OF EQUITY': FlowKind.SALE_OF_EQUITY,
  'CREDIT GUARANTEE': FlowKind.CREDIT_GUARANTEE,
};

/** The kind of flow that a transaction type means, or null for a code that no version has. */
export const kindOfTransaction = (code: string | null): FlowKind | null => {
  const written = (code ?? '').toUpperCase();
  return KINDS[written] ?? NAMED[written] ?? null;
};

/** OrganisationRole of 2.0x, and the words of 1.0x. */
const ROLES: Record<string, string> = {
  1: 'FUNDING',
  FUNDING: 'FUNDING',
  2: 'ACCOUNTABLE',
  ACCOUNTABLE: 'ACCOUNTABLE',
  3: 'EXTENDING',
  EXTENDING: 'EXTENDING',
  4: 'IMPLEMENTING',
  IMPLEMENTING: 'IMPLEMENTING',
};

/** The role in an activity that a code or word means, UNKNOWN for any other. */
export const roleOf = (code: string | null): string =>
  ROLES[(code ?? '').toUpperCase()] ?? 'UNKNOWN';

const STATUSES: Record<string, string> = {
  1: 'PIPELINE',
  2: 'IMPLEMENTATION',
  3: 'FINALISATION',
  4: 'CLOSED',
  5: 'CANCELLED',
  6: 'SUSPENDED',
};

/** The ActivityStatus that a code means, UNKNOWN for any other. */
export const statusOf = (code: string | null): string => STATUSES[code ?? ''] ?? 'UNKNOWN';

const RELATIONS: Record<string, string> = {
  1: 'PARENT',
  2: 'CHILD',
  3: 'SIBLING',
  4: 'CO_FUNDED',
  5: 'THIRD_PARTY',
};

/** The RelatedActivityType that a code means, or null. */
export const relationOf = (code: string | null): string | null => RELATIONS[code ?? ''] ?? null;
