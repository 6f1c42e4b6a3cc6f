import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { stageOf } from '../matching/stages';
import type { FlowKind } from './flow-kind';

/** Who reported a flow, and whether they agree. */
export enum ReportingState {
  MATCHED = 'MATCHED',
  CONFLICT = 'CONFLICT',
  PROVIDER_ONLY = 'PROVIDER_ONLY',
  RECEIVER_ONLY = 'RECEIVER_ONLY',
  OTHER_ONLY = 'OTHER_ONLY',
  ONE_SIDED = 'ONE_SIDED',
}
registerEnumType(ReportingState, {
  name: 'ReportingState',
  description: 'Who reported a flow, and whether they agree.',
  valuesConfig: {
    MATCHED: {
      description: 'Several reports of it were found, and they agree: it is counted once.',
    },
    CONFLICT: {
      description:
        'Several reports of it were found, and they disagree on the amount or on a party: it is counted once, and `records` shows all.',
    },
    PROVIDER_ONLY: {
      description: 'Only in the provider’s books; the receiver’s report is not here.',
    },
    RECEIVER_ONLY: {
      description: 'Only in the receiver’s books; the provider’s report is not here.',
    },
    OTHER_ONLY: { description: 'Only in the books of somebody between or above the two.' },
    ONE_SIDED: { description: 'Of a kind that one side alone reports, as expenditure is.' },
  },
});

/** On what it rests that several reports are one flow. */
export enum MatchingBasis {
  ACTIVITY_PAIR = 'ACTIVITY_PAIR',
  ACTIVITY = 'ACTIVITY',
  ORGANISATION_PAIR = 'ORGANISATION_PAIR',
}
registerEnumType(MatchingBasis, {
  name: 'MatchingBasis',
  description:
    'On what it rests that several reports are one flow; amount and window must fit besides.',
  valuesConfig: {
    ACTIVITY_PAIR: { description: 'Each report names the other’s activity.' },
    ACTIVITY: { description: 'One report names the other’s activity, which names none.' },
    ORGANISATION_PAIR: { description: 'Both name the same two bodies, and no activity on record.' },
  },
});

@ObjectType({ description: 'Who reported a flow, and whether they agree.' })
export class Reporting {
  @Field(() => ReportingState, { description: 'Who reported it, and whether they agree.' })
  state!: ReportingState;

  @Field(() => MatchingBasis, {
    nullable: true,
    description: 'The weakest ground on which its reports are one flow; null: there is one report.',
  })
  basis!: MatchingBasis | null;
}

const WEAKEST_FIRST = [
  MatchingBasis.ORGANISATION_PAIR,
  MatchingBasis.ACTIVITY,
  MatchingBasis.ACTIVITY_PAIR,
];

/** The standard whose reports are neither side's own. */
export const THIRD_PARTY_STANDARD = 'FTS';

/** What a flow's leading report and its other reports together say of its reporting. */
export const reportingOf = (
  { kind, standard }: { kind: FlowKind; standard: string },
  members: readonly { basis: MatchingBasis; state: string }[],
): Reporting => {
  if (members.length > 0) {
    const conflict = members.some(({ state }) => state === 'CONFLICT');
    return {
      state: conflict ? ReportingState.CONFLICT : ReportingState.MATCHED,
      basis: WEAKEST_FIRST.find((basis) => members.some((one) => one.basis === basis)) ?? null,
    };
  }
  const [side] = stageOf(kind) ?? [];
  if (!side) return { state: ReportingState.ONE_SIDED, basis: null };
  if (standard === THIRD_PARTY_STANDARD) return { state: ReportingState.OTHER_ONLY, basis: null };
  return {
    state: side === 'PROVIDER' ? ReportingState.PROVIDER_ONLY : ReportingState.RECEIVER_ONLY,
    basis: null,
  };
};
