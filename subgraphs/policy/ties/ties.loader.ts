import DataLoader from 'dataloader';
import type { BodiesLoader } from '../../shared/bodies';
import { inForce, type Span, touches } from '../../shared/dates';
import { groupedByKey, inKeyOrder } from '../../shared/keyed';
import type { TiesStore } from './ties.store';

/** One direct membership; the viewer may see both bodies. */
export interface Tie extends Span {
  network: string;
  member: string;
}

/** How deep networks are followed into their members; cycles end by themselves. */
const DEEPEST = 12;

/** Whether a membership held while something went on; undated, it is taken to. */
export const heldDuring = (tie: Tie, { from, to }: Span): boolean =>
  from === null || touches(tie, { from, to: `${to ?? from}-99` });

export const createTiesLoader = (store: TiesStore, bodies: BodiesLoader) => {
  const tiesOn = (side: 'subject_key' | 'other_key') =>
    new DataLoader<string, Tie[]>(async (ids) => {
      const keys = (await bodies.keysOf.loadMany(ids)).flatMap((own) =>
        own instanceof Error ? [] : own,
      );
      const rows = await store.memberships(side, keys);
      const named = await Promise.all(
        rows.map(async (row) => ({
          network: await bodies.idOf.load(row.subject_key),
          member: await bodies.idOf.load(row.other_key ?? ''),
          from: row.from_date,
          to: row.to_date,
        })),
      );
      const ties = named.flatMap(({ network, member, ...span }) =>
        network === null || member === null || network === member
          ? []
          : [{ network, member, ...span }],
      );
      return groupedByKey(ids, ties, ({ network, member }) =>
        side === 'subject_key' ? network : member,
      );
    });
  const ofNetwork = tiesOn('subject_key');
  return {
    /** The memberships of each network. */
    ofNetwork,
    /** The memberships that each body has in networks. */
    ofMember: tiesOn('other_key'),

    /** Whom a network reaches through members in force on a day, and their members. */
    reachOf: async (network: string, day: string): Promise<Set<string>> => {
      const reached = new Set<string>();
      let open = [network];
      for (let depth = 0; depth < DEEPEST && open.length > 0; depth += 1) {
        const ties = (await ofNetwork.loadMany(open)).flatMap((found) =>
          found instanceof Error ? [] : found,
        );
        open = [
          ...new Set(ties.filter((tie) => inForce(tie, day)).map(({ member }) => member)),
        ].filter((member) => member !== network && !reached.has(member));
        for (const member of open) reached.add(member);
      }
      return reached;
    },

    /** Convenings held towards each process. */
    conveningsOf: new DataLoader(async (processes: readonly string[]) =>
      groupedByKey(
        processes,
        await store.convenings(processes),
        ({ other_key }) => other_key ?? '',
      ),
    ),

    profile: new DataLoader(async (ids: readonly string[]) =>
      inKeyOrder(ids, await store.profiles(ids), ({ id }) => id),
    ),
  };
};
export type TiesLoader = ReturnType<typeof createTiesLoader>;
