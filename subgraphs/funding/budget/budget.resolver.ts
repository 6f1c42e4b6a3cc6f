import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { bodyOf, provenanceOf } from '../../shared/references';
import { FundedOrganisation } from '../organisation';
import { Provenance } from '../source/source';
import type { FundingContext } from '../context';
import { Money } from '../rate/money';
import { Budget } from './budget';

@Resolver(() => Budget)
export class BudgetResolver {
  @FieldResolver(() => Money, { description: 'The amount as reported.' })
  amount(@Root() { amountText, currency }: Budget): Money {
    return { amount: amountText, currency };
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'Who is to receive it, if somebody is named.',
  })
  receiver(@Root() { receiverKey }: Budget, @Ctx() { bodies }: FundingContext) {
    return bodyOf(receiverKey, bodies);
  }

  @FieldResolver(() => Provenance, { description: 'Where it came from.' })
  provenance(
    @Root() { stamp, providerKey, receiverKey }: Budget,
    @Ctx() { bodies }: FundingContext,
  ) {
    return provenanceOf(stamp, [providerKey, receiverKey], bodies);
  }
}
