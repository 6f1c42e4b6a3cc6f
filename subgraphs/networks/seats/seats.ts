import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { inForce } from '../../shared/dates';
import { Proportion } from '../../shared/proportion';
import { Constituency } from '../../shared/vocabulary';
import type { GoverningBody, Seat } from '../governance/governance';
import { sharesOf, SlotShares, type Slotted } from './shares';

@ObjectType({ description: 'The seats that are kept for one constituency.' })
export class ReservedSeats {
  @Field(() => Constituency, { description: 'The constituency.' })
  constituency!: Constituency;

  @Field(() => Int, { description: 'How many seats, whoever holds them or nobody.' })
  seats!: number;
}

@ObjectType({
  description:
    'How the seats of a network’s governing bodies are shared out among its direct members on a day. A seat is a member’s if the member holds it, or has put forward whoever does.',
})
export class NetworkSeats {
  @Field(() => Int, { description: 'Seats on record that are in force on the day.' })
  seats!: number;

  @Field(() => Int, { description: 'Of these, seats of members.' })
  ofMembers!: number;

  @Field(() => Int, { description: 'Of these, seats of bodies that are no members.' })
  ofOthers!: number;

  @Field(() => Int, { description: 'Of these, seats that are vacant or of whom nobody says.' })
  ofUnknown!: number;

  @Field(() => Int, {
    description: 'Seats that the governing bodies are said to have beyond those on record.',
  })
  notListed!: number;

  @Directive('@listSize(assumedSize: 11)')
  @Field(() => [ReservedSeats], { description: 'Seats kept for a constituency.' })
  reserved!: ReservedSeats[];

  @Field(() => SlotShares, { description: 'How those of members are shared out among them.' })
  shares!: SlotShares;
}

@ObjectType({
  description:
    'How the times to speak at convenings that a network called or took part in are shared out among its direct members of a day. A body that is on record as speaking at a convening has one slot there.',
})
export class NetworkSpeaking {
  @Field(() => Proportion, {
    description: 'At how many of the convenings a speaker is on record; of the others nobody says.',
  })
  convenings!: Proportion;

  @Field(() => Int, { description: 'Slots on record.' })
  slots!: number;

  @Field(() => Int, { description: 'Of these, slots of members.' })
  ofMembers!: number;

  @Field(() => Int, { description: 'Of these, slots of others, the network itself included.' })
  ofOthers!: number;

  @Field(() => SlotShares, { description: 'How those of members are shared out among them.' })
  shares!: SlotShares;
}

/** A seat whose bodies are resolved: null if vacant, unknown or not seen. */
export interface HeldSeat {
  seat: Seat;
  holder: string | null;
  nominatedBy: string | null;
}

/** A network's members by id, before their slots are counted. */
export type Members = ReadonlyMap<string, Omit<Slotted, 'slots'>>;

/** Gives slots to members; an owner that is no member has none of these. */
export const slotsOf = (members: Members, owners: readonly string[]): Slotted[] => {
  const counts = new Map<string, number>();
  for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return [...members].map(([id, member]) => ({ ...member, slots: counts.get(id) ?? 0 }));
};

/** How seats are shared out among members on a day. */
export const shareOutSeats = (
  members: Members,
  bodies: readonly GoverningBody[],
  held: readonly HeldSeat[],
  day: string,
): NetworkSeats => {
  const governing = bodies.filter((body) => inForce(body, day));
  const listed = new Map(governing.map(({ id }) => [id, 0]));
  const current = held.filter(({ seat }) => listed.has(seat.governingBody) && inForce(seat, day));
  for (const { seat } of current)
    listed.set(seat.governingBody, (listed.get(seat.governingBody) ?? 0) + 1);
  const owners = current.map(({ holder, nominatedBy }) => {
    const named = [holder, nominatedBy].filter((id) => id !== null);
    return named.find((id) => members.has(id)) ?? named[0] ?? null;
  });
  const known = owners.filter((owner) => owner !== null);
  const ofMembers = known.filter((owner) => members.has(owner)).length;
  return {
    seats: current.length,
    ofMembers,
    ofOthers: known.length - ofMembers,
    ofUnknown: current.length - known.length,
    notListed: governing.reduce(
      (sum, { id, seatCount }) => sum + Math.max(0, (seatCount ?? 0) - (listed.get(id) ?? 0)),
      0,
    ),
    reserved: Object.values(Constituency)
      .map((constituency) => ({
        constituency,
        seats: current.filter(({ seat }) => seat.heldFor === constituency).length,
      }))
      .filter(({ seats }) => seats > 0),
    shares: sharesOf(slotsOf(members, known)),
  };
};
