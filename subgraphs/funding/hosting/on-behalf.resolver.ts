import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { bodyOf } from '../../shared/references';
import { Activity } from '../activity/activity';
import type { FundingContext } from '../context';
import { Flow } from '../flow/flow';
import { FundedOrganisation } from '../organisation';
import { OnBehalfOf } from './on-behalf';

@Resolver(() => OnBehalfOf)
export class OnBehalfOfResolver {
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => FundedOrganisation, {
    nullable: true,
    description:
      'The body whose money it is; `hostedBy` has the arrangement, with the host’s fee if known. Null only if organisations does not answer.',
  })
  organisation(@Root() { key }: OnBehalfOf, @Ctx() { bodies }: FundingContext) {
    return bodyOf(key, bodies);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => Activity, {
    nullable: true,
    description: 'The activity that says so; null: none does, or it is not on record.',
  })
  activity(@Root() { activityKey }: OnBehalfOf, @Ctx() { activities }: FundingContext) {
    return activityKey === null ? null : activities.byKey.load(activityKey);
  }
}

/** For whom hosts stand on the two sides of a flow. */
@Resolver(() => Flow)
export class HostedFlowResolver {
  @FieldResolver(() => OnBehalfOf, {
    nullable: true,
    description:
      'In whose name the provider paid, as the host of that body; null: in its own, as far as any record says.',
  })
  providerOnBehalfOf(@Root() { onBehalf }: Flow) {
    return onBehalf.provider;
  }

  @FieldResolver(() => OnBehalfOf, {
    nullable: true,
    description:
      'In whose name the receiver got it, as the host of that body; null: in its own, as far as any record says.',
  })
  receiverOnBehalfOf(@Root() { onBehalf }: Flow) {
    return onBehalf.receiver;
  }
}
