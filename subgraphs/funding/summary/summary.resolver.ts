import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { DateScalar } from '../../shared/scalars';
import type { FundingContext } from '../context';
import { CountedMoney } from '../flow/counted-money';
import { FlowFilter } from '../flow/flow.args';
import { CountingBasis } from './basis';
import { FlowDimension } from './dimension';
import { FlowSummary, FlowSummaryCoverage, FlowSummaryRow } from './summary';

const DEFAULT_ROWS = 100;

@Resolver(() => FlowSummary)
export class SummaryResolver {
  @Directive('@cost(weight: 80)')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["rows"], requireOneSlicingArgument: false)',
  )
  @Query(() => FlowSummary, {
    nullable: true,
    description:
      'Flows added up, each transfer once however many reported it, on a basis that has to be chosen: a sum without one is refused. Null only with an error.',
  })
  flowSummary(
    @Arg('basis', () => CountingBasis, {
      nullable: true,
      description: 'What is added up. There is no default: without one there is no answer.',
    })
    basis: CountingBasis | null | undefined,
    @Arg('currency', () => String, { description: 'In which currency (ISO 4217).' })
    currency: string,
    @Arg('groupBy', () => [FlowDimension], {
      description: 'By what sums are told apart: none to three dimensions.',
    })
    groupBy: FlowDimension[],
    @Arg('money', () => CountedMoney, {
      defaultValue: CountedMoney.DISBURSED,
      description: 'Which money: kinds that are never added together.',
    })
    money: CountedMoney,
    @Arg('filter', () => FlowFilter, {
      nullable: true,
      description:
        'Which flows. What it says of time, place, sector and source bounds the scope within which money is followed, and of a flow for several places or sectors it means those parts; all else says which of the flows in the scope are shown.',
    })
    filter: FlowFilter | undefined,
    @Arg('asOf', () => DateScalar, {
      nullable: true,
      description:
        'The day for which outcomes of classification are taken; default: the first of next month (UTC), as in lists.',
    })
    asOf: string | null | undefined,
    @Arg('first', () => Int, {
      defaultValue: DEFAULT_ROWS,
      description: 'How many rows at most, 1 to 500; the others are added up in `restAmount`.',
    })
    first: number,
    @Ctx() { summaries }: FundingContext,
  ) {
    return summaries.summary({ filter, basis, money, currency, groupBy, asOf, first });
  }

  @FieldResolver(() => FlowSummaryCoverage, {
    description: 'What the figures rest on, and what they lack.',
  })
  coverage(@Root() { coverageOf }: FlowSummary) {
    return coverageOf();
  }
}

@Resolver(() => FlowSummaryRow)
export class SummaryRowResolver {
  @Directive('@cost(weight: 1)')
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many different bodies gave the flows that the amount is of. Whom no record names, or whom you may not see, is not counted. Null where money is followed along ways of several flows.',
  })
  providers(@Root() { bodiesOf }: FlowSummaryRow) {
    return bodiesOf('provider');
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many different bodies got the flows that the amount is of, counted like `providers`.',
  })
  receivers(@Root() { bodiesOf }: FlowSummaryRow) {
    return bodiesOf('receiver');
  }
}
