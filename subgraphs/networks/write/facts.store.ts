import type { Knex } from 'knex';
import { chunksOf } from '../../shared/db';
import { type Fact, type FactsPublication, publishFacts } from '../../shared/facts';

interface Row {
  id: string;
  tier: number;
  verification: string | null;
  from_date: string | null;
  to_date: string | null;
}
type MembershipRow = Row & { member_key: string; network_key: string; role: string };
type CountRow = Row & {
  network_key: string;
  organisations: number | null;
  individuals: number | null;
  counted_on: string | null;
};
type GoverningRow = Row & {
  network_key: string;
  title: string;
  body_kind: string | null;
  seat_count: number | null;
  composed_by_members: number | null;
};
type SeatRow = Row & {
  governing_body: string;
  holder_key: string | null;
  nominated_by_key: string | null;
};
interface PartyRow {
  parent_id: string;
  position: number;
  role: string;
  body_key: string;
}

const AT_ONCE = 400;

const fact = (row: Row, kind: string, subject: string, more: Partial<Fact>): Fact => ({
  position: 0,
  kind,
  subject_key: subject,
  other_key: null,
  third_key: null,
  tier: row.tier,
  from_date: row.from_date,
  to_date: row.to_date,
  verification: row.verification,
  data: '{}',
  ...more,
});

/** One fact for each record. */
const each =
  <R extends Row>(read: (row: R) => Fact) =>
  (_trx: Knex, rows: readonly R[]): Promise<Map<string, Fact[]>> =>
    Promise.resolve(new Map(rows.map((row) => [row.id, [read(row)]])));

/** A convening is one fact for each body that came or called, and one for each process that it was towards. */
const convenings = async (trx: Knex, rows: readonly Row[]): Promise<Map<string, Fact[]>> => {
  const facts = new Map<string, Fact[]>(rows.map(({ id }) => [id, []]));
  for (const some of chunksOf(rows, AT_ONCE)) {
    const byId = new Map(some.map((row) => [row.id, row]));
    const parties = (await trx('convening_parties')
      .whereIn('parent_id', [...byId.keys()])
      .orderBy(['parent_id', 'role', 'position'])) as PartyRow[];
    for (const { parent_id, body_key } of parties) {
      const row = byId.get(parent_id);
      const known = facts.get(parent_id);
      if (row && known && !known.some(({ other_key }) => other_key === body_key))
        known.push(
          fact(row, 'convening', parent_id, { other_key: body_key, position: known.length }),
        );
    }
    const activities = (await trx('convening_activities')
      .whereIn('parent_id', [...byId.keys()])
      .orderBy(['parent_id', 'position'])) as { parent_id: string; identifier: string }[];
    const towards = (await trx('convening_processes')
      .whereIn('parent_id', [...byId.keys()])
      .orderBy(['parent_id', 'process'])) as { parent_id: string; process: string }[];
    for (const { parent_id, process } of towards) {
      const row = byId.get(parent_id);
      const known = facts.get(parent_id);
      const fundedBy = activities
        .filter((activity) => activity.parent_id === parent_id)
        .map(({ identifier }) => identifier);
      const named = parties
        .filter((party) => party.parent_id === parent_id)
        .map(({ body_key }) => body_key);
      if (row && known)
        known.push(
          fact(row, 'convening-process', parent_id, {
            other_key: process,
            position: known.length,
            data: JSON.stringify({ fundedBy, named }),
          }),
        );
    }
  }
  return facts;
};

/** What changed after a version of who belongs to whom, who governs and who came together. */
export const publishNetworkFacts = (db: Knex, since: number): Promise<FactsPublication> =>
  publishFacts(db, since, {
    memberships: each((row: MembershipRow) =>
      fact(row, 'membership', row.network_key, {
        other_key: row.member_key,
        data: JSON.stringify({ role: row.role }),
      }),
    ),
    member_counts: each(({ organisations, individuals, counted_on, ...row }: CountRow) =>
      fact({ ...row, from_date: counted_on, to_date: null }, 'member-count', row.network_key, {
        data: JSON.stringify({ organisations, individuals }),
      }),
    ),
    governing_bodies: each((row: GoverningRow) =>
      fact(row, 'governing-body', row.network_key, {
        data: JSON.stringify({
          title: row.title,
          kind: row.body_kind,
          seatCount: row.seat_count,
          composedByMembers:
            row.composed_by_members === null ? null : row.composed_by_members === 1,
        }),
      }),
    ),
    seats: each((row: SeatRow) =>
      fact(row, 'seat', row.governing_body, {
        other_key: row.holder_key,
        third_key: row.nominated_by_key,
      }),
    ),
    convenings,
  });
