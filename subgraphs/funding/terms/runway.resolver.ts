import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { DateScalar } from '../../shared/scalars';
import type { FundingContext } from '../context';
import { FundedOrganisation } from '../organisation';
import { Runway } from './runway';

@Resolver(() => FundedOrganisation)
export class RunwayResolver {
  @Directive('@cost(weight: 4)')
  @FieldResolver(() => Runway, {
    nullable: true,
    description:
      'How long the income committed to it for later would last. Null only if funding does not answer.',
  })
  runway(
    @Root() { id }: FundedOrganisation,
    @Arg('asOf', () => DateScalar, {
      nullable: true,
      description: 'After which day; default: today (UTC).',
    })
    asOf: string | null | undefined,
    @Arg('currency', () => String, { description: 'In which currency (ISO 4217).' })
    currency: string,
    @Ctx() { runways }: FundingContext,
  ) {
    return runways.of(id, asOf ?? today(), currency);
  }
}
