import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { today } from '../../shared/dates';
import { DateRange } from '../../shared/filters';
import { proportionOf } from '../../shared/proportion';
import { Constituency } from '../../shared/vocabulary';
import type { NetworksContext } from '../context';
import { GoverningBodyKind } from '../governance/governance';
import { Reach } from '../membership/membership';
import { Network } from '../network/network';
import { MemberSize, SizeArgs, sizeOf } from './member-size';
import { type Members, NetworkSeats, NetworkSpeaking, shareOutSeats, slotsOf } from './seats';
import { groupOf, sharesOf, SlotGroup, SlotShares } from './shares';

/** Those of whom it is said that the large crowd them out. */
const SMALL_VOICES = [
  Constituency.WOMEN,
  Constituency.YOUTH,
  Constituency.REFUGEES_AND_DISPLACED,
  Constituency.MINORITIES,
];

const membersOf = async (
  id: string,
  args: SizeArgs,
  { profiles, figures }: NetworksContext,
): Promise<Members> => {
  const day = args.asOf ?? today();
  const members = await profiles.members(id, Reach.DIRECT, day);
  const published = await figures.byId.loadMany(members.map(({ profile }) => profile.id));
  return new Map(
    members.map(({ profile: { id: member, constituencies } }, index) => {
      const years = published[index];
      const size =
        years && !(years instanceof Error) ? sizeOf(years, day, args) : MemberSize.UNKNOWN;
      return [member, { size, constituencies }];
    }),
  );
};

@Resolver(() => Network)
export class NetworkSeatsResolver {
  @Directive('@cost(weight: 8)')
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
    @Ctx() context: NetworksContext,
  ): Promise<NetworkSeats> {
    const { governance, bodies } = context;
    const [members, governing] = await Promise.all([
      membersOf(id, args, context),
      governance.bodies.load(id),
    ]);
    const wanted = governing.filter(({ kind }) =>
      kinds ? kind !== null && kinds.includes(kind) : kind !== GoverningBodyKind.SECRETARIAT,
    );
    const seats = await Promise.all(wanted.map((body) => governance.seats.load(body.id)));
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
    return shareOutSeats(members, wanted, held, args.asOf ?? today());
  }

  @Directive('@cost(weight: 8)')
  @FieldResolver(() => NetworkSpeaking, {
    description:
      'How the times to speak at convenings that it called or took part in are shared out among its members.',
  })
  async speaking(
    @Root() { id }: Network,
    @Args(() => SizeArgs) args: SizeArgs,
    @Arg('date', () => DateRange, {
      nullable: true,
      description: 'At convenings begun in this range. Default: all up to the day.',
    })
    date: DateRange | undefined,
    @Ctx() context: NetworksContext,
  ): Promise<NetworkSpeaking> {
    const { convenings, bodies } = context;
    const [members, found] = await Promise.all([
      membersOf(id, args, context),
      convenings.ofParty(id, { date }, args.asOf ?? today()),
    ]);
    const parties = await convenings.parties.loadMany(found.map(({ convening }) => convening.id));
    const speakers = await Promise.all(
      parties.map(async (named) => {
        const spoke = named instanceof Error ? [] : named.filter(({ role }) => role === 'SPEAKER');
        const ids = await bodies.idOf.loadMany(spoke.map(({ bodyKey }) => bodyKey));
        return [...new Set(ids.filter((body) => typeof body === 'string'))];
      }),
    );
    const owners = speakers.flat();
    const ofMembers = owners.filter((owner) => members.has(owner)).length;
    return {
      convenings: proportionOf(speakers.filter(({ length }) => length > 0).length, found.length),
      slots: owners.length,
      ofMembers,
      ofOthers: owners.length - ofMembers,
      shares: sharesOf(slotsOf(members, owners)),
    };
  }
}

@Resolver(() => SlotShares)
export class SlotSharesResolver {
  @FieldResolver(() => SlotGroup, {
    description:
      'The slots of members that are small or of one of some constituencies, each member once.',
  })
  smallVoices(
    @Root() { all }: SlotShares,
    @Arg('constituencies', () => [Constituency], {
      defaultValue: SMALL_VOICES,
      description: 'Which constituencies.',
    })
    constituencies: Constituency[],
  ): SlotGroup {
    return groupOf(
      all,
      (member) =>
        member.size === MemberSize.SMALL ||
        constituencies.some((one) => member.constituencies.includes(one)),
    );
  }
}
