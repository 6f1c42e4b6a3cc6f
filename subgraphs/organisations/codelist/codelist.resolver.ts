import { Arg, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { OrganisationsContext } from '../context';
import { Source } from '../source/source';
import { Codelist, CodelistItem } from './codelist';

@Resolver(() => Codelist)
export class CodelistResolver {
  @Query(() => Codelist, {
    nullable: true,
    description: 'One codelist by its standard’s name, or null.',
  })
  codelist(
    @Arg('name', () => String, { description: 'As the standard writes it: `TransactionType`.' })
    name: string,
    @Ctx() { codelists }: OrganisationsContext,
  ) {
    return codelists.byName.load(name);
  }

  @Directive('@listSize(assumedSize: 60)')
  @Query(() => [Codelist], { description: 'Every codelist on record, by name.' })
  codelists(@Ctx() { codelists }: OrganisationsContext) {
    return codelists.all();
  }

  @Directive('@listSize(assumedSize: 500)')
  @FieldResolver(() => [CodelistItem], { description: 'Its codes, in the order of the list.' })
  items(@Root() { name }: Codelist, @Ctx() { codelists }: OrganisationsContext) {
    return codelists.itemsByName.load(name);
  }

  @FieldResolver(() => Source, { nullable: true, description: 'Where the list was taken from.' })
  source(@Root() { sourceId }: Codelist, @Ctx() { sources }: OrganisationsContext) {
    return sources.byId.load(sourceId);
  }
}
