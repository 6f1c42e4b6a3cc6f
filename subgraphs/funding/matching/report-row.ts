import { Big } from 'big.js';
import { fromStored } from '../../shared/money';
import type { FlowKind } from '../flow/flow-kind';
import type { Report } from './match';
import { stageOf } from './stages';

const DAY_MS = 86_400_000;

/** A report as the database has it, with the two bodies of its pair. */
export interface ReportRow {
  id: string;
  provider: string;
  receiver: string;
  /** The tiers from which the two bodies are seen; null: not at all. */
  provider_from: number | null;
  receiver_from: number | null;
  source_id: string;
  standard: string;
  tier: number;
  withdrawn_at: string | null;
  superseded_from: number;
  absorbed: number;
  kind: FlowKind;
  date: string;
  value_date: string | null;
  units: string | number;
  nanos: string | number;
  currency: string;
  activity_key: string | null;
  other_key: string | null;
  /** 1: an activity of that identifier is on record. */
  other_known: number;
  shown_provider: string | null;
  shown_receiver: string | null;
}

const MONTH_LENGTH = 7;
/** The month whose rate converts it. */
export const monthOf = ({ value_date, date }: ReportRow) =>
  (value_date ?? date).slice(0, MONTH_LENGTH);

/** Its currency and month, as rates are looked up. */
export const rateKey = (row: ReportRow) => `${row.currency} ${monthOf(row)}`;
const SDR = 'XDR';

/** A row as matching looks at it; null for a kind that only one side reports. */
export const toReport = (row: ReportRow, rates: Map<string, number>): Report | null => {
  const stage = stageOf(row.kind);
  if (!stage) return null;
  const amount = Number(fromStored(row.units, row.nanos));
  const rate = row.currency === SDR ? 1 : rates.get(rateKey(row));
  return {
    id: row.id,
    sourceId: row.source_id,
    standard: row.standard,
    side: stage[0],
    stage: stage[1],
    day: Math.floor(Date.parse(row.date) / DAY_MS),
    currency: row.currency,
    exact: `${row.units} ${row.nanos}`,
    amount,
    sdr: rate === undefined ? null : Number(new Big(amount).times(rate)),
    own: row.activity_key === '' ? null : row.activity_key,
    other: row.other_known === 1 && row.other_key !== row.activity_key ? row.other_key : null,
    internal: row.provider === row.receiver,
    parties: `${row.shown_provider ?? ''}\u0001${row.shown_receiver ?? ''}`,
  };
};
