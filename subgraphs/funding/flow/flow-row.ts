import type { Stamp } from '../../shared/provenance';
import type { Viewer } from '../../shared/viewer';
import type { Flow } from './flow';
import type { Side } from './columns';
import type { FlowKind, PartyBasis } from './flow-kind';
import { type HostingBasis, HOSTING_BASES } from '../hosting/basis';
import type { OnBehalfOf } from '../hosting/on-behalf';
import type { AidType, CodingBasis, FlexibilityKind, PurposeKind } from './purpose';

type ForColumn = `${Side}_for_${'key' | 'basis' | 'activity'}`;

/** A report as the table `flows` has it. */
export type FlowRow = Stamp &
  Record<
    | 'kind'
    | 'date'
    | 'amount'
    | 'currency'
    | 'provider_basis'
    | 'receiver_basis'
    | 'aid_types'
    | 'purpose'
    | 'purpose_basis'
    | 'flexibility'
    | 'flexibility_basis',
    string
  > &
  Record<
    | 'value_date'
    | 'activity_record'
    | 'activity_key'
    | 'reporter_key'
    | 'provider_key'
    | 'provider_activity_key'
    | 'receiver_key'
    | 'receiver_activity_key'
    | 'description'
    | 'flow_type'
    | 'finance_type'
    | 'tied_status'
    | 'disbursement_channel'
    | ForColumn,
    string | null
  > &
  Record<`${Side}_for_tiers`, number> & {
    humanitarian: number | null;
    superseded_from: number;
    standard: string;
    absorbed: number;
  };

const onBehalfIn = (row: FlowRow, side: Side, tier: number): OnBehalfOf | null => {
  const [key, basis] = [row[`${side}_for_key`], row[`${side}_for_basis`] as HostingBasis | null];
  if (key === null || basis === null || ((row[`${side}_for_tiers`] >> tier) & 1) === 0) return null;
  const activityKey = row[`${side}_for_activity`];
  return { key, basis, says: HOSTING_BASES[basis], activityKey };
};

/** Reads rows as flows, for one viewer. */
export const reader =
  ({ tier }: Viewer) =>
  (row: FlowRow): Flow => ({
    id: row.id,
    kind: row.kind as FlowKind,
    date: row.date,
    valueDate: row.value_date,
    statedBasis: {
      provider: row.provider_basis as PartyBasis,
      receiver: row.receiver_basis as PartyBasis,
    },
    description: row.description,
    flowType: row.flow_type,
    financeType: row.finance_type,
    tiedStatus: row.tied_status,
    disbursementChannel: row.disbursement_channel,
    humanitarian: row.humanitarian === null ? null : row.humanitarian === 1,
    updatedAt: row.updated_at,
    amountText: row.amount,
    currency: row.currency,
    purposeOf: { kind: row.purpose as PurposeKind, basis: row.purpose_basis as CodingBasis },
    flexibilityOf: {
      kind: row.flexibility as FlexibilityKind,
      basis: row.flexibility_basis as CodingBasis,
    },
    aidTypeList: JSON.parse(row.aid_types) as AidType[],
    activityKey: row.activity_key,
    activityRecord: row.activity_record,
    reporterKey: row.reporter_key,
    providerKey: row.provider_key,
    providerActivityKey: row.provider_activity_key,
    receiverKey: row.receiver_key,
    receiverActivityKey: row.receiver_activity_key,
    onBehalf: {
      provider: onBehalfIn(row, 'provider', tier),
      receiver: onBehalfIn(row, 'receiver', tier),
    },
    superseded: row.superseded_from <= tier,
    absorbed: ((row.absorbed >> tier) & 1) === 1,
    standard: row.standard,
    stamp: row,
  });
