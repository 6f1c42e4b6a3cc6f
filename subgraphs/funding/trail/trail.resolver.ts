import { Args, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { FundingContext } from '../context';
import { Flow } from '../flow/flow';
import { FundedOrganisation } from '../organisation';
import { Route } from './route';
import { MoneyTrail, MoneyTrailConnection, TrailStep } from './trail';
import { MoneyTrailArgs } from './trail.args';

const organisation = (id: string | null): FundedOrganisation | null =>
  id === null ? null : { id };

@Resolver(() => MoneyTrailConnection)
export class MoneyTrailConnectionResolver {
  @Directive('@cost(weight: 80)')
  @Query(() => MoneyTrailConnection, {
    nullable: true,
    description:
      'Where the money that left one body ended, hop by hop; null if there is no such body. Each transfer counts once, however many reported it. Money at a body goes on as its payments out of the same activity did or, where no activity is on record, as all its payments did.',
  })
  moneyTrail(@Args(() => MoneyTrailArgs) args: MoneyTrailArgs, @Ctx() { trails }: FundingContext) {
    return trails.of(args);
  }

  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'The donor. Null only if organisations does not answer.',
  })
  from(@Root() { donor }: MoneyTrailConnection) {
    return organisation(donor);
  }
}

@Resolver(() => MoneyTrail)
export class MoneyTrailResolver {
  @Directive('@listSize(assumedSize: 4)')
  @FieldResolver(() => [TrailStep], {
    description: 'The way, from the donor’s own payment to the one by which the money got here.',
  })
  steps(@Root() trail: MoneyTrail, @Ctx() { trails }: FundingContext) {
    return trails.steps(trail);
  }

  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'The body where it ended; null: an unknown receiver, or one whom you may not see.',
  })
  recipient(@Root() { ended }: MoneyTrail) {
    return organisation(ended.body);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether the body where it ended reports what it pays. If not, RETAINED says only that nothing further is on record. Null: an unknown receiver.',
  })
  recipientReports(@Root() { ended, ways }: MoneyTrail) {
    return ended.body === null ? null : ways.reports(ended.body);
  }

  @Directive('@cost(weight: 30)')
  @FieldResolver(() => Route, {
    description:
      'The route to the body where it ended; UNKNOWN where it did not end, but circulates, is unknown or was followed no further.',
  })
  route(@Root() { ended, ways }: MoneyTrail) {
    return ways.route(ended);
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => Int, {
    description: 'How many bodies held the money between the donor and here, hosts left out.',
  })
  async hops(@Root() { ended, ways }: MoneyTrail) {
    const between = (await ways.hosts(ended)).slice(0, -1);
    return between.filter((host) => !host).length;
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => Int, {
    description:
      'How many held it as hosts: of the body that had it next, or in whose name they got it.',
  })
  async hostHops(@Root() { ended, ways }: MoneyTrail) {
    const handedOn = (await ways.hosts(ended)).filter((host) => host).length;
    return handedOn + ended.way.filter(({ hosts }) => hosts.length > 0).length;
  }
}

@Resolver(() => TrailStep)
export class TrailStepResolver {
  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description: 'Who paid. Null only if organisations does not answer.',
  })
  provider(@Root() { step }: TrailStep) {
    return organisation(step.from);
  }

  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description:
      'Who was paid, itself or through a host in its name; null: nobody says, or you may not see them.',
  })
  receiver(@Root() { step }: TrailStep) {
    return organisation(step.to);
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [FundedOrganisation], {
    nullable: 'items',
    description:
      'The hosts that got the money, or some of it, in the receiver’s name, as records say; none: the receiver itself did. An item is null only if organisations does not answer.',
  })
  throughHosts(@Root() { step }: TrailStep) {
    return step.hosts.map(organisation);
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => Boolean, {
    description: 'Whether the receiver held it as the host of the body that had it next.',
  })
  heldAsHost(@Root() { heldAsHost }: TrailStep) {
    return heldAsHost();
  }

  @Directive('@cost(weight: 2)')
  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [Flow], {
    description:
      'The evidence: some of the flows, ten at most; `flows` with provider and receiver lists all.',
  })
  async flows(@Root() { step }: TrailStep, @Ctx() { flows }: FundingContext) {
    const found = await Promise.all(step.flowIds.map((id) => flows.byId.load(id)));
    return found.filter((flow) => flow !== null);
  }
}
