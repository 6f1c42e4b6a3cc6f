import { Big } from 'big.js';
import type { Knex } from 'knex';
import { whereBody } from '../../shared/bodies';
import { whereAmount, whereCommon, whereDate, whereIn } from '../../shared/filters';
import { normaliseIdentifier } from '../../shared/ids';
import { formatDecimal, fromStored } from '../../shared/money';
import { type Page, type PageArgs, pageOf, pagesByParent } from '../../shared/paging';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { Flow } from './flow';
import { type FlowFilter, FLOW_ORDERS, type FlowOrder } from './flow.args';
import type { FlowKind, PartyBasis } from './flow-kind';
import type { AidType, CodingBasis, FlexibilityKind, PurposeKind } from './purpose';

type FlowRow = Stamp &
  Record<
    | 'kind'
    | 'date'
    | 'amount'
    | 'currency'
    | 'activity_record'
    | 'activity_key'
    | 'provider_basis'
    | 'receiver_basis'
    | 'aid_types'
    | 'purpose'
    | 'purpose_basis'
    | 'flexibility'
    | 'flexibility_basis',
    string
  > &
  Record<
    | 'value_date'
    | 'reporter_key'
    | 'provider_key'
    | 'provider_activity_key'
    | 'receiver_key'
    | 'receiver_activity_key'
    | 'description'
    | 'flow_type'
    | 'finance_type'
    | 'tied_status'
    | 'disbursement_channel',
    string | null
  > & { humanitarian: number | null; superseded_from: number };

/** A column by which flows belong to a parent. */
export type FlowParent =
  | 'provider_key'
  | 'receiver_key'
  | 'activity_key'
  | 'provider_activity_key'
  | 'receiver_activity_key';

/** What flows of one kind in one currency add up to, as reported. */
export interface FlowSum {
  kind: FlowKind;
  currency: string;
  amount: string;
  flows: number;
}

const reader =
  ({ tier }: Viewer) =>
  (row: FlowRow): Flow => ({
    id: row.id,
    kind: row.kind as FlowKind,
    date: row.date,
    valueDate: row.value_date,
    description: row.description,
    flowType: row.flow_type,
    financeType: row.finance_type,
    tiedStatus: row.tied_status,
    disbursementChannel: row.disbursement_channel,
    humanitarian: row.humanitarian === null ? null : row.humanitarian === 1,
    updatedAt: row.updated_at,
    amountText: row.amount,
    statedBasis: {
      provider: row.provider_basis as PartyBasis,
      receiver: row.receiver_basis as PartyBasis,
    },
    currency: row.currency,
    purposeOf: { kind: row.purpose as PurposeKind, basis: row.purpose_basis as CodingBasis },
    flexibilityOf: {
      kind: row.flexibility as FlexibilityKind,
      basis: row.flexibility_basis as CodingBasis,
    },
    aidTypeList: JSON.parse(row.aid_types) as AidType[],
    activityKey: row.activity_key,
    activityRecord: row.activity_record,
    reporterKey: row.reporter_key,
    providerKey: row.provider_key,
    providerActivityKey: row.provider_activity_key,
    receiverKey: row.receiver_key,
    receiverActivityKey: row.receiver_activity_key,
    superseded: row.superseded_from <= tier,
    stamp: row,
  });

/** Sums under the several keys of one parent, as one sum per kind and currency. */
const mergeSums = (rows: readonly (FlowSum & { id: string })[]): Map<string, FlowSum[]> => {
  const merged = new Map<string, FlowSum[]>();
  for (const { id, ...sum } of rows) {
    const sums = merged.get(id) ?? [];
    const same = sums.find(({ kind, currency }) => kind === sum.kind && currency === sum.currency);
    if (same) {
      same.flows += sum.flows;
      same.amount = formatDecimal(new Big(same.amount).plus(sum.amount));
    } else {
      sums.push(sum);
    }
    merged.set(id, sums);
  }
  return merged;
};

export const createFlowStore = (db: Knex, viewer: Viewer) => {
  const visible = () => visibleTo(db('flows'), viewer, 'flows.tier');
  const read = reader(viewer);

  const list = (filter: FlowFilter | undefined) => {
    const query = visible();
    whereCommon(query, 'flows', filter);
    if (!filter?.includeSuperseded) void query.where('flows.superseded_from', '>', viewer.tier);
    whereIn(query, 'flows.kind', filter?.kinds, 'kinds');
    whereIn(query, 'flows.currency', filter?.currencies, 'currencies');
    whereIn(query, 'flows.purpose', filter?.purpose, 'purpose');
    whereIn(query, 'flows.flexibility', filter?.flexibility, 'flexibility');
    whereIn(
      query,
      'flows.activity_key',
      filter?.activities?.map(normaliseIdentifier),
      'activities',
    );
    whereBody(db, query, viewer, 'flows.provider_key', filter?.providers, 'providers');
    whereBody(db, query, viewer, 'flows.receiver_key', filter?.receivers, 'receivers');
    whereDate(query, 'flows.date', filter?.date);
    if (filter?.year !== undefined) {
      const year = String(filter.year).padStart(4, '0');
      whereDate(query, 'flows.date', {
        from: `${year}-01-01`,
        to: `${String(filter.year + 1).padStart(4, '0')}-01-01`,
      });
    }
    whereAmount(query, 'flows.units', 'flows.nanos', filter?.amount);
    const shared = (dimension: string, codes: string[] | undefined, name: string) => {
      if (!codes) return;
      const shares = db('flow_shares').select('parent_id').where({ dimension });
      whereIn(shares, 'code', codes, name);
      void query.whereIn('flows.id', shares);
    };
    shared(
      'COUNTRY',
      filter?.countries?.map((code) => code.toUpperCase()),
      'countries',
    );
    shared('REGION', filter?.regions, 'regions');
    shared('SECTOR', filter?.sectors, 'sectors');
    return query;
  };

  const SUMS = {
    units: db.raw('cast(sum(flows.units) as text)'),
    nanos: db.raw('cast(sum(flows.nanos) as text)'),
  };
  type SumRow = { kind: FlowKind; currency: string; units: string; nanos: string; flows: number };
  const toSum = ({ kind, currency, units, nanos, flows }: SumRow): FlowSum => ({
    kind,
    currency,
    flows: Number(flows),
    amount: formatDecimal(fromStored(units, nanos)),
  });
  const summed = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
    query
      .select('flows.kind', 'flows.currency')
      .select(SUMS)
      .count({ flows: '*' })
      .groupBy('flows.kind', 'flows.currency')
      .orderBy(['flows.kind', 'flows.currency']);

  return {
    byIds: async (ids: readonly string[]): Promise<Flow[]> =>
      ((await visible().select('flows.*').whereIn('flows.id', ids)) as FlowRow[]).map(read),

    page: async ({ first, after }: PageArgs, filter: FlowFilter | undefined, order: FlowOrder) => ({
      page: await pageOf(
        () => list(filter).select('flows.*'),
        { first, after, order: FLOW_ORDERS[order], scope: ['flows', filter] },
        read,
      ),
      sums: async () => ((await summed(list(filter))) as SumRow[]).map(toSum),
    }),

    /** A page of flows for each parent, by the keys under which flows name it. */
    pagesByParent: async (
      column: FlowParent,
      parents: readonly { id: string; keys: readonly string[] }[],
      { first, after }: PageArgs,
      filter: FlowFilter | undefined,
      order: FlowOrder,
    ): Promise<{ page: Page<Flow>; sums: () => Promise<FlowSum[]> }[]> => {
      const keys = parents.flatMap((parent) => [...parent.keys]);
      const idOf = new Map(
        parents.flatMap(({ id, keys }) => keys.map((key) => [key, id] as const)),
      );
      const counts = async () => {
        const rows = (await list(filter)
          .whereIn(`flows.${column}`, keys)
          .select({ key: `flows.${column}` })
          .count({ n: '*' })
          .groupBy(`flows.${column}`)) as { key: string; n: number }[];
        const byParent = new Map<string, number>();
        for (const { key, n } of rows) {
          const id = idOf.get(key) ?? '';
          byParent.set(id, (byParent.get(id) ?? 0) + Number(n));
        }
        return byParent;
      };
      const pages = await pagesByParent(
        db,
        parents,
        (key) => list(filter).select('flows.*').where(`flows.${column}`, key),
        { first, after, order: FLOW_ORDERS[order], scope: ['flows', column, filter] },
        read,
        counts,
      );
      // Of all parents at once, and only if somebody asks.
      let summing: Promise<Map<string, FlowSum[]>> | undefined;
      const sums = async () => {
        const rows = (await summed(list(filter).whereIn(`flows.${column}`, keys))
          .select({ key: `flows.${column}` })
          .groupBy(`flows.${column}`)) as (SumRow & { key: string })[];
        return mergeSums(rows.map((row) => ({ id: idOf.get(row.key) ?? '', ...toSum(row) })));
      };
      return pages.map((page, index) => ({
        page,
        sums: async () => (await (summing ??= sums())).get(parents[index]?.id ?? '') ?? [],
      }));
    },
  };
};
export type FlowStore = ReturnType<typeof createFlowStore>;
