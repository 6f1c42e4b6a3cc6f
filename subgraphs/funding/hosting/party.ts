import type { Knex } from 'knex';

type Side = 'provider' | 'receiver';

/** The bit of a tier in a column of tiers. */
const bitOf = ({ tier }: { tier: number }): number => 1 << tier;

/** As SQL: whether a body stands on a side of a flow for one that it hosts, as the viewer sees it. */
export const isHeld = (side: Side, viewer: { tier: number }, flows = 'flows'): string =>
  `(${flows}.${side}_for_tiers & ${bitOf(viewer)}) <> 0`;

/** As SQL: whether none of a flow’s sides is held or paid for another body. */
export const isOfItsParties = (viewer: { tier: number }): string =>
  `((flows.provider_for_tiers | flows.receiver_for_tiers) & ${bitOf(viewer)}) = 0`;

/** As SQL: the key of the body whose money it is on a side of a flow: the hosted body's, else that of the party. */
export const ownerKey = (side: Side, viewer: { tier: number }, flows = 'flows'): string =>
  `case when ${isHeld(side, viewer, flows)} then ${flows}.${side}_for_key else ${flows}.${side}_key end`;

/** Keeps the flows whose money on a side is that of bodies with some keys: their own, or held for them. */
export const whereOwner = (
  query: Knex.QueryBuilder,
  side: Side,
  viewer: { tier: number },
  keys: readonly string[] | Knex.QueryBuilder,
): Knex.QueryBuilder =>
  query.where((any) => {
    void any
      .where((own) => {
        void own
          .whereIn(`flows.${side}_key`, keys as string[])
          .whereRaw(`not (${isHeld(side, viewer)})`);
      })
      .orWhere((held) => {
        void held.whereIn(`flows.${side}_for_key`, keys as string[]).whereRaw(isHeld(side, viewer));
      });
  });
