import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Provenance, toProvenance } from '../../shared/provenance';
import type { NetworksContext } from '../context';
import { NetworkedOrganisation } from '../organisation';
import { GoverningBody, Seat } from './governance';

const bodyOf = async (
  key: string | null,
  { bodies }: NetworksContext,
): Promise<NetworkedOrganisation | null> => {
  const id = key === null ? null : await bodies.idOf.load(key);
  return id === null ? null : { id };
};

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
  @FieldResolver(() => NetworkedOrganisation, {
    nullable: true,
    description: 'The body that holds it, if known.',
  })
  holder(@Root() { holderKey }: Seat, @Ctx() context: NetworksContext) {
    return bodyOf(holderKey, context);
  }

  @FieldResolver(() => NetworkedOrganisation, {
    nullable: true,
    description: 'The body that nominates to it, if known.',
  })
  nominatedBy(@Root() { nominatedByKey }: Seat, @Ctx() context: NetworksContext) {
    return bodyOf(nominatedByKey, context);
  }

  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(@Root() { stamp }: Seat) {
    return toProvenance(stamp);
  }
}
