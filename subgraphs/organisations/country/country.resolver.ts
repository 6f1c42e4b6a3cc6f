import { Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { OrganisationsContext } from '../context';
import { Country, Region } from './country';

@Resolver(() => Country)
export class CountryResolver {
  @Directive('@listSize(assumedSize: 300)')
  @Query(() => [Country], { description: 'Every country and territory, by code.' })
  countries(@Ctx() { countries }: OrganisationsContext) {
    return countries.all();
  }

  @FieldResolver(() => [Region], { description: 'The M49 regions it lies in, the widest first.' })
  async regions(@Root() { regionCodes }: Country, @Ctx() { countries }: OrganisationsContext) {
    const regions = await countries.regionByCode.loadMany(regionCodes);
    return regions.filter(
      (region): region is Region => region !== null && !(region instanceof Error),
    );
  }
}

/** A code that no list has still stands in the record that uses it, under itself as its name. */
export const resolveCountry = async (
  { id }: Pick<Country, 'id'>,
  { countries }: OrganisationsContext,
): Promise<Country> =>
  (await countries.byCode.load(id)) ?? {
    id,
    name: id,
    nameFr: null,
    iso3: null,
    m49: null,
    regionCodes: [],
  };

/** A code that no list has still stands in what names it, under itself as its name. */
export const resolveRegion = async (
  { id }: Pick<Region, 'id'>,
  { countries }: OrganisationsContext,
): Promise<Region> => (await countries.regionByCode.load(id)) ?? { id, name: id, nameFr: null };
