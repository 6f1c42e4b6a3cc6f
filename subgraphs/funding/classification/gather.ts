import { touches } from '../../shared/dates';
import type { BodyFacts, HostFact, JointFact, MemberFact, Period } from './facts';
import type { FactRow, FactsStore } from './facts.store';
import type { createDetailer } from './detail';
import { createMoneyGatherer } from './gather-money';
import { groupBy, present } from './grouping';
import { mentioned } from './mentioned';
import type { MoneyStore } from './money.store';
import { rememberBodies } from './remembered';

/** How deep networks are followed into their members; cycles end by themselves. */
const DEEPEST = 12;

/** What is kept under the key of the body that it is about, and under that of another. */
const OWN_KINDS = ['membership', 'governing-body', 'host', 'self-statement', 'member-count'];
const OTHERS_KINDS = ['membership', 'host'];

const spanOf = ({ from_date, to_date }: FactRow) => ({ from: from_date, to: to_date });
/** One direct membership: both bodies are seen by the viewer. */
interface Tie {
  network: string;
  member: string;
  fact: MemberFact;
}

const memberFact = (id: string, row: FactRow): MemberFact => ({
  id,
  role: (JSON.parse(row.data) as { role: string }).role,
  ...spanOf(row),
  ref: { kind: 'membership', id: row.record },
});

/** What bodies did together, under each of them. */
const byParty = (joint: readonly JointFact[]): Map<string, JointFact[]> => {
  const found = new Map<string, JointFact[]>();
  for (const fact of joint)
    for (const id of fact.bodies) found.set(id, [...(found.get(id) ?? []), fact]);
  return found;
};

/** Of all that bodies did together, that in which at least two of these had a part. */
const amongMembers = (
  members: readonly string[],
  joint: ReadonlyMap<string, JointFact[]>,
): JointFact[] => {
  const parts = new Map<JointFact, number>();
  for (const id of members)
    for (const fact of joint.get(id) ?? []) parts.set(fact, (parts.get(fact) ?? 0) + 1);
  return [...parts].flatMap(([fact, members]) => (members > 1 ? [fact] : []));
};

/** Gathers for some bodies all that a classification looks at, in queries that do not grow with their number. */
export const createGatherer = (
  store: FactsStore,
  money: MoneyStore,
  detail?: ReturnType<typeof createDetailer>,
) => {
  const facts = rememberBodies(store);
  const moneyOf = createMoneyGatherer(facts, money);

  /** Memberships with some bodies on one side. */
  const tiesOf = async (
    side: 'subject_key' | 'other_key',
    rows: readonly FactRow[],
  ): Promise<Tie[]> => {
    const ids = await facts.idsOf([
      ...new Set(rows.flatMap((row) => [row.subject_key, row.other_key].filter(present))),
    ]);
    return rows.flatMap((row) => {
      const network = ids.get(row.subject_key);
      const member = ids.get(row.other_key ?? '');
      return network === undefined || member === undefined
        ? []
        : [{ network, member, fact: memberFact(side === 'subject_key' ? member : network, row) }];
    });
  };

  /** For each network, whom it reaches through members in force, however deep, without itself. */
  const descendantsOf = async (
    roots: readonly string[],
    direct: readonly Tie[],
    period: Period,
  ): Promise<Map<string, Set<string>>> => {
    const below = new Map<string, Set<string>>();
    const add = (ties: readonly Tie[]) => {
      for (const { network, member, fact } of ties)
        if (touches(fact, period))
          below.set(network, (below.get(network) ?? new Set()).add(member));
    };
    add(direct);
    const asked = new Set(roots);
    for (let depth = 1; depth < DEEPEST; depth += 1) {
      const next = [...new Set([...below.values()].flatMap((members) => [...members]))].filter(
        (id) => !asked.has(id),
      );
      if (next.length === 0) break;
      for (const id of next) asked.add(id);
      const keys = await facts.keysOf(next);
      const rows = await facts.bySide(
        'membership',
        'subject_key',
        keys.map(({ key }) => key),
      );
      add(await tiesOf('subject_key', rows));
    }
    return new Map(
      roots.map((root) => {
        const reached = new Set<string>();
        const open = [root];
        for (let id = open.pop(); id !== undefined; id = open.pop())
          for (const member of below.get(id) ?? [])
            if (member !== root && !reached.has(member)) {
              reached.add(member);
              open.push(member);
            }
        return [root, reached];
      }),
    );
  };

  const governingOf = async (rows: readonly FactRow[]) => {
    const seats = await facts.bySide(
      'seat',
      'subject_key',
      rows.map(({ record }) => record),
    );
    const ids = await facts.idsOf([
      ...new Set(seats.flatMap((seat) => [seat.other_key, seat.third_key].filter(present))),
    ]);
    const seatsOf = groupBy(seats, ({ subject_key }) => subject_key);
    return groupBy(
      rows.map((row) => {
        const { title, kind, seatCount, composedByMembers } = JSON.parse(row.data) as {
          title: string;
          kind: string | null;
          seatCount: number | null;
          composedByMembers: boolean | null;
        };
        return {
          key: row.subject_key,
          governing: {
            title,
            kind,
            seatCount,
            composedByMembers,
            ...spanOf(row),
            verified: row.verification === 'VERIFIED',
            seats: (seatsOf.get(row.record) ?? []).map((seat) => ({
              holder: ids.get(seat.other_key ?? '') ?? null,
              nominatedBy: ids.get(seat.third_key ?? '') ?? null,
              ...spanOf(seat),
              ref: { kind: 'seat', id: seat.record },
            })),
            ref: { kind: 'governing-body', id: row.record },
          },
        };
      }),
      ({ key }) => key,
    );
  };

  /** Convenings of the period that brought at least two of some bodies together. */
  const jointOf = async (members: readonly string[], period: Period): Promise<JointFact[]> => {
    const keys = await facts.keysOf(members);
    const came = (
      await facts.bySide(
        'convening',
        'other_key',
        keys.map(({ key }) => key),
      )
    ).filter((row) => touches(spanOf(row), period));
    const all = await facts.bySide('convening', 'subject_key', [
      ...new Set(came.map(({ subject_key }) => subject_key)),
    ]);
    const ids = await facts.idsOf([
      ...new Set(all.map(({ other_key }) => other_key).filter(present)),
    ]);
    return [...groupBy(all, ({ record }) => record)].map(([record, rows]) => ({
      // A body that the viewer may not see was not there, for all that the viewer knows.
      bodies: [...new Set(rows.map(({ other_key }) => ids.get(other_key ?? '')).filter(present))],
      ref: { kind: 'convening', id: record },
    }));
  };

  const hostsOf = async (side: 'subject_key' | 'other_key', rows: readonly FactRow[]) => {
    const ids = await facts.idsOf([
      ...new Set(rows.flatMap((row) => [row.subject_key, row.other_key].filter(present))),
    ]);
    return groupBy(
      rows.flatMap((row) => {
        const hostId = ids.get(row.other_key ?? '');
        const hostedId = ids.get(row.subject_key);
        if (hostId === undefined || hostedId === undefined) return [];
        const host: HostFact = {
          hostId,
          hostedId,
          form: (JSON.parse(row.data) as { form: string }).form,
          ...spanOf(row),
          ref: { kind: 'host', id: row.record },
        };
        return [{ id: side === 'subject_key' ? hostedId : hostId, host }];
      }),
      ({ id }) => id,
    );
  };

  /** Facts of some kinds under the keys of one side, by kind. */
  const factsOf = async (
    kinds: readonly string[],
    side: 'subject_key' | 'other_key',
    keys: readonly string[],
  ) => {
    const byKind = groupBy(await facts.bySide(kinds, side, keys), ({ kind }) => kind);
    return (kind: string): readonly FactRow[] => byKind.get(kind) ?? [];
  };

  return async (
    ids: readonly string[],
    period: Period,
    { names: isNamed = true }: { names?: boolean } = {},
  ): Promise<Map<string, BodyFacts>> => {
    const bodies = await facts.bodies(ids);
    const keys = await facts.keysOf(bodies.map(({ id }) => id));
    const asked = keys.map(({ key }) => key);
    const own = await factsOf(OWN_KINDS, 'subject_key', asked);
    const others = await factsOf(OTHERS_KINDS, 'other_key', asked);
    const ties = await tiesOf('subject_key', own('membership'));
    const belongs = await tiesOf('other_key', others('membership'));
    const membersOf = groupBy(ties, ({ network }) => network);
    const networksOf = groupBy(belongs, ({ member }) => member);
    const descendants = await descendantsOf(
      bodies.map(({ id }) => id),
      ties,
      period,
    );
    const governing = await governingOf(own('governing-body'));
    const joint = byParty(await jointOf([...new Set(ties.map(({ member }) => member))], period));
    const hosts = await hostsOf('subject_key', own('host'));
    const hosted = await hostsOf('other_key', others('host'));
    const declared = groupBy(own('self-statement'), ({ subject_key }) => subject_key);
    const counts = groupBy(own('member-count'), ({ subject_key }) => subject_key);
    const channels = groupBy(await money.channels(asked), ({ body_key }) => body_key);
    const moneys = await moneyOf(keys, period, { refs: isNamed });
    const keysOf = groupBy(keys, ({ id }) => id);
    const gathered = bodies.map((body): Omit<BodyFacts, 'names'> => {
      const ownKeys = (keysOf.get(body.id) ?? []).map(({ key }) => key);
      const members = (membersOf.get(body.id) ?? []).map(({ fact }) => fact);
      const memberIds = new Set(members.map(({ id }) => id));
      const hostedBy = (hosts.get(body.id) ?? []).map(({ host }) => host);
      const itsMoney = moneys.get(body.id) ?? [];
      return {
        id: body.id,
        kind: body.kind,
        legalForm: body.legalForm,
        constituencies: body.constituencies,
        members,
        counts: ownKeys
          .flatMap((key) => counts.get(key) ?? [])
          .map((row) => ({
            ...(JSON.parse(row.data) as {
              organisations: number | null;
              individuals: number | null;
            }),
            on: row.from_date,
            verified: row.verification === 'VERIFIED',
            ref: { kind: 'member-count', id: row.record },
          })),
        descendants: descendants.get(body.id) ?? new Set(),
        belongsTo: (networksOf.get(body.id) ?? []).map(({ fact }) => fact),
        governing: ownKeys.flatMap((key) => governing.get(key) ?? []).map((one) => one.governing),
        joint: amongMembers([...memberIds], joint),
        hosts: hostedBy,
        hosted: (hosted.get(body.id) ?? []).map(({ host }) => host),
        declarations: ownKeys
          .flatMap((key) => declared.get(key) ?? [])
          .flatMap((row) => {
            const data = JSON.parse(row.data) as {
              declared: BodyFacts['declarations'][number]['declared'] | null;
              selfMade: boolean;
            };
            return data.declared === null
              ? []
              : [
                  {
                    declared: data.declared,
                    on: row.from_date,
                    selfMade: data.selfMade,
                    ref: { kind: 'self-statement', id: row.record },
                  },
                ];
          }),
        channels: ownKeys
          .flatMap((key) => channels.get(key) ?? [])
          .map(({ channel, parent_id }) => ({
            code: channel,
            ref: { kind: 'activity', id: parent_id },
          })),
        money: itsMoney,
        hostedFundsUnknown:
          hostedBy.length > 0 && itsMoney.every(({ incoming }) => incoming.length === 0),
      };
    });
    // Names are for sentences, and details for indicators that decide nothing; an outcome does without.
    const told = isNamed && detail ? await detail(gathered, period) : gathered;
    const names = await facts.names(isNamed ? [...new Set(told.flatMap(mentioned))] : []);
    return new Map(told.map((body) => [body.id, { ...body, names }]));
  };
};
export type Gatherer = ReturnType<typeof createGatherer>;
