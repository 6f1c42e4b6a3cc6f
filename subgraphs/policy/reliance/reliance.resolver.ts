import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { checkListed } from '../../shared/filters';
import { connectionOf, PageArgs, pageOfAll } from '../../shared/paging';
import { Provenance } from '../../shared/provenance';
import { OrganisationKind } from '../../shared/vocabulary';
import type { PolicyContext } from '../context';
import { ParticipatingOrganisation } from '../organisation';
import { Reliance } from './reliance';

const RelianceConnection = connectionOf(
  'Reliance',
  'records by which authorities relied on bodies',
  () => Reliance,
);

/** Who relied on a body. */
@Resolver(() => ParticipatingOrganisation)
export class ReliedOnOrganisationResolver {
  @Directive('@cost(weight: 10)')
  @FieldResolver(() => RelianceConnection, {
    nullable: true,
    description:
      'Records by which public authorities relied on it, the oldest first: agreements with it, and its part in processes that they lead. No trust is inferred. Money that they gave is in `flowsIn`. Null only if policy does not answer.',
  })
  async reliance(
    @Root() { id }: ParticipatingOrganisation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('authorities', () => [OrganisationKind], {
      defaultValue: [OrganisationKind.LOCAL_GOVERNMENT],
      description: 'Authorities of these kinds. Default: local governments.',
    })
    authorities: OrganisationKind[],
    @Arg('withMembers', () => Boolean, {
      defaultValue: false,
      description: 'Also of the bodies that are its direct members today.',
    })
    withMembers: boolean,
    @Ctx() { reliance }: PolicyContext,
  ) {
    checkListed(authorities, 'authorities');
    return new RelianceConnection(
      pageOfAll(
        await reliance.of(id, authorities, withMembers),
        { ...page, scope: ['reliance', id, authorities, withMembers] },
        reliance.place,
      ),
    );
  }
}

@Resolver(() => Reliance)
export class RelianceResolver {
  @FieldResolver(() => ParticipatingOrganisation, {
    nullable: true,
    description: 'The authority. Null only if organisations does not answer.',
  })
  authority(@Root() { authorityId }: Reliance): ParticipatingOrganisation {
    return { id: authorityId };
  }

  @FieldResolver(() => ParticipatingOrganisation, {
    nullable: true,
    description: 'The body that it relied on. Null only if organisations does not answer.',
  })
  organisation(@Root() { bodyId }: Reliance): ParticipatingOrganisation {
    return { id: bodyId };
  }

  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(@Root() { provenance }: Reliance): Provenance {
    return provenance;
  }
}
