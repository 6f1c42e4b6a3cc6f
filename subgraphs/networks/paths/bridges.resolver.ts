import { Arg, Args, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { CountryStub } from '../../shared/provenance';
import type { NetworksContext } from '../context';
import { Network } from '../network/network';
import { NetworkedOrganisation } from '../organisation';
import { AsOfArgs } from '../profile/members.args';
import { RegionStub } from '../region';
import { bind } from './bind';
import { Broker, NetworkBridges, RegionBodies } from './bridges';

@Resolver(() => Network)
export class NetworkBridgesOfResolver {
  @Directive('@cost(weight: 16)')
  @FieldResolver(() => NetworkBridges, {
    description:
      'How bodies are bound to it: by how many steps, on whom that depends, and from where there is no way.',
  })
  async bridges(
    @Root() { id }: Network,
    @Args(() => AsOfArgs) { asOf = today() }: AsOfArgs,
    @Ctx() { paths, profiles }: NetworksContext,
  ): Promise<NetworkBridges> {
    const down = await paths.from(id, 'down', asOf);
    const links = new Map(
      [...down].map(([body, members]) => [body, members.map(({ memberId }) => memberId)]),
    );
    const found = await profiles.byId.loadMany([...new Set([id, ...[...links.values()].flat()])]);
    const known = found.flatMap((profile) =>
      profile && !(profile instanceof Error) ? [[profile.id, profile] as const] : [],
    );
    return bind(links, id, new Map(known));
  }
}

@Resolver(() => NetworkBridges)
export class NetworkBridgesResolver {
  @Directive('@listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)')
  @FieldResolver(() => [Broker], {
    description:
      'Those whose loss would cut off others, the most first; `brokerCount` says how many there are.',
  })
  brokers(
    @Root() { allBrokers }: NetworkBridges,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most.' }) first: number,
  ): Broker[] {
    return allBrokers.slice(0, Math.max(0, first));
  }

  @Directive('@listSize(assumedSize: 30)')
  @FieldResolver(() => [RegionBodies], {
    description: 'The M49 regions, of every level, from which there is a way, by code.',
  })
  regions(@Root() { allRegions }: NetworkBridges): RegionBodies[] {
    return allRegions;
  }

  @Directive('@cost(weight: 1)')
  @Directive('@listSize(assumedSize: 30)')
  @FieldResolver(() => [RegionStub], {
    nullable: 'items',
    description:
      'The M49 regions, of every level, in which bodies are on record but none has a way, by code; those of its own seat left out. An item is null only if organisations does not answer.',
  })
  async regionsWithout(
    @Root() { allRegions, ownRegions }: NetworkBridges,
    @Ctx() { profiles }: NetworksContext,
  ): Promise<RegionStub[]> {
    const reached = new Set([...ownRegions, ...allRegions.map(({ regionCode }) => regionCode)]);
    return (await profiles.regions()).filter((id) => !reached.has(id)).map((id) => ({ id }));
  }
}

@Resolver(() => RegionBodies)
export class RegionBodiesResolver {
  @FieldResolver(() => RegionStub, {
    nullable: true,
    description: 'The region. Null only if organisations does not answer.',
  })
  region(@Root() { regionCode }: RegionBodies): RegionStub {
    return { id: regionCode };
  }
}

@Resolver(() => Broker)
export class BrokerResolver {
  @FieldResolver(() => NetworkedOrganisation, {
    nullable: true,
    description: 'The broker. Null only if organisations does not answer.',
  })
  body(@Root() { bodyId }: Broker): NetworkedOrganisation {
    return { id: bodyId };
  }

  @Directive('@listSize(assumedSize: 20)')
  @FieldResolver(() => [CountryStub], {
    nullable: 'items',
    description:
      'The countries from which nobody would have a way any more. An item is null only if organisations does not answer.',
  })
  countries(@Root() { countryCodes }: Broker): CountryStub[] {
    return countryCodes.map((id) => ({ id }));
  }
}
