import {
  flexibilityOfEarmarkings,
  FlowKind,
  FtsBehaviour,
  FtsBoundary,
  FtsFlowType,
  FtsObjectType,
  FtsSide,
  FtsStatus,
} from '../../../subgraphs/funding';
import { LONGEST_INDEXED, normaliseIdentifier } from '../../../subgraphs/shared/ids';
import type { NewRecord } from '../../../subgraphs/shared/records';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { enumValue } from '../../../subgraphs/shared/vocabulary';
import { equalShares } from '../equal-shares';
import type { JsonObject } from '../json';
import { amountOf, dayOf, objectsOf, textOf, textsOf, yesOf } from '../json-values';
import type { Mention } from '../mentions';
import type { Places } from './places';
import { createSideReader, type FlowSide } from './sides';

const KINDS: Record<FtsStatus, FlowKind> = {
  PLEDGE: FlowKind.PLEDGE,
  COMMITMENT: FlowKind.COMMITMENT,
  PAID: FlowKind.DISBURSEMENT,
};
const DOLLARS = 'USD';

/** What is wrong in a flow, before file and line are known. */
export interface FlowFault {
  status: 'REJECTED' | 'NOTED';
  code: string;
  reason: string;
}

interface Listener {
  mention: (mention: Mention) => void;
  fault: (fault: FlowFault) => void;
}

/** The links that the record of a flow states, to what it is part of and to its parts. */
const linksOf = (id: string, parent: string | null, children: readonly string[]) => [
  ...(parent === null ? [] : [{ upper_id: parent, lower_id: id }]),
  ...[...new Set(children)].map((child) => ({ upper_id: id, lower_id: child })),
];

/** The countries that money goes to, in equal parts where there are several places. */
const sharesOf = ({ objects }: FlowSide) => {
  const places = objects.filter(({ type }) => type === FtsObjectType.LOCATION);
  const codes = places.flatMap(({ country }) => (typeof country === 'string' ? [country] : []));
  return equalShares(codes, false, places.length);
};

/** Maps flows of FTS to rows of this graph. Amounts are kept as they are, none and negative included. */
export const createFtsMapper = (
  source: { licence: string },
  placeOf: Places,
  { mention, fault }: Listener,
) => {
  const sides = createSideReader(placeOf, mention);

  /** Null, after a fault, for a flow that cannot be taken. */
  return (flow: JsonObject): NewRecord | null => {
    const reject = (code: string, reason: string) => {
      fault({ status: 'REJECTED', code, reason });
      return null;
    };
    /** One of FTS's own words, noted if this graph does not know it. */
    const known = <T extends string>(values: Record<string, T>, name: string): T | null => {
      const word = textOf(flow[name]);
      const value = enumValue(values, word);
      if (word !== null && value === null)
        fault({
          status: 'NOTED',
          code: 'WORD_UNKNOWN',
          reason: `its ${name} is ${JSON.stringify(word)}, which this graph does not know.`,
        });
      return value;
    };
    const id = textOf(flow.id);
    if (id === null) return reject('FLOW_WITHOUT_ID', 'it has no `id`.');
    const parent = textOf(flow.parentFlowId);
    const children = textsOf(flow.childFlowIds);
    if ([id, parent ?? '', ...children].some((each) => each.length > LONGEST_INDEXED))
      return reject(
        'FLOW_WITH_LONG_ID',
        `its id, or that of a parent or child, has more than ${LONGEST_INDEXED} characters; FTS's are numbers.`,
      );
    const status = enumValue(FtsStatus, textOf(flow.status));
    if (status === null)
      return reject(
        'FLOW_OF_UNKNOWN_STATUS',
        `its status is ${JSON.stringify(flow.status ?? null)}; FTS has pledge, commitment and paid.`,
      );
    const dollars = amountOf(flow.amountUSD);
    if (!dollars)
      return reject(
        'FLOW_WITHOUT_AMOUNT',
        `its amountUSD is ${JSON.stringify(flow.amountUSD ?? null)}, which cannot be taken.`,
      );
    const decisionDate = dayOf(flow.decisionDate);
    const firstReported = dayOf(flow.firstReportedDate);
    const date = dayOf(flow.date) ?? decisionDate ?? firstReported;
    if (date === null)
      return reject('FLOW_WITHOUT_DATE', 'it has no date, no decision date and no report date.');

    const originalCurrency = textOf(flow.originalCurrency)?.toUpperCase() ?? null;
    const original = amountOf(flow.originalAmount);
    const [amount, currency] =
      original && originalCurrency !== null ? [original, originalCurrency] : [dollars, DOLLARS];
    const provider = sides.read(objectsOf(flow.sourceObjects), FtsSide.SOURCE);
    const receiver = sides.read(objectsOf(flow.destinationObjects), FtsSide.DESTINATION);
    const reports = objectsOf(flow.reportDetails);
    const earmarkings = textsOf(flow.grandBargainEarmarkingType);
    const flexibility = flexibilityOfEarmarkings(earmarkings);
    return {
      visibility: Visibility.PUBLIC,
      licence: source.licence,
      recordId: `fts ${normaliseIdentifier(id)}`,
      values: {
        kind: KINDS[status],
        date,
        ...amount,
        currency,
        value_date: null,
        activity_record: null,
        activity_key: null,
        reporter_key: sides.reporter(reports[0], [provider, receiver]),
        provider_key: provider.key,
        provider_basis: provider.basis,
        standard: 'FTS',
        provider_named_key: provider.key,
        receiver_key: receiver.key,
        receiver_basis: receiver.basis,
        receiver_named_key: receiver.key,
        description: textOf(flow.description),
        aid_types: '[]',
        purpose: 'UNKNOWN',
        purpose_basis: 'UNKNOWN',
        flexibility: flexibility.kind,
        flexibility_basis: flexibility.basis,
        boundary: known(FtsBoundary, 'boundary'),
        on_boundary: known(FtsBehaviour, 'onBoundary'),
        usd_units: dollars.units,
        usd_nanos: dollars.nanos,
        superseded_from: 4,
      },
      children: {
        flow_shares: sharesOf(receiver),
        fts_flows: [
          {
            fts_id: id,
            version: typeof flow.versionId === 'number' ? flow.versionId : null,
            status,
            flow_type: known(FtsFlowType, 'flowType'),
            new_money: yesOf(flow.newMoney),
            contribution_type: textOf(flow.contributionType),
            method: textOf(flow.method),
            budget_year: textOf(flow.budgetYear),
            decision_date: decisionDate,
            first_reported: firstReported,
            amount_usd: dollars.amount,
            exchange_rate: amountOf(flow.exchangeRate)?.amount ?? null,
            ref_code: textOf(flow.refCode),
            upper_id: parent,
            lower_ids: JSON.stringify(children),
            keywords: JSON.stringify(textsOf(flow.keywords)),
            earmarkings: JSON.stringify(earmarkings),
            reports: JSON.stringify(
              reports.map((report) => ({
                organization: textOf(report.organization),
                sourceType: textOf(report.sourceType),
                reportChannel: textOf(report.reportChannel),
                date: dayOf(report.date),
              })),
            ),
          },
        ],
        fts_objects: [...provider.objects, ...receiver.objects].map((object, position) => ({
          position,
          ...object,
        })),
        fts_links: linksOf(id, parent, children),
      },
    };
  };
};
