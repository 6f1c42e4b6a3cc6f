import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { AmountRange, CommonFilter, DateRange } from '../../shared/filters';
import { Modality } from '../../shared/outcomes';
import type { Order } from '../../shared/paging';
import { LegalForm } from '../../shared/vocabulary';
import { FtsBehaviour, FtsBoundary } from '../fts/fts-enums';
import { RegrantType } from '../grant/regrant-type';
import { FlowKind } from './flow-kind';
import { FlexibilityKind, PurposeKind } from './purpose';
import { ReportingState } from './reporting';

@InputType({ description: 'Which flows. All criteria must hold; within one, any value.' })
export class FlowFilter extends CommonFilter {
  @Field(() => [FlowKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: FlowKind[];

  @Field(() => [ID], {
    nullable: true,
    description:
      'Provided by one of these bodies (canonical ids). In sums and terms: by one of them or by a host in its name.',
  })
  providers?: string[];

  @Field(() => [ID], {
    nullable: true,
    description:
      'Received by one of these bodies (canonical ids). In sums and terms: by one of them or by a host in its name.',
  })
  receivers?: string[];

  @Field(() => [Modality], {
    nullable: true,
    description:
      'Provided by a body that is one of these in the standing period (up to the first of next month, UTC), by the default rule: as `classification` says without arguments. A provider that no record names is none of them.',
  })
  providerOutcomes?: Modality[];

  @Field(() => [Modality], {
    nullable: true,
    description:
      'Received by a body that is one of these in the standing period, as for `providerOutcomes`. A receiver that no record names is none of them.',
  })
  receiverOutcomes?: Modality[];

  @Field(() => [LegalForm], {
    nullable: true,
    description: 'Received by a body of one of these legal forms.',
  })
  receiverLegalForms?: LegalForm[];

  @Field(() => [ID], {
    nullable: true,
    description: 'For one of these countries (ISO 3166-1 alpha-2), wholly or in part.',
  })
  countries?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'For one of these regions, as the source codes them (UN M49 or OECD DAC).',
  })
  regions?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'For one of these sectors, wholly or in part.',
  })
  sectors?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'In the report of one of these activities (IATI identifiers).',
  })
  activities?: string[];

  @Field(() => Int, { nullable: true, description: 'Dated in this year.' })
  year?: number;

  @Field(() => DateRange, { nullable: true, description: 'Dated in this range.' })
  date?: DateRange;

  @Field(() => [Int], {
    nullable: true,
    description:
      'For use in one of these years: by FTS’s usage years of where the money goes; by standards that know none, dated in them.',
  })
  usageYears?: number[];

  @Field(() => AmountRange, {
    nullable: true,
    description: 'Of such an amount in the currency as reported.',
  })
  amount?: AmountRange;

  @Field(() => [String], {
    nullable: true,
    description: 'Reported in one of these currencies (ISO 4217).',
  })
  currencies?: string[];

  @Field(() => [PurposeKind], { nullable: true, description: 'For one of these purposes.' })
  purpose?: PurposeKind[];

  @Field(() => [FlexibilityKind], {
    nullable: true,
    description: 'Of one of these degrees of freedom.',
  })
  flexibility?: FlexibilityKind[];

  @Field(() => [RegrantType], {
    nullable: true,
    description: 'Of grants that are to be granted onwards in one of these ways (360Giving).',
  })
  regrantTypes?: RegrantType[];

  @Field(() => [FtsBoundary], {
    nullable: true,
    description: 'Standing so to the search that found them (FTS).',
  })
  boundary?: FtsBoundary[];

  @Field(() => [FtsBehaviour], {
    nullable: true,
    description: 'Wholly within the search that found them, or shared with others (FTS).',
  })
  onBoundary?: FtsBehaviour[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Also flows of reports that a newer report of the same activity replaces. Default: no.',
  })
  includeSuperseded?: boolean;

  @Field(() => [ReportingState], {
    nullable: true,
    description: 'Reported so: by both sides, by one, in conflict.',
  })
  reporting?: ReportingState[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Also reports that are part of a flow which another report leads; they are in it already. Default: no.',
  })
  includeAbsorbed?: boolean;
}

export enum FlowOrder {
  DATE_ASC = 'DATE_ASC',
  DATE_DESC = 'DATE_DESC',
  AMOUNT_ASC = 'AMOUNT_ASC',
  AMOUNT_DESC = 'AMOUNT_DESC',
  ID_ASC = 'ID_ASC',
  UPDATED_AT_ASC = 'UPDATED_AT_ASC',
}
registerEnumType(FlowOrder, {
  name: 'FlowOrder',
  description: 'In which order flows come.',
  valuesConfig: {
    DATE_ASC: { description: 'Oldest first.' },
    DATE_DESC: { description: 'Newest first.' },
    AMOUNT_ASC: { description: 'Smallest number first, whatever the currency.' },
    AMOUNT_DESC: { description: 'Largest number first, whatever the currency.' },
    ID_ASC: { description: 'By id.' },
    UPDATED_AT_ASC: { description: 'Longest unchanged first.' },
  },
});

export const FLOW_ORDERS: Record<FlowOrder, Order> = {
  DATE_ASC: { columns: ['flows.date', 'flows.id'] },
  DATE_DESC: { columns: ['flows.date', 'flows.id'], descending: true },
  AMOUNT_ASC: { columns: ['flows.units', 'flows.nanos', 'flows.id'] },
  AMOUNT_DESC: { columns: ['flows.units', 'flows.nanos', 'flows.id'], descending: true },
  ID_ASC: { columns: ['flows.id'] },
  UPDATED_AT_ASC: { columns: ['flows.updated_at', 'flows.id'] },
};
