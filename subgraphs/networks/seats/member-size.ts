import { Big } from 'big.js';
import { ArgsType, Field, registerEnumType } from 'type-graphql';
import { DecimalScalar } from '../../shared/scalars';
import { newestOf } from '../figures/figures.loader';
import type { Figures } from '../figures/figures.store';
import { AsOfArgs } from '../profile/members.args';

export enum MemberSize {
  SMALL = 'SMALL',
  MEDIUM = 'MEDIUM',
  LARGE = 'LARGE',
  OTHER_CURRENCY = 'OTHER_CURRENCY',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(MemberSize, {
  name: 'MemberSize',
  description:
    'How large a body is, by the newest annual income that it publishes up to the day. The usual bands are those of the UK Civil Society Almanac of NCVO: small below 100,000, large from 1,000,000.',
  valuesConfig: {
    SMALL: { description: 'Income below `smallBelow`.' },
    MEDIUM: { description: 'Income from `smallBelow`, below `largeFrom`.' },
    LARGE: { description: 'Income from `largeFrom`.' },
    OTHER_CURRENCY: {
      description: 'Income is published in another currency only; nothing is converted.',
    },
    UNKNOWN: { description: 'No income is published.' },
  },
});

@ArgsType()
export class SizeArgs extends AsOfArgs {
  @Field(() => String, {
    defaultValue: 'USD',
    description: 'The currency of the bands (ISO 4217).',
  })
  currency!: string;

  @Field(() => DecimalScalar, {
    defaultValue: '100000',
    description: 'Below this annual income a body is small.',
  })
  smallBelow!: string;

  @Field(() => DecimalScalar, {
    defaultValue: '1000000',
    description: 'From this annual income on a body is large.',
  })
  largeFrom!: string;
}

/** The size of a body by its published income. */
export const sizeOf = (
  figures: readonly Figures[],
  day: string,
  { currency, smallBelow, largeFrom }: SizeArgs,
): MemberSize => {
  const comparable = newestOf(
    figures,
    day,
    (one) => one.income !== null && one.currency === currency.toUpperCase(),
  );
  if (comparable?.income == null)
    return newestOf(figures, day, ({ income }) => income !== null)
      ? MemberSize.OTHER_CURRENCY
      : MemberSize.UNKNOWN;
  const income = new Big(comparable.income);
  if (income.lt(smallBelow)) return MemberSize.SMALL;
  return income.lt(largeFrom) ? MemberSize.MEDIUM : MemberSize.LARGE;
};
