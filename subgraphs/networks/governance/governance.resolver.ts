import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { Provenance, toProvenance } from '../../shared/provenance';
import { bodyOf, provenanceOf } from '../../shared/references';
import type { NetworksContext } from '../context';
import { NetworkedOrganisation } from '../organisation';
import { GoverningBody, Seat } from './governance';

@Resolver(() => GoverningBody)
export class GoverningBodyResolver {
  @FieldResolver(() => [Seat], { description: 'Its seats on record, of all times.' })
  seats(@Root() { id }: GoverningBody, @Ctx() { governance }: NetworksContext) {
    return governance.seats.load(id);
  }

  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(@Root() { stamp }: GoverningBody) {
    return toProvenance(stamp);
  }
}

@Resolver(() => Seat)
export class SeatResolver {
  @Directive('@cost(weight: 2)')
  @FieldResolver(() => NetworkedOrganisation, {
    nullable: true,
    description: 'The body that holds it, if known.',
  })
  holder(@Root() { holderKey }: Seat, @Ctx() { bodies }: NetworksContext) {
    return bodyOf(holderKey, bodies);
  }

  @Directive('@cost(weight: 2)')
  @FieldResolver(() => NetworkedOrganisation, {
    nullable: true,
    description: 'The body that nominates to it, if known.',
  })
  nominatedBy(@Root() { nominatedByKey }: Seat, @Ctx() { bodies }: NetworksContext) {
    return bodyOf(nominatedByKey, bodies);
  }

  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(
    @Root() { stamp, holderKey, nominatedByKey }: Seat,
    @Ctx() { bodies }: NetworksContext,
  ) {
    return provenanceOf(stamp, [holderKey, nominatedByKey], bodies);
  }
}
