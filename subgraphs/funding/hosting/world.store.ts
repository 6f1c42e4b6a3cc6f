import type { Knex } from 'knex';
import { chunksOf } from '../../shared/db';
import { compareTexts } from '../../shared/ids';
import type { Viewer } from '../../shared/viewer';
import type { FactsStore } from '../classification/facts.store';
import { present } from '../classification/grouping';
import type { FlowKind } from '../flow/flow-kind';
import { holdsMoney } from './arrangement';
import type { Arrangement, HostFlow, HostWorld, NamingActivity } from './hosting';

const AT_ONCE = 400;
const BILLION = 1_000_000_000n;
const ROLES = ['FUNDING', 'ACCOUNTABLE', 'EXTENDING', 'IMPLEMENTING'];

interface FlowRow {
  id: string;
  kind: string;
  date: string;
  provider_key: string | null;
  receiver_key: string | null;
  activity_key: string | null;
  provider_activity_key: string | null;
  receiver_activity_key: string | null;
  units: number | string;
  nanos: number | string;
  currency: string;
  absorbed: number;
}

interface ActivityRow {
  id: string;
  key: string;
  reporter_key: string | null;
}

/** Reads what decides whose money hosts hold, for one viewer: from the arrangements to their flows, by indexes. */
export const createHostWorldStore = (db: Knex, { tier }: Viewer, facts: FactsStore) => {
  const live = (query: Knex.QueryBuilder, table: string) =>
    query
      .whereNull(`${table}.withdrawn_at`)
      .where(`${table}.tier`, '<=', tier)
      .where(`${table}.superseded_from`, '>', tier);

  /** Rows for some values, so many values at a time. */
  const inParts = async <Row>(
    values: Iterable<string>,
    query: (some: readonly string[]) => Knex.QueryBuilder,
  ): Promise<Row[]> => {
    const found: Row[] = [];
    for (const some of chunksOf([...new Set(values)], AT_ONCE))
      found.push(...((await query(some)) as Row[]));
    return found;
  };

  const arrangementsOf = async (): Promise<Arrangement[]> => {
    const rows = (await facts.ofKind('host')).filter(holdsMoney);
    const ids = await facts.idsOf([
      ...new Set(rows.flatMap((row) => [row.subject_key, row.other_key].filter(present))),
    ]);
    return rows.flatMap((row) => {
      const [host, hosted] = [ids.get(row.other_key ?? ''), ids.get(row.subject_key)];
      return host === undefined || hosted === undefined || host === hosted
        ? []
        : [{ host, hosted, hostedKey: row.subject_key, from: row.from_date, to: row.to_date }];
    });
  };

  /** The activities that the hosted report or are named in. */
  const namingActivities = async (keys: readonly string[]): Promise<ActivityRow[]> => {
    const columns = ['activities.id', 'activities.key', 'activities.reporter_key'];
    const reported = await inParts<ActivityRow>(keys, (some) =>
      live(db('activities').whereIn('reporter_key', some).select(columns), 'activities'),
    );
    const named = await inParts<ActivityRow>(keys, (some) =>
      live(
        db('activities')
          .whereIn(
            'activities.id',
            db('activity_parties').select('parent_id').whereIn('body_key', some),
          )
          .select(columns),
        'activities',
      ),
    );
    return [...new Map([...reported, ...named].map((row) => [row.id, row])).values()];
  };

  const partiesOf = (activities: readonly ActivityRow[]) =>
    inParts<{ parent_id: string; role: string; body_key: string | null; position: number }>(
      activities.map(({ id }) => id),
      (some) =>
        db('activity_parties')
          .whereIn('parent_id', some)
          .whereIn('role', ROLES)
          .select('parent_id', 'role', 'body_key', 'position'),
    );

  /** The parts of some activities, by either's record, each with its wholes. */
  const partsOf = async (keys: readonly string[]): Promise<Map<string, string[]>> => {
    const related = (relation: string, part: string, whole: string) =>
      inParts<{ part: string; whole: string }>(keys, (some) =>
        live(
          db('activity_relations')
            .join('activities', 'activities.id', 'activity_relations.parent_id')
            .where({ relation })
            .whereIn(whole, some)
            .select({ part, whole }),
          'activities',
        ),
      );
    const [own, named] = ['activities.key', 'activity_relations.activity_key'];
    const found = new Map<string, Set<string>>();
    for (const { part, whole } of [
      ...(await related('PARENT', own, named)),
      ...(await related('CHILD', named, own)),
    ])
      found.set(part, (found.get(part) ?? new Set()).add(whole));
    return new Map([...found].map(([part, wholes]) => [part, [...wholes].sort(compareTexts)]));
  };

  const FLOW_COLUMNS = [
    'flows.id',
    'flows.kind',
    'flows.date',
    'flows.provider_key',
    'flows.receiver_key',
    'flows.activity_key',
    'flows.provider_activity_key',
    'flows.receiver_activity_key',
    'flows.units',
    'flows.nanos',
    'flows.currency',
    'flows.absorbed',
  ];
  /** Flows in or between some activities that go to or come from a host. */
  const flowsOf = async (activities: Iterable<string>, hosts: ReadonlySet<string>) => {
    const keys = [...new Set(activities)];
    const rows: FlowRow[] = [];
    for (const column of ['activity_key', 'provider_activity_key', 'receiver_activity_key'])
      rows.push(
        ...(await inParts<FlowRow>(keys, (some) =>
          live(db('flows').whereIn(`flows.${column}`, some).select(FLOW_COLUMNS), 'flows'),
        )),
      );
    return rows.filter(
      ({ provider_key, receiver_key }) =>
        hosts.has(provider_key ?? '') || hosts.has(receiver_key ?? ''),
    );
  };

  /** What hosts pay to the hosted themselves. */
  const handedOver = async (hosts: readonly string[], hosted: readonly string[]) => {
    const found: FlowRow[] = [];
    for (const receivers of chunksOf(hosted, AT_ONCE))
      found.push(
        ...(await inParts<FlowRow>(hosts, (some) =>
          live(
            db('flows')
              .whereIn('flows.provider_key', some)
              .whereIn('flows.receiver_key', receivers)
              .select(FLOW_COLUMNS),
            'flows',
          ),
        )),
      );
    return found;
  };

  return {
    /** All that decides whose money hosts hold. */
    read: async (): Promise<HostWorld> => {
      const arrangements = await arrangementsOf();
      const hosts = (await facts.keysOf([...new Set(arrangements.map(({ host }) => host))])).map(
        ({ key }) => key,
      );
      const hosted = (
        await facts.keysOf([...new Set(arrangements.map(({ hosted }) => hosted))])
      ).map(({ key }) => key);
      const named = await namingActivities(hosted);
      const parties = await partiesOf(named);
      const hostKeys = new Set(hosts);
      const first = await flowsOf(
        named.map(({ key }) => key),
        hostKeys,
      );
      // Activities into which money goes that a record names: is there other money in them?
      const filled = first.flatMap(({ receiver_activity_key: key }) => key ?? []);
      const own = named.map(({ key }) => key);
      const partOf = await partsOf([...new Set([...own, ...filled])]);
      const further = await flowsOf([...filled, ...partOf.keys()], hostKeys);
      const direct = await handedOver(hosts, hosted);
      const rows = new Map([...first, ...further, ...direct].map((row) => [row.id, row]));
      const pairs = await inParts<{ flow_id: string; record_id: string }>(rows.keys(), (some) =>
        db('flow_members')
          .whereRaw('(tiers & ?) > 0', [1 << tier])
          .where((any) => {
            void any.whereIn('flow_id', some).orWhereIn('record_id', some);
          })
          .select('flow_id', 'record_id'),
      );
      const missing = pairs
        .flatMap(({ flow_id, record_id }) => [flow_id, record_id])
        .filter((id) => !rows.has(id));
      for (const row of await inParts<FlowRow>(missing, (some) =>
        live(db('flows').whereIn('flows.id', some).select(FLOW_COLUMNS), 'flows'),
      ))
        rows.set(row.id, row);

      const ids = await facts.idsOf([
        ...new Set(
          [
            ...named.map(({ reporter_key }) => reporter_key),
            ...parties.map(({ body_key }) => body_key),
            ...[...rows.values()].flatMap((row) => [row.provider_key, row.receiver_key]),
          ].filter(present),
        ),
      ]);
      const idOf = (key: string | null) => (key === null ? null : (ids.get(key) ?? null));
      const activities = new Map<string, NamingActivity>();
      const byId = new Map<string, Map<string, Set<string>>>();
      for (const { id, key, reporter_key } of [...named].sort((a, b) => compareTexts(a.id, b.id))) {
        const roles = new Map<string, Set<string>>();
        byId.set(id, roles);
        activities.set(key, { key, reporter: idOf(reporter_key), roles });
      }
      for (const { parent_id, role, body_key, position } of parties) {
        const roles = byId.get(parent_id);
        // Whom nobody names, or who is not seen, is somebody else all the same.
        const body = idOf(body_key) ?? body_key ?? `${parent_id} ${position}`;
        roles?.set(role, (roles.get(role) ?? new Set()).add(body));
      }
      return {
        arrangements,
        activities,
        partOf,
        flows: [...rows.values()]
          .sort((a, b) => compareTexts(a.id, b.id))
          .map((row): HostFlow => ({
            id: row.id,
            kind: row.kind as FlowKind,
            date: row.date,
            provider: idOf(row.provider_key),
            receiver: idOf(row.receiver_key),
            activity: row.activity_key,
            providerActivity: row.provider_activity_key,
            receiverActivity: row.receiver_activity_key,
            amount: BigInt(row.units) * BILLION + BigInt(row.nanos),
            currency: row.currency,
            absorbed: ((row.absorbed >> tier) & 1) === 1,
          })),
        members: [
          ...new Map(
            pairs.map(({ flow_id: flowId, record_id: recordId }) => [
              `${flowId} ${recordId}`,
              { flowId, recordId },
            ]),
          ).values(),
        ].sort((a, b) => compareTexts(a.flowId, b.flowId) || compareTexts(a.recordId, b.recordId)),
      };
    },
  };
};
