import type { Knex } from 'knex';
import { keysAt } from '../../shared/bodies';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { Constituency } from '../../shared/vocabulary';
import type { GoverningBody, GoverningBodyKind, Seat } from './governance';

type Dated = Stamp & { from_date: string | null; to_date: string | null };
type BodyRow = Dated & {
  network_id: string;
  title: string;
  body_kind: string | null;
  seat_count: number | null;
  rule: string | null;
  composed_by_members: number | null;
};
type SeatRow = Dated & {
  governing_body: string;
  title: string | null;
  holder_key: string | null;
  nominated_by_key: string | null;
  held_for: string | null;
};

export const createGovernanceStore = (db: Knex, viewer: Viewer) => ({
  bodiesByNetworkIds: async (ids: readonly string[]): Promise<GoverningBody[]> => {
    const query = db('governing_bodies')
      .join('body_keys', 'body_keys.key', 'governing_bodies.network_key')
      .select('governing_bodies.*', { network_id: 'body_keys.id' })
      .whereIn('body_keys.id', ids)
      .whereNull('withdrawn_at')
      .orderBy(['title', 'governing_bodies.id']);
    return ((await visibleTo(keysAt(query, viewer), viewer, 'tier')) as BodyRow[]).map((row) => ({
      id: row.id,
      title: row.title,
      kind: row.body_kind as GoverningBodyKind | null,
      seatCount: row.seat_count,
      rule: row.rule,
      composedByMembers: row.composed_by_members === null ? null : row.composed_by_members === 1,
      from: row.from_date,
      to: row.to_date,
      networkId: row.network_id,
      stamp: row,
    }));
  },

  seatsByBodyIds: async (ids: readonly string[]): Promise<Seat[]> =>
    (
      (await visibleTo(db('seats'), viewer, 'tier')
        .whereIn('governing_body', ids)
        .whereNull('withdrawn_at')
        .orderByRaw('from_date nulls first, id')) as SeatRow[]
    ).map((row) => ({
      id: row.id,
      title: row.title,
      heldFor: row.held_for as Constituency | null,
      from: row.from_date,
      to: row.to_date,
      governingBody: row.governing_body,
      holderKey: row.holder_key,
      nominatedByKey: row.nominated_by_key,
      stamp: row,
    })),
});
export type GovernanceStore = ReturnType<typeof createGovernanceStore>;
