import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { standingEnd } from '../classification/period';
import { DateScalar } from '../../shared/scalars';
import type { FundingContext } from '../context';
import { Flow } from '../flow/flow';
import { Route } from './route';

@Resolver(() => Flow)
export class FlowRouteResolver {
  @Directive('@cost(weight: 80)')
  @FieldResolver(() => Route, {
    description:
      'The route of its money from where it came into the records, six bodies back at most, to its receiver. A provider without income on record of the same kind is the source: that is DIRECT. Money that reached the provider by several routes is MIXED, or UNKNOWN if one of them is; so is what nobody receives, as expenditure. There is no filter by it: the route of one flow hangs on all that reached its provider, so a list would have to follow every flow back before its first page.',
  })
  route(
    @Root() flow: Flow,
    @Arg('asOf', () => DateScalar, {
      nullable: true,
      description:
        'The day for which it is judged what bodies are; default: the first of next month (UTC), as for outcomes in lists.',
    })
    asOf: string | null | undefined,
    @Ctx() { flowRoutes }: FundingContext,
  ) {
    return flowRoutes.of(flow, asOf ?? standingEnd(today()));
  }
}
