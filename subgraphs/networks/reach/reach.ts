import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Proportion, proportionOf } from '../../shared/proportion';
import { DateScalar } from '../../shared/scalars';
import type { Member } from '../profile/profile.loader';

@ObjectType({ description: 'How many bodies a network reaches in one country.' })
export class CountryReach {
  @Field(() => Int, { description: 'Of its own members, how many are headquartered there.' })
  direct!: number;

  @Field(() => Int, { description: 'Of all whom it reaches, how many are headquartered there.' })
  expanded!: number;

  /** Read by the `country` resolver. */
  countryCode!: string;
}

@ObjectType({
  description:
    'Whom a network reaches on a day, members of its member networks included, each body once and never itself.',
})
export class NetworkReach {
  @Field(() => DateScalar, { description: 'The day.' })
  asOf!: string;

  @Field(() => Int, { description: 'How many bodies are members of its own.' })
  direct!: number;

  @Field(() => Int, {
    description: 'How many bodies are members of it, of its members, and so on.',
  })
  expanded!: number;

  @Field(() => Int, {
    description:
      'How many memberships these are: what adding up the lists of members would give, bodies in several networks counted several times.',
  })
  memberships!: number;

  @Field(() => Int, { description: 'By how many steps the farthest is reached; 0: it has none.' })
  deepest!: number;

  @Directive('@listSize(assumedSize: 60)')
  @Field(() => [CountryReach], {
    description: 'The countries in which a body that it reaches is headquartered, by code.',
  })
  countries!: CountryReach[];

  @Field(() => Proportion, {
    description: 'Of how many bodies that it reaches the country is known.',
  })
  countriesKnown!: Proportion;

  @Field(() => Int, {
    description:
      'How many pairs of countries it links by having somebody in both, whether or not they are neighbours: n × (n − 1) ÷ 2 of n countries.',
  })
  crossBorderPairs!: number;

  /** Read by the `networksWithin` resolver. */
  networkId!: string;
  reached!: Member[];
}

/** Adds up whom a network reaches. */
export const reachOf = (networkId: string, asOf: string, reached: Member[]): NetworkReach => {
  const countries = new Map<string, CountryReach>();
  for (const { membership, profile } of reached) {
    if (profile.country === null) continue;
    const counted = countries.get(profile.country) ?? {
      countryCode: profile.country,
      direct: 0,
      expanded: 0,
    };
    countries.set(profile.country, counted);
    counted.expanded += 1;
    if (membership.depth === 1) counted.direct += 1;
  }
  const located = [...countries.values()].reduce((sum, { expanded }) => sum + expanded, 0);
  const direct = reached.filter(({ membership }) => membership.depth === 1).length;
  return {
    asOf,
    direct,
    memberships: reached.reduce(
      (sum, { membership }) => sum + (membership.ownMembers ?? 0),
      direct,
    ),
    expanded: reached.length,
    deepest: reached.reduce((deepest, { membership }) => Math.max(deepest, membership.depth), 0),
    countries: [...countries.values()].sort((a, b) => (a.countryCode < b.countryCode ? -1 : 1)),
    countriesKnown: proportionOf(located, reached.length),
    crossBorderPairs: (countries.size * (countries.size - 1)) / 2,
    networkId,
    reached,
  };
};
