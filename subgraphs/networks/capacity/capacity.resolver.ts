import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { proportionOf } from '../../shared/proportion';
import type { NetworksContext } from '../context';
import { newestOf } from '../figures/figures.loader';
import type { MemberCount } from '../membership/member-count';
import { Network } from '../network/network';
import { AsOfArgs } from '../profile/members.args';
import { BudgetBasis, NetworkCapacity } from './capacity';

/** The newest count of organisations up to a day; a count of unknown date only if there is no other. */
const countedBy = (counts: readonly MemberCount[], day: string): number =>
  counts.find(
    ({ organisations, countedOn }) =>
      organisations !== null && (countedOn === null || countedOn <= day),
  )?.organisations ?? 0;

const PART = 100_000;

@Resolver(() => Network)
export class NetworkCapacityResolver {
  @Directive('@cost(weight: 6)')
  @FieldResolver(() => NetworkCapacity, {
    description: 'What is asked of it beside what it has, as far as it publishes that.',
  })
  async capacity(
    @Root() { id }: Network,
    @Args(() => AsOfArgs) { asOf = today() }: AsOfArgs,
    @Ctx() { memberships, figures }: NetworksContext,
  ): Promise<NetworkCapacity> {
    const [named, counts, years] = await Promise.all([
      memberships.allMembers(id, { activeOn: asOf }),
      memberships.counts.load(id),
      figures.byId.load(id),
    ]);
    const members = Math.max(named.length, countedBy(counts, asOf));
    const office = newestOf(years, asOf, ({ secretariatBudget }) => secretariatBudget !== null);
    const whole = office ?? newestOf(years, asOf, ({ income }) => income !== null);
    const budget = office?.secretariatBudget ?? whole?.income ?? null;
    const asked = newestOf(years, asOf, ({ requests }) => requests !== null);
    const met = asked?.requestsMet ?? null;
    const requests = asked?.requests ?? null;
    return {
      members,
      budgetYear: whole?.year ?? null,
      budgetBasis:
        budget === null ? null : office ? BudgetBasis.SECRETARIAT_BUDGET : BudgetBasis.INCOME,
      budget,
      currency: whole?.currency ?? null,
      membersPer100000:
        budget === null || Number(budget) === 0 ? null : (members * PART) / Number(budget),
      unavailableBecause:
        budget === null
          ? 'It publishes neither a budget of its office nor its income.'
          : Number(budget) === 0
            ? 'The budget is nothing.'
            : null,
      requestsYear: asked?.year ?? null,
      requests,
      met: requests === null || met === null ? null : proportionOf(met, requests),
      unmet: requests === null || met === null ? null : Math.max(0, requests - met),
    };
  }
}
