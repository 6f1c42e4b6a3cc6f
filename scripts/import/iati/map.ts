import { bodyKey } from '../../../subgraphs/organisations';
import { BudgetKind } from '../../../subgraphs/funding';
import { parseDate } from '../../../subgraphs/shared/dates';
import { normaliseIdentifier, wordsOf } from '../../../subgraphs/shared/ids';
import { type NewRecord, recordKey } from '../../../subgraphs/shared/records';
import { createDistinct } from '../distinct';
import { relationOf, roleOf, statusOf } from './codes';
import { attributeOf, childOf, childrenOf, type Element, wordsIn } from './element';
import { createBudgetMapper } from './map-budget';
import { createParts, flag, type Listener, type MappedSource } from './map-parts';
import { createTransactionMapper, defaultsOf } from './map-transaction';
import { mapShares } from './shares';

/** An activity as rows of the funding tables. */
export interface MappedActivity {
  activity: NewRecord;
  flows: NewRecord[];
  budgets: NewRecord[];
}

/**
 * Maps IATI activities and organisations, 1.0x and 2.0x, to rows of this graph: the one adapter
 * between the versions. Keeps nothing of contact details, which the reader has left out.
 */
export const createIatiMapper = (source: MappedSource, listener: Listener) => {
  const distinctActivity = createDistinct();

  const parts = createParts(source, listener);
  const { stamp, fault, nameBody, activityKeyOf } = parts;
  const { mention } = listener;
  const mapTransaction = createTransactionMapper(parts);
  const mapBudget = createBudgetMapper(parts);

  return {
    /** Null, after a fault, for an activity that nothing identifies. */
    activity: (element: Element): MappedActivity | null => {
      const identifier = wordsIn(childOf(element, 'iati-identifier'));
      const key = normaliseIdentifier(identifier ?? '');
      if (identifier === null || key === '') {
        fault({
          element,
          status: 'REJECTED',
          code: 'ACTIVITY_WITHOUT_IDENTIFIER',
          reason: 'it has no <iati-identifier>, or an empty one.',
        });
        return null;
      }
      const reportingOrg = childOf(element, 'reporting-org');
      const publisher =
        bodyKey(attributeOf(reportingOrg, 'ref'), wordsIn(reportingOrg), source.id) ?? source.id;
      const reporter = nameBody(reportingOrg, source.id, true);
      const recordId = distinctActivity(key);
      const record = recordKey('activities', source.id, recordId);
      const currency = attributeOf(element, 'default-currency');
      const title = wordsIn(childOf(element, 'title'));
      const dates = new Map(
        childrenOf(element, 'activity-date').map((date) => [
          (attributeOf(date, 'type') ?? '').toLowerCase(),
          parseDate(attributeOf(date, 'iso-date') ?? date.text),
        ]),
      );
      // 2.0x has numbers for them, 1.0x words.
      const dateOf = (...types: [string, string]) =>
        dates.get(types[0]) ?? dates.get(types[1]) ?? null;
      const plannedStart = dateOf('1', 'start-planned');
      const actualStart = dateOf('2', 'start-actual');
      const plannedEnd = dateOf('3', 'end-planned');
      const actualEnd = dateOf('4', 'end-actual');
      const shares = mapShares(element, fault);
      const inherited = shares.map((share) => ({ ...share, inherited: 1 }));
      const parties = childrenOf(element, 'participating-org').map((party, position) => ({
        position,
        role: roleOf(attributeOf(party, 'role')),
        body_key: nameBody(party, publisher),
        name: wordsIn(party),
        activity_key: activityKeyOf(party, 'activity-id'),
        channel: attributeOf(party, 'crs-channel-code'),
      }));
      const relations = childrenOf(element, 'related-activity').flatMap((related, position) => {
        const relation = relationOf(attributeOf(related, 'type'));
        const other = activityKeyOf(related, 'ref');
        return relation === null || other === null
          ? []
          : [{ position, relation, activity_key: other }];
      });
      const distinct = createDistinct();
      const defaults = defaultsOf(element, parts);
      const budgetOf = {
        owner: recordId,
        currency,
        publisher,
        providerKey: null,
        activityRecord: record,
        activityKey: key,
      };
      const present = <T>(row: T | null): row is T => row !== null;
      return {
        activity: {
          ...stamp,
          recordId,
          values: {
            key,
            identifier,
            title,
            description: wordsIn(childOf(element, 'description')),
            reporter_key: reporter,
            status: statusOf(attributeOf(childOf(element, 'activity-status'), 'code')),
            start_date: actualStart ?? plannedStart ?? '',
            end_date: actualEnd ?? plannedEnd,
            planned_start: plannedStart,
            planned_end: plannedEnd,
            actual_start: actualStart,
            actual_end: actualEnd,
            last_reported: attributeOf(element, 'last-updated-datetime'),
            hierarchy: attributeOf(element, 'hierarchy'),
            humanitarian: flag(attributeOf(element, 'humanitarian')),
            collaboration_type: attributeOf(childOf(element, 'collaboration-type'), 'code'),
            superseded_from: 4,
          },
          children: {
            activity_parties: parties,
            activity_shares: shares,
            activity_relations: relations,
            activity_words: wordsOf(title, identifier).map((word) => ({ word })),
          },
        },
        flows: childrenOf(element, 'transaction')
          .map((transaction) =>
            mapTransaction(transaction, {
              defaults,
              key,
              recordId,
              record,
              reporter,
              publisher,
              currency,
              shares: inherited,
              distinct,
            }),
          )
          .filter(present),
        budgets: [
          ...childrenOf(element, 'budget').map((budget) =>
            mapBudget(budget, BudgetKind.ACTIVITY_BUDGET, budgetOf),
          ),
          ...childrenOf(element, 'planned-disbursement').map((planned) =>
            mapBudget(planned, BudgetKind.PLANNED_DISBURSEMENT, budgetOf),
          ),
        ].filter(present),
      };
    },

    /** The yearly budgets of an organisation file; null, after a fault, where nothing identifies the body. */
    organisation: (element: Element): NewRecord[] | null => {
      const identifier = wordsIn(
        childOf(element, 'organisation-identifier') ?? childOf(element, 'iati-identifier'),
      );
      const name = wordsIn(childOf(element, 'name'));
      const key = bodyKey(identifier, name, source.id);
      if (key === null) {
        fault({
          element,
          status: 'REJECTED',
          code: 'ORGANISATION_WITHOUT_IDENTIFIER',
          reason: 'it has neither an <organisation-identifier> nor a <name>.',
        });
        return null;
      }
      mention({
        key,
        raw: identifier,
        name,
        type: attributeOf(childOf(element, 'reporting-org'), 'type'),
        reports: true,
      });
      const of = {
        owner: key,
        currency: attributeOf(element, 'default-currency'),
        publisher: key,
        providerKey: key,
        activityRecord: null,
        activityKey: null,
      };
      const kinds: [string, BudgetKind][] = [
        ['total-budget', BudgetKind.TOTAL_BUDGET],
        ['recipient-org-budget', BudgetKind.RECIPIENT_ORG_BUDGET],
        ['recipient-country-budget', BudgetKind.RECIPIENT_COUNTRY_BUDGET],
        ['recipient-region-budget', BudgetKind.RECIPIENT_REGION_BUDGET],
        ['total-expenditure', BudgetKind.TOTAL_EXPENDITURE],
      ];
      return kinds.flatMap(([tag, kind]) =>
        childrenOf(element, tag).flatMap((budget) => mapBudget(budget, kind, of) ?? []),
      );
    },
  };
};
