import type { Knex } from 'knex';
import { bodiesAt, type BodiesLoader, keysAt } from '../../shared/bodies';
import { chunksOf } from '../../shared/db';
import type { DateRange } from '../../shared/filters';
import type { Viewer } from '../../shared/viewer';
import { COUNTED_KINDS, CountedMoney } from '../flow/counted-money';
import { MONTH, type Side } from '../flow/columns';
import { FlowKind, INCOMING_KINDS } from '../flow/flow-kind';
import { createFlowList } from '../flow/flow-list.store';
import { THIRD_PARTY_STANDARD } from '../flow/reporting';
import { HostingBasis } from '../hosting/basis';
import { isHeld, ofOwners, ownerKey } from '../hosting/party.store';

/** Which money a trail follows, and when it was paid. */
export interface TrailMoney {
  money: CountedMoney;
  period: DateRange | undefined;
}

/** Flows of one month and currency added up, as two columns. */
interface Sum {
  currency: string;
  month: string;
  units: string;
  nanos: string;
  /** A number, or on PostgreSQL its digits. */
  flows: number | string;
}

/** What a body paid to another, out of one activity and for one. */
export interface PaidRow extends Sum {
  own_id: string;
  other_id: string | null;
  /** The host that got it for the other; null: the other did. */
  host_id: string | null;
  own_activity: string | null;
  other_activity: string | null;
  first_id: string;
  last_id: string;
}

/** What a donor paid to another body, for whatever activities. */
export interface PaidTogetherRow extends Sum {
  other_id: string | null;
}

/** What a body got for one of its activities. */
export interface GotRow extends Sum {
  own_id: string;
  own_activity: string | null;
}

/** What a body reports that shows that it reports what it pays. */
const PAYING: Record<CountedMoney, readonly FlowKind[]> = {
  PLEDGED: [FlowKind.PLEDGE],
  COMMITTED: [FlowKind.COMMITMENT],
  DISBURSED: [FlowKind.DISBURSEMENT, FlowKind.EXPENDITURE],
  FUNDING: [FlowKind.COMMITMENT, FlowKind.DISBURSEMENT],
};

const AT_ONCE = 400;
const holes = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/**
 * The money of bodies in a period as trails need it, for one viewer; what two sides report is one flow, and
 * what a host got or paid in somebody's name is that body's.
 */
export const createTrailStore = (
  db: Knex,
  viewer: Viewer,
  bodies: Pick<BodiesLoader, 'keysOf'>,
) => {
  const flows = createFlowList(db, viewer);

  /** The activity on one side of a flow: as its leading report has it, else as another report has. */
  const activityOn = (side: Side) => {
    const own = (alias: string) =>
      `coalesce(${alias}.${side}_activity_key, case when ${alias}.kind ${side === 'receiver' ? '' : 'not '}in (${holes(INCOMING_KINDS)}) then ${alias}.activity_key end)`;
    return db.raw(
      `coalesce(${own('flows')}, (select min(${own('report')}) from flow_members join flows as report on report.id = flow_members.record_id where flow_members.flow_id = flows.id and (flow_members.tiers & ?) > 0))`,
      [...INCOMING_KINDS, ...INCOMING_KINDS, 1 << viewer.tier],
    );
  };

  /** The body that a key means, where the viewer may see it. */
  const idOf = (key: string) =>
    keysAt(db('body_keys').select('body_keys.id'), viewer)
      .whereRaw('?? = ??', ['body_keys.key', key])
      .whereExists(
        bodiesAt(db('bodies').select('row_id'), viewer).whereRaw('?? = ??', [
          'bodies.id',
          'body_keys.id',
        ]),
      );

  /** Few kinds hold most of the flows: without statistics, SQLite would read by them and not by body. */
  const ofKinds = (query: Knex.QueryBuilder, kinds: readonly FlowKind[]) =>
    query.whereRaw(`coalesce(flows.kind, '') in (${holes(kinds)})`, [...kinds]);

  const list = ({ money, period }: TrailMoney) => {
    const query = ofKinds(flows.list(period && { date: period }), COUNTED_KINDS[money]);
    // Of other standards a commitment and its payments are both on record.
    return money === CountedMoney.FUNDING
      ? query.where('flows.standard', THIRD_PARTY_STANDARD)
      : query;
  };

  const sumOf = (query: Knex.QueryBuilder) =>
    query
      .select({
        units: db.raw('cast(sum(units) as text)'),
        nanos: db.raw('cast(sum(nanos) as text)'),
      })
      .count({ flows: '*' });

  /** The keys under which records name some bodies, with the body of each. */
  const keysOf = async (ids: readonly string[]): Promise<Map<string, string>> => {
    const keys = await Promise.all(ids.map((id) => bodies.keysOf.load(id)));
    return new Map(
      ids.flatMap((id, place) => (keys[place] ?? []).map((key) => [key, id] as const)),
    );
  };

  /** Rows under the keys of some bodies, each with the body of its `own_key`. */
  const under = async <Row extends { own_id: string }>(
    ids: readonly string[],
    query: (keys: readonly string[]) => Knex.QueryBuilder,
  ): Promise<Row[]> => {
    const keys = await keysOf(ids);
    const found: Row[] = [];
    for (const some of chunksOf([...keys.keys()], AT_ONCE))
      for (const row of (await query(some)) as (Row & { own_key: string })[])
        found.push({ ...row, own_id: keys.get(row.own_key) ?? '' });
    return found;
  };

  /** Flows with whose money it was on both sides, who held it for the receiver, and the activities. */
  const eachPaid = (money: TrailMoney, ownActivity: Knex.Raw) =>
    list(money).select('flows.id', 'flows.units', 'flows.nanos', 'flows.currency', {
      own_key: db.raw(ownerKey('provider', viewer)),
      other_key: db.raw(ownerKey('receiver', viewer)),
      host_key: db.raw(`case when ${isHeld('receiver', viewer)} then flows.receiver_key end`),
      own_activity: ownActivity,
      other_activity: activityOn('receiver'),
      month: db.raw(MONTH),
    });

  /** What they come to by all of these. */
  const paidRows = (each: Knex.QueryBuilder) => {
    const columns = [
      'own_key',
      'other_key',
      'host_key',
      'own_activity',
      'other_activity',
      'currency',
      'month',
    ];
    const sums = sumOf(db.from(each.as('paid')).select(columns).groupBy(columns))
      .min({ first_id: 'id' })
      .max({ last_id: 'id' });
    return db.from(sums.as('sums')).select('sums.*', {
      other_id: idOf('sums.other_key') as never,
      host_id: idOf('sums.host_key') as never,
    });
  };

  return {
    /** What some bodies paid, out of which activities and for which. */
    paid: (money: TrailMoney, ids: readonly string[]): Promise<PaidRow[]> =>
      under<PaidRow>(ids, (keys) =>
        paidRows(
          ofOwners(db, () => eachPaid(money, activityOn('provider')), 'provider', viewer, keys),
        ),
      ),

    /** What a donor paid, however many activities it was for: of a large one all receivers are compared. */
    paidTogether: async (money: TrailMoney, donor: string): Promise<PaidTogetherRow[]> => {
      const columns = ['other_key', 'currency', 'month'];
      const keys = await bodies.keysOf.load(donor);
      const each = ofOwners(
        db,
        () =>
          list(money).select('flows.units', 'flows.nanos', 'flows.currency', {
            other_key: db.raw(ownerKey('receiver', viewer)),
            month: db.raw(MONTH),
          }),
        'provider',
        viewer,
        keys,
      );
      const sums = sumOf(db.from(each.as('paid')).select(columns).groupBy(columns));
      return (await db
        .from(sums.as('sums'))
        .select('currency', 'month', 'units', 'nanos', 'flows', {
          other_id: idOf('sums.other_key') as never,
        })) as PaidTogetherRow[];
    },

    /** What a donor paid to some receivers, and for which of their activities; null: to unknown ones too. */
    paidTo: async (
      money: TrailMoney,
      donor: string,
      receivers: readonly (string | null)[],
    ): Promise<PaidRow[]> => {
      const known = receivers.filter((id) => id !== null);
      const others = known.length < receivers.length ? null : [...(await keysOf(known)).keys()];
      const each = () => eachPaid(money, db.raw('cast(null as text)'));
      return under<PaidRow>([donor], (keys) =>
        paidRows(
          others === null
            ? ofOwners(db, each, 'provider', viewer, keys)
            : // By the receivers, whose income is read next: a large donor has many flows to others.
              ofOwners(
                db,
                () =>
                  each().whereRaw(
                    `coalesce(${ownerKey('provider', viewer)}, '') in (${holes(keys)})`,
                    [...keys],
                  ),
                'receiver',
                viewer,
                others,
              ),
        ),
      );
    },

    /** What some bodies got. */
    got: (money: TrailMoney, ids: readonly string[]): Promise<GotRow[]> =>
      under<GotRow>(ids, (keys) => {
        const columns = ['own_key', 'own_activity', 'currency', 'month'];
        const each = ofOwners(
          db,
          () =>
            list(money).select('flows.units', 'flows.nanos', 'flows.currency', {
              own_key: db.raw(ownerKey('receiver', viewer)),
              own_activity: activityOn('receiver'),
              month: db.raw(MONTH),
            }),
          'receiver',
          viewer,
          keys,
        );
        return sumOf(db.from(each.as('got')).select(columns).groupBy(columns));
      }),

    /** Of which activities some activities are parts, by either's record. */
    partOf: async (activities: readonly string[]): Promise<Map<string, string[]>> => {
      const found = new Map<string, Set<string>>();
      const exists = (query: Knex.QueryBuilder) =>
        query
          .whereNull('activities.withdrawn_at')
          .where('activities.tier', '<=', viewer.tier)
          .where('activities.superseded_from', '>', viewer.tier);
      const related = (relation: string, part: string, whole: string, keys: readonly string[]) =>
        exists(
          db('activity_relations')
            .join('activities', 'activities.id', 'activity_relations.parent_id')
            .where({ relation })
            .whereIn(part, keys)
            .select({ part, whole }),
        );
      for (const some of chunksOf(activities, AT_ONCE)) {
        const [own, named] = ['activities.key', 'activity_relations.activity_key'] as const;
        for (const { part, whole } of [
          ...((await related('PARENT', own, named, some)) as { part: string; whole: string }[]),
          ...((await related('CHILD', named, own, some)) as { part: string; whole: string }[]),
        ])
          found.set(part, (found.get(part) ?? new Set()).add(whole));
      }
      return new Map([...found].map(([part, wholes]) => [part, [...wholes].sort()]));
    },

    /** Who paid some bodies. */
    payersOf: (
      money: TrailMoney,
      ids: readonly string[],
    ): Promise<{ own_id: string; other_id: string | null }[]> =>
      under(ids, (keys) =>
        db
          .from(
            ofOwners(
              db,
              () =>
                list(money)
                  .select({
                    own_key: db.raw(ownerKey('receiver', viewer)),
                    other_key: db.raw(ownerKey('provider', viewer)),
                  })
                  .distinct(),
              'receiver',
              viewer,
              keys,
            ).as('pairs'),
          )
          .select('own_key', { other_id: idOf('pairs.other_key') as never }),
      ),

    /** Of some bodies, those that report what they pay. */
    reporters: async (
      { money, period }: TrailMoney,
      ids: readonly string[],
    ): Promise<Set<string>> => {
      const rows = await under<{ own_id: string }>(ids, (keys) =>
        ofOwners(
          db,
          () =>
            ofKinds(
              flows.list({ includeAbsorbed: true, ...(period ? { date: period } : {}) }),
              PAYING[money],
            )
              .whereRaw('flows.reporter_key = flows.provider_key')
              // What a host handed over says nothing of what its body then paid.
              .whereRaw(`not (${isHeld('provider', viewer)} and flows.provider_for_basis = ?)`, [
                HostingBasis.HANDED_OVER,
              ])
              .select({ own_key: db.raw(ownerKey('provider', viewer)) })
              .distinct(),
          'provider',
          viewer,
          keys,
        ),
      );
      return new Set(rows.map(({ own_id }) => own_id));
    },
  };
};
export type TrailStore = ReturnType<typeof createTrailStore>;
