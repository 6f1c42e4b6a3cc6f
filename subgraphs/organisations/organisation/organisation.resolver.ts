import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Modality } from '../../shared/outcomes';
import { connectionOf, PageArgs } from '../../shared/paging';
import { toProvenance } from '../../shared/provenance';
import { Constituency } from '../../shared/vocabulary';
import type { OrganisationsContext } from '../context';
import { Provenance } from '../source/provenance';
import { UnAccess } from '../access/access';
import { Country } from '../country/country';
import { AnnualFigures } from '../figures/figures';
import { resolveCountry } from '../country/country.resolver';
import { HostArrangement } from '../host/host';
import { Statement } from '../statement/statement';
import { Organisation, OrganisationIdentifier, OutcomeCount, Theme } from './organisation';
import { OrganisationFilter, OrganisationOrder } from './organisation.args';
import { byAuthority, describe } from './record';

const OrganisationConnection = connectionOf('Organisation', 'organisations', () => Organisation);

const described = async ({ id }: Organisation, { organisations }: OrganisationsContext) =>
  describe(id, await organisations.records.load(id));

@Resolver(() => Organisation)
export class OrganisationResolver {
  @Directive('@cost(weight: 3)')
  @Query(() => Organisation, {
    nullable: true,
    description: 'The body that any identifier ever recorded means, or null.',
  })
  organisation(
    @Arg('id', () => ID, { description: 'Any of its identifiers, in any case.' }) id: string,
    @Ctx() { organisations }: OrganisationsContext,
  ) {
    return organisations.byIdentifier(id);
  }

  @Query(() => OrganisationConnection, { description: 'Organisations, a page at a time.' })
  async organisations(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => OrganisationFilter, { nullable: true, description: 'Which ones.' })
    filter: OrganisationFilter | undefined,
    @Arg('orderBy', () => OrganisationOrder, {
      defaultValue: OrganisationOrder.NAME_ASC,
      description: 'In which order.',
    })
    order: OrganisationOrder,
    @Ctx() { organisations }: OrganisationsContext,
  ) {
    return new OrganisationConnection(await organisations.page(page, filter, order));
  }

  @Directive('@cost(weight: 5)')
  @Directive('@listSize(assumedSize: 5)')
  @Query(() => [OutcomeCount], {
    nullable: true,
    description:
      'How many organisations are networks, intermediaries and so on, in the standing period: up to the first of next month (UTC), by the default rule. Every outcome has a count, which is that of `organisations` with it in the filter.',
  })
  async outcomeCounts(
    @Arg('filter', () => OrganisationFilter, { nullable: true, description: 'Which ones.' })
    filter: OrganisationFilter | undefined,
    @Ctx() { organisations }: OrganisationsContext,
  ): Promise<OutcomeCount[]> {
    const counts = await organisations.countByOutcome(filter);
    return Object.values(Modality).map((outcome) => ({
      outcome,
      organisations: counts.get(outcome) ?? 0,
    }));
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => [String], {
    description: 'Its other names: former, short, in other languages.',
  })
  async aliases(@Root() root: Organisation, @Ctx() context: OrganisationsContext) {
    return (await described(root, context)).aliases;
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [OrganisationIdentifier], {
    description: 'All identifiers on record for it.',
  })
  async identifiers(
    @Root() root: Organisation,
    @Ctx() context: OrganisationsContext,
  ): Promise<OrganisationIdentifier[]> {
    const [{ identifiers }, read] = await Promise.all([
      described(root, context),
      context.identifierReader(),
    ]);
    return identifiers.map(({ raw, key }) => {
      const { scheme } = read(key);
      return { raw, value: key, scheme, recognised: scheme !== null };
    });
  }

  @FieldResolver(() => Country, {
    nullable: true,
    description: 'Where it is headquartered, if known.',
  })
  country(@Root() { countryCode }: Organisation, @Ctx() context: OrganisationsContext) {
    return countryCode === null ? null : resolveCountry({ id: countryCode }, context);
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The town of its headquarters, if known.',
  })
  async city(@Root() root: Organisation, @Ctx() context: OrganisationsContext) {
    return (await described(root, context)).city;
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'When it was founded, as exactly as known: `2003`, `2003-05` or `2003-05-01`.',
  })
  async founded(@Root() root: Organisation, @Ctx() context: OrganisationsContext) {
    return (await described(root, context)).founded;
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'When it ended, as exactly as known; null: it goes on, or nobody says.',
  })
  async dissolved(@Root() root: Organisation, @Ctx() context: OrganisationsContext) {
    return (await described(root, context)).dissolved;
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => [Theme], { description: 'What it works on.' })
  async themes(@Root() root: Organisation, @Ctx() context: OrganisationsContext): Promise<Theme[]> {
    const { themes } = await described(root, context);
    const items = await context.codelists.itemsByCode.loadMany(
      themes.map((code) => `Sector/${code}`),
    );
    return themes.map((id, index) => {
      const item = items[index];
      return { id, name: item && !(item instanceof Error) ? item.name : id };
    });
  }

  @Directive('@cost(weight: 1)')
  @FieldResolver(() => [Constituency], { description: 'For whom it speaks, or by whom it is led.' })
  async constituencies(@Root() root: Organisation, @Ctx() context: OrganisationsContext) {
    return (await described(root, context)).constituencies;
  }

  @FieldResolver(() => [HostArrangement], {
    description: 'Who hosts it in law or for money, with dates and fee if known.',
  })
  hostedBy(@Root() { id }: Organisation, @Ctx() { hosts }: OrganisationsContext) {
    return hosts.byHosted.load(id);
  }

  @FieldResolver(() => [HostArrangement], {
    description: 'Whom it hosts, with dates and fee if known.',
  })
  hosts(@Root() { id }: Organisation, @Ctx() { hosts }: OrganisationsContext) {
    return hosts.byHost.load(id);
  }

  @FieldResolver(() => [Statement], {
    description: 'What the body says of itself: the right of reply.',
  })
  statements(@Root() { id }: Organisation, @Ctx() { statements }: OrganisationsContext) {
    return statements.byOrganisation.load(id);
  }

  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [AnnualFigures], {
    description: 'What it publishes of its years, the newest first.',
  })
  annualFigures(@Root() { id }: Organisation, @Ctx() { figures }: OrganisationsContext) {
    return figures.byOrganisation.load(id);
  }

  @Directive('@listSize(assumedSize: 4)')
  @FieldResolver(() => [UnAccess], {
    description: 'Its access to seats of the United Nations, of all times.',
  })
  unAccess(@Root() { id }: Organisation, @Ctx() { accesses }: OrganisationsContext) {
    return accesses.byOrganisation.load(id);
  }

  @FieldResolver(() => [Organisation], {
    description:
      'Other bodies of the same name (case and accents aside). Never merged by name alone: this is where to look.',
  })
  async likelyDuplicates(
    @Root() { id, sortName }: Organisation,
    @Ctx() { organisations }: OrganisationsContext,
  ) {
    return sortName === ''
      ? []
      : (await organisations.bySortName.load(sortName)).filter((other) => other.id !== id);
  }

  @FieldResolver(() => [Provenance], {
    description: 'Every record that describes it, the most believed first.',
  })
  async provenance(@Root() { id }: Organisation, @Ctx() { organisations }: OrganisationsContext) {
    return byAuthority(await organisations.records.load(id)).map(toProvenance);
  }
}

export const resolveOrganisation = (
  { id }: Pick<Organisation, 'id'>,
  { organisations }: OrganisationsContext,
) => organisations.byId.load(id);
