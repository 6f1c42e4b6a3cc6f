import type { Stamp } from '../../shared/provenance';
import type { Viewer } from '../../shared/viewer';
import type { Flow } from './flow';
import type { FlowKind, PartyBasis } from './flow-kind';
import type { AidType, CodingBasis, FlexibilityKind, PurposeKind } from './purpose';

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
    | 'disbursement_channel',
    string | null
  > & { humanitarian: number | null; superseded_from: number; standard: string; absorbed: number };

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
    superseded: row.superseded_from <= tier,
    absorbed: ((row.absorbed >> tier) & 1) === 1,
    standard: row.standard,
    stamp: row,
  });
