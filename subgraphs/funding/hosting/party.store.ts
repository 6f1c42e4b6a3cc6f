import type { Knex } from 'knex';
import type { Side } from '../flow/columns';

/** The bit of a tier in a column of tiers. */
const bitOf = ({ tier }: { tier: number }): number => 1 << tier;

/** As SQL: whether a body stands on a side of a flow for one that it hosts, as the viewer sees it. */
export const isHeld = (side: Side, viewer: { tier: number }): string =>
  `(flows.${side}_for_tiers & ${bitOf(viewer)}) <> 0`;

/** As SQL: whether none of a flow’s sides is held or paid for another body. */
export const isOfItsParties = (viewer: { tier: number }): string =>
  `((flows.provider_for_tiers | flows.receiver_for_tiers) & ${bitOf(viewer)}) = 0`;

/** As SQL: the key of the body whose money it is on a side of a flow: the hosted body's, else that of the party. */
export const ownerKey = (side: Side, viewer: { tier: number }): string =>
  `(case when ${isHeld(side, viewer)} then flows.${side}_for_key else flows.${side}_key end)`;

/** As SQL: whether the money on a side of a flow is that of a body with a key; either column's index serves it. */
export const isOwner = (side: Side, viewer: { tier: number }, key: string): string =>
  `((flows.${side}_key = ${key} and not (${isHeld(side, viewer)})) or (flows.${side}_for_key = ${key} and ${isHeld(side, viewer)}))`;

type Keys = readonly string[] | Knex.QueryBuilder;

/** The two halves of the flows whose money on a side is that of bodies with some keys: their own, and held for them. */
const HALVES = ['OWN', 'HELD'] as const;
const whereHalf = (
  query: Knex.QueryBuilder,
  half: (typeof HALVES)[number],
  side: Side,
  viewer: { tier: number },
  keys: Keys,
) =>
  half === 'OWN'
    ? query.whereIn(`flows.${side}_key`, keys as string[]).whereRaw(`not (${isHeld(side, viewer)})`)
    : query.whereIn(`flows.${side}_for_key`, keys as string[]).whereRaw(isHeld(side, viewer));

/** Keeps the flows whose money on a side is that of bodies with some keys. */
export const whereOwner = (
  query: Knex.QueryBuilder,
  side: Side,
  viewer: { tier: number },
  keys: Keys,
): Knex.QueryBuilder =>
  query.where((any) => {
    for (const half of HALVES)
      void any.orWhere((own) => void whereHalf(own, half, side, viewer, keys));
  });

/**
 * The same as the rows of two queries, each by its own index.
 * @param flows a fresh query over flows.
 */
export const ofOwners = (
  db: Knex,
  flows: () => Knex.QueryBuilder,
  side: Side,
  viewer: { tier: number },
  keys: Keys,
): Knex.QueryBuilder =>
  db.queryBuilder().unionAll(HALVES.map((half) => whereHalf(flows(), half, side, viewer, keys)));
