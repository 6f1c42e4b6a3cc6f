import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { provenanceOf } from '../../shared/references';
import type { OrganisationsContext } from '../context';
import { Provenance } from '../source/provenance';
import { Organisation } from '../organisation/organisation';
import { HostArrangement } from './host';

@Resolver(() => HostArrangement)
export class HostArrangementResolver {
  @Directive('@cost(weight: 3)')
  @FieldResolver(() => Organisation, { nullable: true, description: 'Who hosts.' })
  host(@Root() { hostKey }: HostArrangement, @Ctx() { organisations }: OrganisationsContext) {
    return organisations.byIdentifier(hostKey);
  }

  @Directive('@cost(weight: 3)')
  @FieldResolver(() => Organisation, { nullable: true, description: 'Who is hosted.' })
  hosted(@Root() { hostedKey }: HostArrangement, @Ctx() { organisations }: OrganisationsContext) {
    return organisations.byIdentifier(hostedKey);
  }

  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(
    @Root() { stamp, hostKey, hostedKey }: HostArrangement,
    @Ctx() { bodies }: OrganisationsContext,
  ) {
    return provenanceOf(stamp, [hostKey, hostedKey], bodies);
  }
}
