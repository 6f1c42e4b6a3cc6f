import { inForce } from '../../shared/dates';
import type { Membership } from '../membership/membership';
import type { MembershipLoader } from '../membership/membership.loader';
import { DEEPEST } from '../membership/membership.loader';

/** From bodies on, level by level, the memberships in force on a day that lead up or down from each. */
export const createPathsLoader = (memberships: MembershipLoader) => ({
  from: async (
    start: string,
    side: 'up' | 'down',
    day: string,
    most = DEEPEST,
  ): Promise<Map<string, Membership[]>> => {
    const links = new Map<string, Membership[]>();
    let frontier = [start];
    for (let level = 0; level < most && frontier.length > 0; level += 1) {
      const found = await memberships[side].loadMany(frontier);
      const next = new Set<string>();
      for (const [index, body] of frontier.entries()) {
        const all = found[index];
        const current = (all && !(all instanceof Error) ? all : []).filter(({ records }) =>
          records.some((record) => inForce(record, day)),
        );
        links.set(body, current);
        for (const { memberId, networkId } of current) {
          const other = side === 'up' ? networkId : memberId;
          if (!links.has(other)) next.add(other);
        }
      }
      frontier = [...next];
    }
    return links;
  },
});
export type PathsLoader = ReturnType<typeof createPathsLoader>;
