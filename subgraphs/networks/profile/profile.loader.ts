import DataLoader from 'dataloader';
import { today } from '../../shared/dates';
import { inKeyOrder } from '../../shared/keyed';
import type { Membership, Reach } from '../membership/membership';
import type { MembershipLoader, Placed } from '../membership/membership.loader';
import type { Profile, ProfileStore } from './profile.store';

/** A member of a network, its place in the order of names, and what is known of it. */
export interface Member {
  membership: Membership;
  place: string;
  profile: Profile;
}

/** The places of some members, for a page of them. */
export const placedOf = (members: readonly Member[]): Placed =>
  members.map(({ membership, place }) => ({ membership, place }));

export const createProfileLoader = (store: ProfileStore, memberships: MembershipLoader) => {
  const byId = new DataLoader(async (ids: readonly string[]) =>
    inKeyOrder(ids, await store.byIds(ids), ({ id }) => id),
  );
  let regions: Promise<string[]> | undefined;
  return {
    byId,
    /** The members of a network on a day, by name. */
    members: async (id: string, reach: Reach, day: string = today()): Promise<Member[]> => {
      const placed = await memberships.placed(id, reach, { activeOn: day });
      const profiles = await byId.loadMany(placed.map(({ membership }) => membership.memberId));
      return placed.flatMap((member, index) => {
        const profile = profiles[index];
        return profile && !(profile instanceof Error) ? [{ ...member, profile }] : [];
      });
    },
    /** Every region in which a body is on record, read at most once in a request. */
    regions: () => (regions ??= store.regions()),
  };
};
export type ProfileLoader = ReturnType<typeof createProfileLoader>;
