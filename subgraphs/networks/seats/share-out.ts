import { gini, hhi, topShare } from '../../shared/concentration';
import { inForce } from '../../shared/dates';
import { proportionOf } from '../../shared/proportion';
import { Constituency } from '../../shared/vocabulary';
import type { GoverningBody, Seat } from '../governance/governance';
import { MemberSize } from './member-size';
import type { NetworkSeats, Seated, SeatGroup } from './seats';

/** A seat whose bodies are resolved: null if vacant, unknown or not seen. */
export interface HeldSeat {
  seat: Seat;
  holder: string | null;
  nominatedBy: string | null;
}

/** Some members and their seats, of all. */
export const groupOf = (all: readonly Seated[], some: (member: Seated) => boolean): SeatGroup => {
  const seatsOf = (members: readonly Seated[]) =>
    members.reduce((sum, { seats }) => sum + seats, 0);
  const group = all.filter(some);
  return {
    members: proportionOf(group.length, all.length),
    seats: proportionOf(seatsOf(group), seatsOf(all)),
  };
};

/** How seats are shared out among members on a day. */
export const shareOut = (
  members: ReadonlyMap<string, Omit<Seated, 'seats'>>,
  bodies: readonly GoverningBody[],
  held: readonly HeldSeat[],
  day: string,
): NetworkSeats => {
  const governing = bodies.filter((body) => inForce(body, day));
  const ids = new Set(governing.map(({ id }) => id));
  const current = held.filter(({ seat }) => ids.has(seat.governingBody) && inForce(seat, day));
  const counts = new Map<string, number>();
  let ofOthers = 0;
  for (const { holder, nominatedBy } of current) {
    const member = [holder, nominatedBy].find((id) => id !== null && members.has(id));
    if (member != null) counts.set(member, (counts.get(member) ?? 0) + 1);
    else if (holder !== null || nominatedBy !== null) ofOthers += 1;
  }
  const all = [...members].map(([id, member]): Seated => ({
    ...member,
    seats: counts.get(id) ?? 0,
  }));
  const numbers = all.map(({ seats }) => seats);
  const ofMembers = numbers.reduce((sum, seats) => sum + seats, 0);
  const listedOf = (id: string) => current.filter(({ seat }) => seat.governingBody === id).length;
  const reservedFor = (constituency: Constituency) =>
    current.filter(({ seat }) => seat.heldFor === constituency).length;
  return {
    seats: current.length,
    ofMembers,
    ofOthers,
    ofUnknown: current.length - ofMembers - ofOthers,
    notListed: governing.reduce(
      (sum, { id, seatCount }) => sum + Math.max(0, (seatCount ?? 0) - listedOf(id)),
      0,
    ),
    members: all.length,
    gini: gini(numbers),
    hhi: hhi(numbers),
    top1: topShare(numbers, 1),
    top3: topShare(numbers, 3),
    bySize: Object.values(MemberSize).map((size) => ({
      size,
      ...groupOf(all, (member) => member.size === size),
    })),
    byConstituency: Object.values(Constituency)
      .map((constituency) => ({
        constituency,
        reserved: reservedFor(constituency),
        ...groupOf(all, ({ constituencies }) => constituencies.includes(constituency)),
      }))
      .filter(({ reserved, members: { count } }) => reserved + count > 0),
    all,
  };
};
