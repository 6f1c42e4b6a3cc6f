import {
  type AidType,
  flexibilityOf,
  INCOMING_KINDS,
  PartyBasis,
  purposeOf,
  ShareDimension,
  withConvening,
} from '../../../subgraphs/funding';
import { parseDate } from '../../../subgraphs/shared/dates';
import type { Value } from '../../../subgraphs/shared/db';
import { hashOf } from '../../../subgraphs/shared/ids';
import type { NewRecord } from '../../../subgraphs/shared/records';
import { kindOfTransaction } from './codes';
import { attributeOf, childOf, childrenOf, type Element, wordsIn } from './element';
import { flag, type Parts } from './map-parts';
import { mapShares, type NewShare } from './shares';

/** What types of aid, and words, say of a flow, as columns of it. */
const aidOf = (aidTypes: readonly AidType[], ...words: (string | null)[]) => {
  const purpose = withConvening(purposeOf(aidTypes), words);
  const flexibility = flexibilityOf(aidTypes);
  return {
    aid_types: JSON.stringify(aidTypes),
    purpose: purpose.kind,
    purpose_basis: purpose.basis,
    flexibility: flexibility.kind,
    flexibility_basis: flexibility.basis,
  };
};

/** What an activity says for those of its transactions that do not say it themselves. */
export const defaultsOf = (activity: Element, { mapAidTypes }: Parts) => {
  const codeOf = (name: string) => attributeOf(childOf(activity, `default-${name}`), 'code');
  const aidTypes = mapAidTypes(childrenOf(activity, 'default-aid-type'));
  const title = wordsIn(childOf(activity, 'title'));
  return {
    aidTypes,
    title,
    aid: aidOf(aidTypes, title),
    humanitarian: attributeOf(activity, 'humanitarian'),
    codes: {
      'flow-type': codeOf('flow-type'),
      'finance-type': codeOf('finance-type'),
      'tied-status': codeOf('tied-status'),
    },
  };
};
type Defaults = ReturnType<typeof defaultsOf>;

/** The mapper of transactions to flows; null, after a fault, for one that cannot be taken. */
export const createTransactionMapper = ({
  stamp,
  fault,
  mapAmount,
  mapParty,
  mapAidTypes,
}: Parts) => {
  const mapTransaction = (
    element: Element,
    context: {
      defaults: Defaults;
      key: string;
      recordId: string;
      record: string;
      reporter: string | null;
      publisher: string;
      currency: string | null;
      /** Those of the activity, marked as inherited. */
      shares: NewShare[];
      distinct: (id: string) => string;
    },
  ): NewRecord | null => {
    const { defaults, key, recordId, record, reporter, publisher, shares } = context;
    const reject = (code: string, reason: string) => {
      fault({ element, status: 'REJECTED', code, reason });
      return null;
    };
    const [type, secondType] = childrenOf(element, 'transaction-type');
    if (secondType)
      fault({
        element,
        status: 'NOTED',
        code: 'TRANSACTION_WITH_SECOND_TYPE',
        reason: 'it has two <transaction-type> elements; the first is taken.',
      });
    const typeCode = attributeOf(type, 'code');
    const kind = kindOfTransaction(typeCode);
    if (kind === null)
      return reject(
        'TRANSACTION_OF_UNKNOWN_TYPE',
        `its type is ${JSON.stringify(typeCode)}, which no version of IATI has.`,
      );
    const amount = mapAmount(element, context.currency, 'TRANSACTION');
    if (!amount) return null;
    const dateElement = childOf(element, 'transaction-date');
    const written = attributeOf(dateElement, 'iso-date') ?? dateElement?.text ?? null;
    const date = parseDate(written) ?? amount.values.value_date;
    if (date === null)
      return reject(
        'TRANSACTION_WITHOUT_DATE',
        `its date is ${JSON.stringify(written)}, which is not one, and its value has no date.`,
      );

    const provider = mapParty(childOf(element, 'provider-org'), 'provider-activity-id', publisher);
    const receiver = mapParty(childOf(element, 'receiver-org'), 'receiver-activity-id', publisher);
    const own = INCOMING_KINDS.includes(kind) ? receiver : provider;
    // The standard: without a name on the reporter's own side, the reporter is meant.
    if (own.key === null && reporter !== null) {
      own.key = reporter;
      own.basis = PartyBasis.REPORTER;
    }
    const codeOf = (name: keyof Defaults['codes']): string | null =>
      attributeOf(childOf(element, name), 'code') ?? defaults.codes[name];
    const ownAidTypes = mapAidTypes(childrenOf(element, 'aid-type'));
    const description = wordsIn(childOf(element, 'description'));
    const aid =
      ownAidTypes.length > 0 || description !== null
        ? aidOf(
            ownAidTypes.length > 0 ? ownAidTypes : defaults.aidTypes,
            defaults.title,
            description,
          )
        : defaults.aid;
    const reference = attributeOf(element, 'ref');
    const values: Record<string, Value> = {
      kind,
      date,
      ...amount.values,
      activity_record: record,
      activity_key: key,
      reporter_key: reporter,
      provider_key: provider.key,
      provider_basis: provider.basis,
      provider_named_key: provider.key,
      provider_activity_key: provider.activityKey,
      receiver_key: receiver.key,
      receiver_basis: receiver.basis,
      receiver_named_key: receiver.key,
      receiver_activity_key: receiver.activityKey,
      description,
      flow_type: codeOf('flow-type'),
      finance_type: codeOf('finance-type'),
      tied_status: codeOf('tied-status'),
      disbursement_channel: attributeOf(childOf(element, 'disbursement-channel'), 'code'),
      humanitarian: flag(attributeOf(element, 'humanitarian') ?? defaults.humanitarian),
      ...aid,
      superseded_from: 4,
    };
    const ownShares = mapShares(element, fault);
    // Either level may split by country and by sector, each apart from the other.
    const owned = new Set(
      ownShares.map((share) => (share.dimension === ShareDimension.SECTOR ? 'what' : 'where')),
    );
    const inherited = shares.filter(
      (share) => !owned.has(share.dimension === ShareDimension.SECTOR ? 'what' : 'where'),
    );
    const id =
      reference !== null
        ? `ref ${reference}`
        : hashOf(
            typeCode,
            date,
            amount.values,
            provider.key,
            provider.activityKey,
            receiver.key,
            receiver.activityKey,
            description,
          );
    return {
      ...stamp,
      recordId: context.distinct(`${recordId}|${id}`),
      values,
      children: { flow_shares: [...ownShares, ...inherited] },
    };
  };

  return mapTransaction;
};
