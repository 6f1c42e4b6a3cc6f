import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { Constituency } from '../../shared/vocabulary';
import type { NetworksContext } from '../context';
import { GoverningBodyKind } from '../governance/governance';
import { Reach } from '../membership/membership';
import { Network } from '../network/network';
import { MemberSize, SizeArgs, sizeOf } from './member-size';
import { NetworkSeats, SeatGroup } from './seats';
import { groupOf, shareOut } from './share-out';

/** Those of whom it is said that the large crowd them out. */
const SMALL_VOICES = [
  Constituency.WOMEN,
  Constituency.YOUTH,
  Constituency.REFUGEES_AND_DISPLACED,
  Constituency.MINORITIES,
];

@Resolver(() => Network)
export class NetworkSeatsResolver {
  @Directive('@cost(weight: 10)')
  @FieldResolver(() => NetworkSeats, {
    description: 'How the seats of its governing bodies are shared out among its members.',
  })
  async seats(
    @Root() { id }: Network,
    @Args(() => SizeArgs) args: SizeArgs,
    @Arg('kinds', () => [GoverningBodyKind], {
      nullable: true,
      description: 'Of governing bodies of these kinds. Default: all but secretariats.',
    })
    kinds: GoverningBodyKind[] | undefined,
    @Ctx() { profiles, figures, governance, bodies }: NetworksContext,
  ): Promise<NetworkSeats> {
    const day = args.asOf ?? today();
    const [members, governing] = await Promise.all([
      profiles.members(id, Reach.DIRECT, day),
      governance.bodies.load(id),
    ]);
    const wanted = governing.filter(({ kind }) =>
      kinds ? kind !== null && kinds.includes(kind) : kind !== GoverningBodyKind.SECRETARIAT,
    );
    const [published, seats] = await Promise.all([
      figures.byId.loadMany(members.map(({ profile }) => profile.id)),
      Promise.all(wanted.map((body) => governance.seats.load(body.id))),
    ]);
    const idOf = async (key: string | null) => (key === null ? null : bodies.idOf.load(key));
    const held = await Promise.all(
      seats.flat().map(async (seat) => {
        const [holder, nominatedBy] = await Promise.all([
          idOf(seat.holderKey),
          idOf(seat.nominatedByKey),
        ]);
        return { seat, holder, nominatedBy };
      }),
    );
    const sized = new Map(
      members.map(({ profile }, index) => {
        const years = published[index];
        return [
          profile.id,
          {
            size:
              years && !(years instanceof Error) ? sizeOf(years, day, args) : MemberSize.UNKNOWN,
            constituencies: profile.constituencies,
          },
        ];
      }),
    );
    return shareOut(sized, wanted, held, day);
  }
}

@Resolver(() => NetworkSeats)
export class SeatsHeldResolver {
  @FieldResolver(() => SeatGroup, {
    description:
      'The seats of members that are small or of one of some constituencies, each member once.',
  })
  ofSmallVoices(
    @Root() { all }: NetworkSeats,
    @Arg('constituencies', () => [Constituency], {
      defaultValue: SMALL_VOICES,
      description: 'Which constituencies.',
    })
    constituencies: Constituency[],
  ): SeatGroup {
    return groupOf(
      all,
      (member) =>
        member.size === MemberSize.SMALL ||
        constituencies.some((one) => member.constituencies.includes(one)),
    );
  }
}
