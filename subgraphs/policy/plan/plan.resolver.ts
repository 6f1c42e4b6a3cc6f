import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs, pageOfAll } from '../../shared/paging';
import { DateScalar } from '../../shared/scalars';
import { Agenda } from '../../shared/vocabulary';
import type { PolicyContext } from '../context';
import { PlannedCountry } from '../country';
import { CountryPlans, PlanStanding } from './plan';

const CountryPlansConnection = connectionOf(
  'CountryPlans',
  'countries with their action plans',
  () => CountryPlans,
);

@Resolver(() => CountryPlans)
export class CountryPlansResolver {
  @Directive('@cost(weight: 4)')
  @Query(() => CountryPlansConnection, {
    description:
      'Where the countries stand with their national action plans on an agenda: those of which any record speaks of a plan, by code. For countries without one ask `countries { actionPlans }`.',
  })
  async actionPlans(
    @Arg('agenda', () => Agenda, { description: 'The agenda of the plans.' }) agenda: Agenda,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('asOf', () => DateScalar, { nullable: true, description: 'The day. Default: today.' })
    asOf: string | undefined,
    @Arg('standings', () => [PlanStanding], {
      nullable: true,
      description: 'Countries that stand so. Default: all.',
    })
    standings: PlanStanding[] | undefined,
    @Ctx() { plans }: PolicyContext,
  ) {
    const rows = (await plans.all(agenda, asOf)).filter(
      ({ standing }) => standings?.includes(standing) ?? true,
    );
    return new CountryPlansConnection(
      pageOfAll(
        rows,
        { ...page, scope: ['plans', agenda, asOf, standings] },
        ({ countryCode }) => countryCode,
      ),
    );
  }

  @FieldResolver(() => PlannedCountry, { nullable: true, description: 'The country.' })
  country(@Root() { countryCode }: CountryPlans): PlannedCountry {
    return { id: countryCode };
  }
}

/** What policy adds to a country. */
@Resolver(() => PlannedCountry)
export class PlannedCountryResolver {
  @Directive('@cost(weight: 4)')
  @FieldResolver(() => CountryPlans, {
    nullable: true,
    description:
      'Its national action plans on an agenda, and where it stands with them. Null only if policy does not answer.',
  })
  actionPlans(
    @Root() { id }: PlannedCountry,
    @Arg('agenda', () => Agenda, { description: 'The agenda of the plans.' }) agenda: Agenda,
    @Arg('asOf', () => DateScalar, { nullable: true, description: 'The day. Default: today.' })
    asOf: string | undefined,
    @Ctx() { plans }: PolicyContext,
  ) {
    return plans.of(id, agenda, asOf);
  }
}
