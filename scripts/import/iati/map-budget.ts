import { BudgetKind } from '../../../subgraphs/funding';
import { parseDate } from '../../../subgraphs/shared/dates';
import type { Value } from '../../../subgraphs/shared/db';
import { hashOf } from '../../../subgraphs/shared/ids';
import type { NewRecord } from '../../../subgraphs/shared/records';
import { createDistinct } from '../distinct';
import { attributeOf, childOf, type Element } from './element';
import type { Parts } from './map-parts';

const BUDGET_STATUSES: Record<string, string> = { 1: 'INDICATIVE', 2: 'COMMITTED' };

/** The mapper of budgets of activities and organisations; null, after a fault, for one without an amount. */
export const createBudgetMapper = ({ stamp, mapAmount, nameBody }: Parts) => {
  const distinctBudget = createDistinct();
  const mapBudget = (
    element: Element,
    kind: BudgetKind,
    of: {
      owner: string;
      currency: string | null;
      publisher: string;
      providerKey: string | null;
      activityRecord: string | null;
      activityKey: string | null;
    },
  ): NewRecord | null => {
    const amount = mapAmount(element, of.currency, 'BUDGET');
    if (!amount) return null;
    const day = (name: string) => parseDate(attributeOf(childOf(element, name), 'iso-date'));
    const receiver = nameBody(
      childOf(element, kind === BudgetKind.RECIPIENT_ORG_BUDGET ? 'recipient-org' : 'receiver-org'),
      of.publisher,
    );
    const values: Record<string, Value> = {
      kind,
      status: BUDGET_STATUSES[attributeOf(element, 'status') ?? '1'] ?? 'UNKNOWN',
      from_date: day('period-start') ?? '',
      to_date: day('period-end'),
      ...amount.values,
      activity_record: of.activityRecord,
      activity_key: of.activityKey,
      provider_key: of.providerKey,
      receiver_key: receiver,
      country: attributeOf(childOf(element, 'recipient-country'), 'code'),
      region: attributeOf(childOf(element, 'recipient-region'), 'code'),
    };
    return { ...stamp, recordId: distinctBudget(`${of.owner}|${hashOf(values)}`), values };
  };

  return mapBudget;
};
