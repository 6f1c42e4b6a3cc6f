import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { AidType } from './purpose';
import { DateScalar, DateTimeScalar } from '../../shared/scalars';
import type { Stamp } from '../../shared/provenance';
import { FlowKind, type PartyBasis } from './flow-kind';
import type { Flexibility, Purpose } from './purpose';
import type { OnBehalfOf } from '../hosting/on-behalf';

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'One movement of money, or promise of one, however many reported it. What it shows is what the report says that leads: the provider’s before the receiver’s.',
})
export class Flow {
  @Field(() => ID, {
    description:
      'Its id in this graph: that of the report which leads. The ids of its other reports find it too.',
  })
  id!: string;

  @Field(() => FlowKind, { description: 'What kind of movement. Kinds are never added together.' })
  kind!: FlowKind;

  @Field(() => DateScalar, {
    description: 'The date of the transaction: the one that decides its year.',
  })
  date!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The date for the exchange rate, if the record gives one.',
  })
  valueDate!: string | null;

  @Field(() => String, { nullable: true, description: 'The record’s own words about it.' })
  description!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'IATI FlowType: `10` ODA, `21` OOF, `30` private, `50` other.',
  })
  flowType!: string | null;

  @Field(() => String, { nullable: true, description: 'IATI FinanceType.' })
  financeType!: string | null;

  @Field(() => String, { nullable: true, description: 'IATI TiedStatus.' })
  tiedStatus!: string | null;

  @Field(() => String, { nullable: true, description: 'IATI DisbursementChannel.' })
  disbursementChannel!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is marked humanitarian; null: the record does not say.',
  })
  humanitarian!: boolean | null;

  @Field(() => DateTimeScalar, { description: 'When what is shown of it last changed.' })
  updatedAt!: string;

  /** Read by field resolvers. */
  amountText!: string;
  currency!: string;
  statedBasis!: { provider: PartyBasis; receiver: PartyBasis };
  purposeOf!: Purpose;
  flexibilityOf!: Flexibility;
  aidTypeList!: AidType[];
  activityKey!: string | null;
  activityRecord!: string | null;
  reporterKey!: string | null;
  providerKey!: string | null;
  providerActivityKey!: string | null;
  receiverKey!: string | null;
  receiverActivityKey!: string | null;
  onBehalf!: { provider: OnBehalfOf | null; receiver: OnBehalfOf | null };
  superseded!: boolean;
  absorbed!: boolean;
  standard!: string;
  stamp!: Stamp;
}

@ObjectType({ description: 'An aid type, in one of IATI’s vocabularies.' })
export class AidTypeCode {
  @Field(() => String, {
    description:
      '`1` OECD DAC, `2` earmarking category, `3` earmarking modality, `4` cash and vouchers.',
  })
  vocabulary!: string;

  @Field(() => ID, { description: 'The code.' })
  code!: string;
}
