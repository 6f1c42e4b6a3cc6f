import type { FlowKind } from '../flow/flow-kind';
import type { Side, Stage } from './match';

const STAGES: Partial<Record<FlowKind, [Side, Stage]>> = {
  PLEDGE: ['PROVIDER', 'PLEDGE'],
  INCOMING_PLEDGE: ['RECEIVER', 'PLEDGE'],
  COMMITMENT: ['PROVIDER', 'COMMITMENT'],
  INCOMING_COMMITMENT: ['RECEIVER', 'COMMITMENT'],
  DISBURSEMENT: ['PROVIDER', 'TRANSFER'],
  INCOMING_FUNDS: ['RECEIVER', 'TRANSFER'],
};

/** In whose books a kind of flow stands and what it is a report of; null for what one side alone reports. */
export const stageOf = (kind: FlowKind): [Side, Stage] | null => STAGES[kind] ?? null;

/** The kinds that both sides of a transfer report. */
export const MATCHED_KINDS = Object.keys(STAGES) as FlowKind[];
