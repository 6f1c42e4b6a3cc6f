import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { connectionOf } from '../../shared/paging';
import { Provenance, toProvenance } from '../../shared/provenance';
import type { NetworksContext } from '../context';
import { NetworkedOrganisation } from '../organisation';
import { MemberCount } from './member-count';
import { Membership, MembershipRecord } from './membership';

export const MembershipConnection = connectionOf('Membership', 'memberships', () => Membership);

@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => NetworkedOrganisation, {
    nullable: true,
    description: 'Who belongs. Null only if organisations does not answer.',
  })
  member(@Root() { memberId }: Membership): NetworkedOrganisation {
    return { id: memberId };
  }

  @FieldResolver(() => NetworkedOrganisation, {
    nullable: true,
    description:
      'What it belongs to: for an expanded member, the nearer network, not the one asked for. Null only if organisations does not answer.',
  })
  network(@Root() { networkId }: Membership): NetworkedOrganisation {
    return { id: networkId };
  }

  @FieldResolver(() => [NetworkedOrganisation], {
    nullable: 'items',
    description:
      'The networks between: from the one asked for to the one that the member belongs to. An item is null only if organisations does not answer.',
  })
  path(@Root() { pathIds }: Membership): NetworkedOrganisation[] {
    return pathIds.map((id) => ({ id }));
  }
}

@Resolver(() => MembershipRecord)
export class MembershipRecordResolver {
  @Directive('@cost(weight: 1)')
  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  async provenance(@Root() { id }: MembershipRecord, @Ctx() { memberships }: NetworksContext) {
    const stamp = await memberships.stamps.load(id);
    if (!stamp) throw new Error(`The membership ${id} is gone.`);
    return toProvenance(stamp);
  }
}

@Resolver(() => MemberCount)
export class MemberCountResolver {
  @FieldResolver(() => Provenance, { description: 'Where the record came from.' })
  provenance(@Root() { stamp }: MemberCount) {
    return toProvenance(stamp);
  }
}
