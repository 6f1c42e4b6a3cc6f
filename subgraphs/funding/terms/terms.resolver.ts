import { Arg, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { DateScalar, DecimalScalar } from '../../shared/scalars';
import type { FundingContext } from '../context';
import { CountedMoney } from '../flow/counted-money';
import { FlowFilter } from '../flow/flow.args';
import { FundingTerms, FundingTermsCoverage } from './terms';

@Resolver(() => FundingTerms)
export class TermsResolver {
  @Directive('@cost(weight: 60)')
  @Query(() => FundingTerms, {
    nullable: true,
    description:
      'On what terms bodies are funded, by what they are: how long, how freely, how often again, by how many donors. Each transfer counts once, and whole: the terms are those of the whole flow, whatever part of it is for the places or sectors asked for. “First” and “later” are within the filter. At most a million flows. Null only with an error.',
  })
  fundingTerms(
    @Arg('filter', () => FlowFilter, { nullable: true, description: 'Which flows.' })
    filter: FlowFilter | undefined,
    @Arg('money', () => CountedMoney, {
      defaultValue: CountedMoney.COMMITTED,
      description: 'Which money: kinds that are never added together.',
    })
    money: CountedMoney,
    @Arg('currency', () => String, { description: 'In which currency (ISO 4217).' })
    currency: string,
    @Arg('smallUpTo', () => DecimalScalar, {
      nullable: true,
      description: 'Up to which amount, in that currency, a flow is a small grant.',
    })
    smallUpTo: string | null | undefined,
    @Arg('asOf', () => DateScalar, {
      nullable: true,
      description:
        'The day for which outcomes are taken; default: the first of next month (UTC), as in lists.',
    })
    asOf: string | null | undefined,
    @Ctx() { terms }: FundingContext,
  ) {
    return terms.terms({ filter, money, currency, smallUpTo, asOf });
  }

  @Directive('@cost(weight: 40)')
  @FieldResolver(() => FundingTermsCoverage, {
    description: 'What the figures rest on, and what they lack.',
  })
  coverage(@Root() { coverageOf }: FundingTerms) {
    return coverageOf();
  }
}
