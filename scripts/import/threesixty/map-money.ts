import { Big } from 'big.js';
import { FlowKind, PartyBasis } from '../../../subgraphs/funding';
import { hashOf } from '../../../subgraphs/shared/ids';
import type { Value } from '../../../subgraphs/shared/db';
import type { NewRecord } from '../../../subgraphs/shared/records';
import type { JsonObject } from '../json';
import { createDistinct } from '../distinct';
import type { BodiesReader, GrantSide } from './bodies';
import { type Amount, amountOf, dayOf, momentOf, objectsOf, textOf } from '../json-values';

/** What is wrong in a grant, before file and line are known. */
export interface GrantFault {
  status: 'REJECTED' | 'NOTED';
  code: string;
  reason: string;
}

/** What all flows of a grant have in common. */
export interface GrantMoney {
  recordId: string;
  currency: string;
  funder: GrantSide;
  recipient: GrantSide;
  publisher: string;
  /** Of both sides, and of whose activity and what kind of grant it is. */
  columns: Record<string, Value>;
  stamp: Pick<NewRecord, 'visibility' | 'licence' | 'url'>;
  shares: Record<string, Value>[];
}

interface Movement {
  id: string;
  kind: FlowKind;
  date: string;
  valueDate?: string | null;
  amount: Amount;
  currency: string;
  provider: Pick<GrantSide, 'key' | 'basis'>;
  receiver: Pick<GrantSide, 'key' | 'basis'>;
  description: string | null;
}

const toFlow = (movement: Movement, { columns, stamp, shares }: GrantMoney): NewRecord => ({
  ...stamp,
  recordId: movement.id,
  values: {
    kind: movement.kind,
    date: movement.date,
    ...movement.amount,
    currency: movement.currency,
    value_date: movement.valueDate ?? null,
    provider_key: movement.provider.key,
    provider_basis: movement.provider.basis,
    standard: '360GIVING',
    provider_named_key: movement.provider.key,
    receiver_key: movement.receiver.key,
    receiver_basis: movement.receiver.basis,
    receiver_named_key: movement.receiver.key,
    description: movement.description,
    ...columns,
  },
  children: { flow_shares: shares },
});

/**
 * Makes flows of the money of a grant. Where a record lists transactions, they are its money, and the
 * total that they add up to is no flow beside them.
 */
export const createMoneyMapper = (bodies: BodiesReader, fault: (fault: GrantFault) => void) => {
  const movementsOf = (
    transactions: readonly JsonObject[],
    kind: FlowKind,
    of: GrantMoney,
  ): Movement[] => {
    const distinct = createDistinct();
    return transactions.flatMap((transaction, index) => {
      const amount = amountOf(transaction.value);
      const date = dayOf(transaction.transactionDate) ?? dayOf(transaction.valueDate);
      if (!amount || date === null) {
        fault({
          status: 'REJECTED',
          code: amount ? 'TRANSACTION_WITHOUT_DATE' : 'TRANSACTION_WITHOUT_VALUE',
          reason: `its ${kind.toLowerCase()} transaction ${index + 1} has ${
            amount ? 'no date' : 'no value that is a number'
          }.`,
        });
        return [];
      }
      const provider = bodies.byId(textOf(transaction.provider), of.publisher) ?? of.funder;
      // Of an individual nothing is kept, their id included.
      const receiver =
        of.recipient.basis === PartyBasis.INDIVIDUAL
          ? of.recipient
          : (bodies.byId(textOf(transaction.recipient), of.publisher) ?? of.recipient);
      const currency = textOf(transaction.currency)?.toUpperCase() ?? of.currency;
      const id = textOf(transaction.id) ?? hashOf(date, amount.amount, provider.key, receiver.key);
      return [
        {
          id: distinct(`${of.recordId}|${kind.toLowerCase()} ${id}`),
          kind,
          date,
          valueDate: dayOf(transaction.valueDate),
          amount,
          currency,
          provider,
          receiver,
          // The words of a payment to a person may be about that person.
          description:
            of.recipient.basis === PartyBasis.INDIVIDUAL ? null : textOf(transaction.description),
        },
      ];
    });
  };

  /** Says so if transactions are not what the total says they are. */
  const compare = (total: Amount | null, movements: readonly Movement[], name: string) => {
    const sum = movements.reduce((all, { amount }) => all.plus(amount.amount), new Big(0));
    if (total && !sum.eq(total.amount))
      fault({
        status: 'NOTED',
        code: 'TRANSACTIONS_NOT_THE_TOTAL',
        reason: `its transactions add up to ${sum.toFixed()}, its ${name} is ${total.amount}; the transactions are taken.`,
      });
  };

  /** The commitments of a grant, and what was paid; null, after a fault, for a grant without money. */
  return (grant: JsonObject, of: GrantMoney): NewRecord[] | null => {
    const awarded = amountOf(grant.amountAwarded);
    const awardDate = dayOf(grant.awardDate);
    const commitments = movementsOf(
      objectsOf(grant.commitmentTransaction),
      FlowKind.COMMITMENT,
      of,
    );
    if (commitments.length > 0) {
      compare(awarded, commitments, 'amountAwarded');
    } else if (!awarded || awardDate === null) {
      const [what, value] = awarded
        ? ['awardDate', grant.awardDate]
        : ['amountAwarded', grant.amountAwarded];
      fault({
        status: 'REJECTED',
        code: awarded ? 'GRANT_WITHOUT_DATE' : 'GRANT_WITHOUT_AMOUNT',
        reason: `its ${what} is ${JSON.stringify(value ?? null)}, which cannot be taken.`,
      });
      return null;
    }
    const whole = { currency: of.currency, provider: of.funder, receiver: of.recipient };
    if (commitments.length === 0 && awarded && awardDate !== null)
      commitments.push({
        ...whole,
        id: `${of.recordId}|commitment`,
        kind: FlowKind.COMMITMENT,
        date: awardDate,
        amount: awarded,
        description: null,
      });

    const paid = amountOf(grant.amountDisbursed);
    const disbursements = movementsOf(
      objectsOf(grant.disbursementTransaction),
      FlowKind.DISBURSEMENT,
      of,
    );
    // The total is what was paid when the record was last updated; that is its only date.
    const paidBy = momentOf(grant.dateModified)?.slice(0, 'YYYY-MM-DD'.length) ?? awardDate;
    if (disbursements.length > 0) compare(paid, disbursements, 'amountDisbursed');
    else if (paid && paid.amount !== '0' && paidBy !== null)
      disbursements.push({
        ...whole,
        id: `${of.recordId}|disbursement`,
        kind: FlowKind.DISBURSEMENT,
        date: paidBy,
        amount: paid,
        description: null,
      });
    return [...commitments, ...disbursements].map((movement) => toFlow(movement, of));
  };
};
