import type { Knex } from 'knex';
import { chunksOf, whereAmong } from '../../shared/db';
import type { Viewer } from '../../shared/viewer';
import { OTHER_SIDE, type Side } from '../flow/columns';
import { isHeld, ownerKey } from './party.store';

/** So many keys in one statement. */
const AT_ONCE = 5000;
const NOBODY = 'cast(null as varchar)';

/** How a body stands to a flow with a host in it. */
export type HeldAs =
  /** It is the hosted body: the other is on the other side, `via_key` the host. */
  | 'OWNER'
  /** It stands for itself, and the body on the other side has a host. */
  | 'PARTY'
  /** It is the host: the other is the hosted body. */
  | 'HOST';

/** A body's place in a flow with a host in it. */
export interface HeldPlace {
  side: Side;
  as: HeldAs;
}

/** A fresh query over flows, by what stands where. */
type Flows = (columns: { own: string; other: string; via: string }) => Knex.QueryBuilder;

const PLACES: readonly HeldPlace[] = (['provider', 'receiver'] as const).flatMap((side) =>
  (['OWNER', 'PARTY', 'HOST'] as const).map((as) => ({ side, as })),
);

/** Reads the flows with hosts in them that some bodies have to do with, for one viewer. */
export const createHeldMoneyStore = (db: Knex, viewer: Viewer) => {
  let any: Promise<boolean> | undefined;

  /** Flows in which bodies under some keys have one place. */
  const placed = ({ side, as }: HeldPlace, flows: Flows, keys: readonly string[]) => {
    const [own, other] = [`flows.${side}_key`, OTHER_SIDE[side]];
    const among = (query: Knex.QueryBuilder, column: string) => whereAmong(db, query, column, keys);
    switch (as) {
      case 'OWNER':
        return among(
          flows({ own: `flows.${side}_for_key`, other: ownerKey(other, viewer), via: own }),
          `flows.${side}_for_key`,
        ).whereRaw(isHeld(side, viewer));
      case 'HOST':
        return among(flows({ own, other: `flows.${side}_for_key`, via: NOBODY }), own).whereRaw(
          isHeld(side, viewer),
        );
      case 'PARTY':
        return among(flows({ own, other: `flows.${other}_for_key`, via: NOBODY }), own)
          .whereRaw(isHeld(other, viewer))
          .whereRaw(`not (${isHeld(side, viewer)})`);
    }
  };

  return {
    /** Whether hosts hold anything; mostly nothing, so that nothing further need be asked. */
    any: (): Promise<boolean> =>
      (any ??= (async () =>
        ((await db('flows')
          .whereNotNull('receiver_for_key')
          .first(db.raw('1 as found'))) as unknown) !== undefined)()),

    /**
     * The flows with hosts in them, by each way in which bodies under some keys have to do with them.
     * @param flows what to read: a fresh query over flows each time, with `own_key`, `other_key` and
     * `via_key` to come.
     */
    places: async <Row extends object>(
      keys: readonly string[],
      flows: Flows,
    ): Promise<(Row & HeldPlace)[]> => {
      const found: (Row & HeldPlace)[] = [];
      for (const some of chunksOf(keys, AT_ONCE)) {
        const queries = PLACES.map((place) =>
          placed(place, flows, some).select(
            db.raw(`'${place.side}' as side, '${place.as}' as place`),
          ),
        );
        const rows = (await db.queryBuilder().unionAll(queries)) as (Row & {
          side: Side;
          place: HeldAs;
        })[];
        found.push(...rows.map(({ place: as, ...row }) => ({ ...row, as }) as Row & HeldPlace));
      }
      return found;
    },
  };
};
export type HeldMoneyStore = ReturnType<typeof createHeldMoneyStore>;
