import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../shared/paging';
import { DateScalar, DecimalScalar } from '../../shared/scalars';
import { CountedMoney } from '../flow/counted-money';
import type { Ended, Step } from './follow';
import type { Route } from './route';
import { TrailBasis, TrailEnd } from './trail-enums';

@ObjectType({ description: 'A donor’s money on its way from one body to the next.' })
export class TrailStep {
  @Field(() => DecimalScalar, { description: 'How much of what was paid is the donor’s money.' })
  amount!: string;

  @Field(() => DecimalScalar, {
    description: 'All that was paid on this step in the period, whoever’s money it was.',
  })
  paid!: string;

  @Field(() => Float, { description: '`amount` divided by `paid`, 0 to 1.' })
  share!: number;

  @Field(() => TrailBasis, {
    description: 'On what it rests that the donor’s money went this way.',
  })
  basis!: TrailBasis;

  @Field(() => Boolean, {
    description:
      'Whether the amount is attributed, because the money of several was mixed at a body before; if not, it follows from the records alone.',
  })
  attributed!: boolean;

  @Field(() => Int, { description: 'How many flows it is the sum of.' })
  flowCount!: number;

  /** Read by field resolvers. */
  step!: Step;
  heldAsHost!: () => Promise<boolean>;
}

@ObjectType({
  description:
    'One way that a donor’s money took, from body to body, and how much of it ended at the end of it.',
})
export class MoneyTrail {
  @Field(() => DecimalScalar, {
    description:
      'How much of the donor’s money ended here. The amounts of all ends add up to what the donor paid, exactly.',
  })
  amount!: string;

  @Field(() => Float, {
    nullable: true,
    description: '`amount` divided by the `total` of the trail; null: the total is not above zero.',
  })
  share!: number | null;

  @Field(() => Boolean, {
    description:
      'Whether the amount is attributed pro rata, because the money of several was mixed on the way; if not, it follows from the records alone.',
  })
  attributed!: boolean;

  @Field(() => TrailEnd, { description: 'Why it goes no further.' })
  end!: TrailEnd;

  @Field(() => Int, {
    description:
      'Payments to and from the last body that could not be converted. If there are any, what it kept is not exact.',
  })
  unconverted!: number;

  /** Read by field resolvers. */
  ended!: Ended;
  ways!: TrailWays;
}

/** What is looked up of the ways of a page, for all of them at once and only if somebody asks. */
export interface TrailWays {
  /** Of each body on the way after the donor, whether it held the money as a host. */
  hosts: (ended: Ended) => Promise<readonly boolean[]>;
  route: (ended: Ended) => Promise<Route>;
  /** Whether a body reports what it pays. */
  reports: (body: string) => Promise<boolean>;
}

@ObjectType({ description: 'Flows of the donor that are in no sum of a trail, and why.' })
export class TrailLeftOut {
  @Field(() => String, { description: 'Why, in words.' })
  because!: string;

  @Field(() => String, { description: 'Their currency as reported.' })
  currency!: string;

  @Field(() => DecimalScalar, { description: 'What they add up to, in that currency.' })
  amount!: string;

  @Field(() => Int, { description: 'How many flows they are.' })
  flows!: number;
}

@ObjectType({ description: 'One way of a donor’s money and its cursor.' })
export class MoneyTrailEdge {
  @Field(() => MoneyTrail, { description: 'The way.' })
  node!: MoneyTrail;

  @Field(() => ID, { description: 'Where it stands: an `after` that continues behind it.' })
  cursor!: string;
}

@ObjectType({
  description:
    'A page of the ways that a donor’s money took (Relay), and what they all add up to. At the donor and at each body the largest amount comes first, with all that it led to. How many ways there are is not counted: it would take following them all.',
})
export class MoneyTrailConnection {
  @Field(() => [MoneyTrailEdge], { description: 'The ways with their cursors.' })
  edges!: MoneyTrailEdge[];

  @Field(() => [MoneyTrail], { description: 'The ways.' })
  nodes!: MoneyTrail[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;

  @Field(() => DecimalScalar, {
    description:
      'What the donor paid to others in the period, as far as it can be converted: the sum of `amount` over all ends, on all pages together, where no `to` is asked for.',
  })
  total!: string;

  @Field(() => CountedMoney, { description: 'Which money is counted.' })
  money!: CountedMoney;

  @Field(() => String, { description: 'ISO 4217: the currency of all amounts.' })
  currency!: string;

  @Field(() => DateScalar, {
    description:
      'The day up to which it was judged what the bodies are: the end of the period, else the first of next month (UTC).',
  })
  asOf!: string;

  @Directive('@listSize(assumedSize: 50)')
  @Field(() => [TrailLeftOut], {
    description: 'Flows of the donor that cannot be converted and are in no amount, by reason.',
  })
  leftOut!: TrailLeftOut[];

  /** Read by field resolvers. */
  donor!: string;
}
