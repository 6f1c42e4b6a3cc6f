import DataLoader from 'dataloader';
import { compareTexts, hashOf } from '../../shared/ids';
import { groupedByKey, inKeyOrder } from '../../shared/keyed';
import { type Page, type PageArgs, pageOfAll } from '../../shared/paging';
import { beliefOf } from '../../shared/provenance';
import { inForce, today } from '../../shared/dates';
import { type Membership, type MembershipRecord, type MembershipRole, Reach } from './membership';
import type { MembershipFilter } from './membership.args';
import type { MembershipRow, MembershipStore } from './membership.store';

/** Networks of networks are a few deep; this ends a walk that data errors would make endless. */
export const DEEPEST = 12;
const AT_ONCE = 400;

const rankOf = (row: MembershipRow): [number, string, string] => [
  beliefOf(row),
  row.retrieved_at,
  row.id,
];

const bestFirst = (a: MembershipRow, b: MembershipRow): number => {
  const [x, y] = [rankOf(a), rankOf(b)];
  return x[0] - y[0] || (x[1] < y[1] ? 1 : x[1] > y[1] ? -1 : 0) || (x[2] < y[2] ? -1 : 1);
};

const toRecord = (row: MembershipRow): MembershipRecord => ({
  id: row.id,
  role: row.role as MembershipRole,
  from: row.from_date,
  to: row.to_date,
});

/** One membership of the records that join the same two bodies. */
const toMembership = (
  rows: readonly MembershipRow[],
  depth: number,
  path: string[],
): Membership | null => {
  const records = [...rows].sort(bestFirst).map(toRecord);
  const [first] = records;
  const [row] = rows;
  if (!first || !row) return null;
  return {
    role: first.role,
    from: records.find(({ from }) => from !== null)?.from ?? null,
    to: first.to,
    depth,
    records,
    memberId: row.member_id,
    networkId: row.network_id,
    pathIds: path,
  };
};

const pairsOf = (rows: readonly MembershipRow[]): MembershipRow[][] => {
  const pairs = new Map<string, MembershipRow[]>();
  for (const row of rows) {
    const pair = `${row.network_id}\u0001${row.member_id}`;
    const known = pairs.get(pair);
    if (known) known.push(row);
    else pairs.set(pair, [row]);
  }
  return [...pairs.values()];
};

/** A membership counts on a day if any record of it covers the day: a body may leave and come back. */
const wanted = (filter: MembershipFilter | undefined) => {
  const day = filter?.activeOn ?? today();
  return (membership: Membership): boolean =>
    (filter?.anyTime === true || membership.records.some((record) => inForce(record, day))) &&
    (filter?.roles?.includes(membership.role) ?? true);
};

/** Memberships with the places that they have in the order of their bodies' names. */
export type Placed = { membership: Membership; place: string }[];

/** A page of memberships that are in memory. */
export const pageOfMemberships = (
  placed: Placed,
  { first, after }: PageArgs,
  scope: readonly unknown[],
): Page<Membership> => {
  const page = pageOfAll(placed, { first, after, scope }, ({ place }) => place);
  return { ...page, rows: page.rows.map(({ membership }) => membership) };
};

/**
 * Memberships of one request. Lists are built from all memberships of the bodies asked for, and one
 * more query per level of networks within networks: linear in the members, never in the pages.
 */
export const createMembershipLoader = (store: MembershipStore) => {
  /** Each network's members, level by level, each body once at its nearest, cycles ended. */
  const expand = async (
    roots: readonly string[],
    reach: Reach,
    filter: MembershipFilter | undefined,
  ): Promise<Membership[][]> => {
    const keep = wanted(filter);
    const edgesOf = new Map<string, Membership[]>();
    const found = new Map(roots.map((root) => [root, new Map<string, Membership>()]));
    let frontier = new Map(roots.map((root) => [root, [{ network: root, path: [root] }]]));
    for (let depth = 1; depth <= (reach === Reach.DIRECT ? 1 : DEEPEST); depth += 1) {
      const asked = [
        ...new Set([...frontier.values()].flat().map(({ network }) => network)),
      ].filter((id) => !edgesOf.has(id));
      if (asked.length > 0) {
        const rows = pairsOf(await store.bySide('network', asked, filter)).flatMap(
          (pair) => toMembership(pair, 0, []) ?? [],
        );
        groupedByKey(asked, rows, ({ networkId }) => networkId).forEach((edges, index) =>
          edgesOf.set(asked[index] ?? '', edges),
        );
      }
      const next = new Map<string, { network: string; path: string[] }[]>();
      for (const [root, networks] of frontier) {
        const members = found.get(root) ?? new Map<string, Membership>();
        const further: { network: string; path: string[] }[] = [];
        for (const { network, path } of networks) {
          for (const edge of edgesOf.get(network) ?? []) {
            if (edge.memberId === root || members.has(edge.memberId) || !keep(edge)) continue;
            members.set(edge.memberId, { ...edge, depth, pathIds: path });
            further.push({ network: edge.memberId, path: [...path, edge.memberId] });
          }
        }
        if (further.length > 0) next.set(root, further);
      }
      if (next.size === 0) break;
      frontier = next;
    }
    return roots.map((root) =>
      [...(found.get(root)?.values() ?? [])].map((membership) => ({
        ...membership,
        ownMembers: (edgesOf.get(membership.memberId) ?? []).filter(
          (edge) => edge.memberId !== root && keep(edge),
        ).length,
      })),
    );
  };

  /** Keeps the memberships whose listed body the filter wants, in the order of its name. */
  const inOrder = async (
    lists: readonly Membership[][],
    side: 'memberId' | 'networkId',
    filter: MembershipFilter | undefined,
  ) => {
    const ids = [...new Set(lists.flat().map((membership) => membership[side]))];
    const places = new Map(
      (await store.bodiesAmong(ids, filter)).map(({ id, sort_name }) => [
        id,
        `${sort_name}\u0001${id}`,
      ]),
    );
    const placeOf = (membership: Membership) => places.get(membership[side]) ?? '';
    return lists.map((list) =>
      list
        .filter((membership) => places.has(membership[side]))
        .map((membership) => ({ membership, place: placeOf(membership) }))
        .sort((a, b) => compareTexts(a.place, b.place)),
    );
  };

  const loaders = new Map<string, DataLoader<string, Placed>>();
  const loaderFor = (name: string, load: (ids: readonly string[]) => Promise<Placed[]>) => {
    const loader = loaders.get(name) ?? new DataLoader<string, Placed>(load);
    loaders.set(name, loader);
    return loader;
  };
  const membersOf = (reach: Reach, filter: MembershipFilter | undefined) =>
    loaderFor(hashOf('members', reach, filter), async (ids) =>
      inOrder(await expand(ids, reach, filter), 'memberId', filter),
    );
  const networksOf = (filter: MembershipFilter | undefined) =>
    loaderFor(hashOf('networks', filter), async (ids) => {
      const keep = wanted(filter);
      const all = pairsOf(await store.bySide('member', ids, filter)).flatMap(
        (pair) => toMembership(pair, 1, []) ?? [],
      );
      return inOrder(
        groupedByKey(ids, all.filter(keep), ({ memberId }) => memberId),
        'networkId',
        filter,
      );
    });

  /** Of each body all memberships on one side of it, of all times. */
  const linksOf = (side: 'member' | 'network') =>
    new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(
        ids,
        pairsOf(await store.bySide(side, ids)).flatMap((pair) => toMembership(pair, 1, []) ?? []),
        ({ memberId, networkId }) => (side === 'member' ? memberId : networkId),
      ),
    );

  return {
    /** Where records of memberships came from. */
    stamps: new DataLoader(
      async (ids: readonly string[]) =>
        inKeyOrder(ids, await store.stampsByIds(ids), ({ id }) => id),
      { maxBatchSize: AT_ONCE },
    ),
    /** How many members sources count, by network. */
    counts: new DataLoader(async (ids: readonly string[]) =>
      groupedByKey(ids, await store.countsByNetworkIds(ids), ({ networkId }) => networkId),
    ),
    members: async (
      id: string,
      reach: Reach,
      page: PageArgs,
      filter: MembershipFilter | undefined,
    ) =>
      pageOfMemberships(await membersOf(reach, filter).load(id), page, [
        'members',
        id,
        reach,
        filter,
      ]),
    networks: async (id: string, page: PageArgs, filter: MembershipFilter | undefined) =>
      pageOfMemberships(await networksOf(filter).load(id), page, ['memberships', id, filter]),
    /** All members of a network, in order. */
    placed: (id: string, reach: Reach, filter: MembershipFilter): Promise<Placed> =>
      membersOf(reach, filter).load(id),
    /** What each body belongs to, of all times. */
    up: linksOf('member'),
    /** Who belongs to each body, of all times. */
    down: linksOf('network'),
    /** All memberships of a body, or of a network, under a filter. */
    allMembers: async (id: string, filter: MembershipFilter) =>
      (await membersOf(Reach.DIRECT, filter).load(id)).map(({ membership }) => membership),
    allNetworks: async (id: string) =>
      (await networksOf(undefined).load(id)).map(({ membership }) => membership),
  };
};
export type MembershipLoader = ReturnType<typeof createMembershipLoader>;
