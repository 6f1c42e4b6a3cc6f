import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { toProvenance } from '../../shared/provenance';
import { Provenance } from '../source/source';
import { FundedOrganisation } from '../organisation';
import type { FundingContext } from '../context';
import { Money } from '../rate/money';
import { Budget } from './budget';

@Resolver(() => Budget)
export class BudgetResolver {
  @FieldResolver(() => Money, { description: 'The amount as reported.' })
  amount(@Root() { amountText, currency }: Budget): Money {
    return { amount: amountText, currency };
  }

  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'Who is to receive it, if somebody is named.',
  })
  async receiver(
    @Root() { receiverKey }: Budget,
    @Ctx() { bodies }: FundingContext,
  ): Promise<FundedOrganisation | null> {
    const id = receiverKey === null ? null : await bodies.idOf.load(receiverKey);
    return id === null ? null : { id };
  }

  @FieldResolver(() => Provenance, { description: 'Where it came from.' })
  provenance(@Root() { stamp }: Budget) {
    return toProvenance(stamp);
  }
}
