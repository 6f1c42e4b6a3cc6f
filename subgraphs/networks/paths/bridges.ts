import { Field, Int, ObjectType } from 'type-graphql';
import { Proportion } from '../../shared/proportion';

@ObjectType({ description: 'How many bodies have a shortest way of one length.' })
export class LengthCount {
  @Field(() => Int, { description: 'How many memberships the way goes through.' })
  length!: number;

  @Field(() => Int, { description: 'How many bodies.' })
  bodies!: number;
}

@ObjectType({
  description:
    'A member network on every way from some bodies to the network: were it lost, they would have no way to it any more (an articulation point).',
})
export class Broker {
  @Field(() => Int, { description: 'How many bodies, besides itself, would be cut off.' })
  cutsOff!: number;

  /** Read by field resolvers. */
  bodyId!: string;
  countryCodes!: string[];
}

@ObjectType({ description: 'A region and how many bodies in it have a way to the network.' })
export class RegionBodies {
  @Field(() => Int, { description: 'How many bodies.' })
  bodies!: number;

  /** Read by the `region` resolver. */
  regionCode!: string;
}

@ObjectType({
  description:
    'How bodies are bound to a network by memberships, directly or through member networks: by how many steps, on whom it depends, and from where there is no way.',
})
export class NetworkBridges {
  @Field(() => Int, { description: 'How many bodies have a way to it.' })
  bodies!: number;

  @Field(() => [LengthCount], {
    description: 'By the length of the shortest way, the shortest first.',
  })
  lengths!: LengthCount[];

  @Field(() => Int, { description: 'How many brokers there are.' })
  brokerCount!: number;

  @Field(() => Proportion, { description: 'Of how many of the bodies a region is known.' })
  regionsKnown!: Proportion;

  /** Read by field resolvers. */
  allBrokers!: Broker[];
  allRegions!: RegionBodies[];
  ownRegions!: readonly string[];
}
