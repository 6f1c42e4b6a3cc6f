import { Big } from 'big.js';
import type { Knex } from 'knex';
import { formatDecimal, fromStored } from '../../shared/money';
import { type Page, type PageArgs, pageOf, pagesByParent } from '../../shared/paging';
import type { Viewer } from '../../shared/viewer';
import type { Flow } from './flow';
import { type FlowFilter, FLOW_ORDERS, type FlowOrder } from './flow.args';
import type { FlowKind } from './flow-kind';
import { createFlowList, type FlowParent } from './flow-list.store';
import { type FlowRow, reader } from './flow-row';
import type { MatchingBasis } from './reporting';

/** A report that is part of a flow which another report leads. */
export interface FlowMember {
  flowId: string;
  basis: MatchingBasis;
  state: string;
  /** How many flows it is part of: more than one where a row stands for a year of payments. */
  flows: number;
  report: Flow;
}

/** What flows of one kind in one currency add up to, as reported. */
export interface FlowSum {
  kind: FlowKind;
  currency: string;
  amount: string;
  flows: number;
  /** What FTS gives in US dollars for those of its flows among them; null: there are none. */
  inUsd: { amount: string; flows: number } | null;
}

type Usd = FlowSum['inUsd'];
const addUsd = (a: Usd, b: Usd): Usd =>
  a && b
    ? { amount: formatDecimal(new Big(a.amount).plus(b.amount)), flows: a.flows + b.flows }
    : (a ?? b);

/** Sums under the several keys of one parent, as one sum per kind and currency. */
const mergeSums = (rows: readonly (FlowSum & { id: string })[]): Map<string, FlowSum[]> => {
  const merged = new Map<string, FlowSum[]>();
  for (const { id, ...sum } of rows) {
    const sums = merged.get(id) ?? [];
    const same = sums.find(({ kind, currency }) => kind === sum.kind && currency === sum.currency);
    if (same) {
      same.flows += sum.flows;
      same.amount = formatDecimal(new Big(same.amount).plus(sum.amount));
      same.inUsd = addUsd(same.inUsd, sum.inUsd);
    } else {
      sums.push(sum);
    }
    merged.set(id, sums);
  }
  return merged;
};

export const createFlowStore = (db: Knex, viewer: Viewer) => {
  const { visible, members, list, under, underAll } = createFlowList(db, viewer);
  const read = reader(viewer);

  const SUMS = {
    units: db.raw('cast(sum(flows.units) as text)'),
    nanos: db.raw('cast(sum(flows.nanos) as text)'),
    usdUnits: db.raw('cast(sum(flows.usd_units) as text)'),
    usdNanos: db.raw('cast(sum(flows.usd_nanos) as text)'),
  };
  type SumRow = {
    kind: FlowKind;
    currency: string;
    units: string;
    nanos: string;
    flows: number;
  } & {
    usdUnits: string | null;
    usdNanos: string | null;
    usdFlows: number;
  };
  const toSum = ({ kind, currency, units, nanos, flows, ...usd }: SumRow): FlowSum => ({
    kind,
    currency,
    flows: Number(flows),
    amount: formatDecimal(fromStored(units, nanos)),
    inUsd:
      usd.usdUnits === null || usd.usdNanos === null
        ? null
        : {
            amount: formatDecimal(fromStored(usd.usdUnits, usd.usdNanos)),
            flows: Number(usd.usdFlows),
          },
  });
  const summed = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
    query
      .select('flows.kind', 'flows.currency')
      .select(SUMS)
      .count({ flows: '*' })
      .count({ usdFlows: 'flows.usd_units' })
      .groupBy('flows.kind', 'flows.currency')
      .orderBy(['flows.kind', 'flows.currency']);

  return {
    /** Flows by their ids; the id of a report that another one leads finds that flow. */
    byIds: async (ids: readonly string[]): Promise<Map<string, Flow>> => {
      const found = new Map<string, Flow>();
      const all = async (wanted: readonly string[]) =>
        ((await visible().select('flows.*').whereIn('flows.id', wanted)) as FlowRow[]).map(read);
      for (const flow of await all(ids)) found.set(flow.id, flow);
      const absorbed = [...found.values()].filter((flow) => flow.absorbed).map(({ id }) => id);
      if (absorbed.length === 0) return found;
      const leads = (await members()
        .whereIn('record_id', absorbed)
        .select('record_id')
        .min({ flow_id: 'flow_id' })
        .groupBy('record_id')) as { record_id: string; flow_id: string }[];
      const byId = new Map(
        (await all(leads.map((lead) => lead.flow_id))).map((flow) => [flow.id, flow]),
      );
      for (const lead of leads) {
        const flow = byId.get(lead.flow_id);
        if (flow) found.set(lead.record_id, flow);
      }
      return found;
    },

    /** The reports beside the leading one of each of some flows. */
    membersByFlowIds: async (ids: readonly string[]): Promise<FlowMember[]> => {
      const joined = (await members()
        .whereIn('flow_id', ids)
        .orderBy(['flow_id', 'record_id'])) as {
        flow_id: string;
        record_id: string;
        basis: MatchingBasis;
        state: string;
      }[];
      if (joined.length === 0) return [];
      const reportIds = [...new Set(joined.map((member) => member.record_id))];
      const [rows, counts] = await Promise.all([
        visible().select('flows.*').whereIn('flows.id', reportIds) as Promise<FlowRow[]>,
        members()
          .whereIn('record_id', reportIds)
          .select('record_id')
          .count({ n: '*' })
          .groupBy('record_id') as Promise<{ record_id: string; n: number }[]>,
      ]);
      const reports = new Map(rows.map((row) => [row.id, read(row)]));
      const flowsOf = new Map(counts.map((row) => [row.record_id, Number(row.n)]));
      return joined.flatMap(({ flow_id: flowId, record_id: recordId, basis, state }) => {
        const report = reports.get(recordId);
        return report ? [{ flowId, basis, state, flows: flowsOf.get(recordId) ?? 1, report }] : [];
      });
    },

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
        const rows = (await underAll(filter, column, keys).count({ n: '*' })) as {
          parent_key: string;
          n: number;
        }[];
        const byParent = new Map<string, number>();
        for (const { parent_key: key, n } of rows) {
          const id = idOf.get(key) ?? '';
          byParent.set(id, (byParent.get(id) ?? 0) + Number(n));
        }
        return byParent;
      };
      const pages = await pagesByParent(
        db,
        parents,
        (key) => under(filter, column, key),
        { first, after, order: FLOW_ORDERS[order], scope: ['flows', column, filter] },
        read,
        counts,
      );
      // Of all parents at once, and only if somebody asks.
      let summing: Promise<Map<string, FlowSum[]>> | undefined;
      const sums = async () => {
        const rows = (await summed(underAll(filter, column, keys))) as (SumRow & {
          parent_key: string;
        })[];
        return mergeSums(
          rows.map((row) => ({ id: idOf.get(row.parent_key) ?? '', ...toSum(row) })),
        );
      };
      return pages.map((page, index) => ({
        page,
        sums: async () => (await (summing ??= sums())).get(parents[index]?.id ?? '') ?? [],
      }));
    },
  };
};
export type FlowStore = ReturnType<typeof createFlowStore>;
