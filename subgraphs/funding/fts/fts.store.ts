import type { Knex } from 'knex';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { FtsFlow, FtsObject, FtsReport } from './fts';
import type {
  FtsBehaviour,
  FtsBoundary,
  FtsFlowType,
  FtsObjectType,
  FtsSide,
  FtsStatus,
} from './fts-enums';

type Text = string | null;
interface FtsRow {
  parent_id: string;
  fts_id: string;
  version: number | null;
  boundary: Text;
  on_boundary: Text;
  status: string;
  flow_type: Text;
  new_money: number | null;
  contribution_type: Text;
  method: Text;
  budget_year: Text;
  decision_date: Text;
  first_reported: Text;
  amount_usd: string;
  exchange_rate: Text;
  ref_code: Text;
  upper_id: Text;
  lower_ids: string;
  keywords: string;
  earmarkings: string;
  reports: string;
}

interface ObjectRow {
  parent_id: string;
  side: string;
  type: string;
  object_id: Text;
  code: Text;
  name: Text;
  behaviour: Text;
  organisation_types: string;
  body_key: Text;
  country: Text;
}

/** A flow of FTS by its number there, among the flows that stand and are visible. */
interface Numbered {
  ftsId: string;
  id: string;
  sourceId: string;
}

/** The flows that an FTS flow is part of, and those that are parts of it, as ids of flows. */
export interface Relatives {
  id: string;
  parents: string[];
  children: string[];
}

export const createFtsStore = (db: Knex, viewer: Viewer) => {
  const standing = (table: string) =>
    visibleTo(
      db(table).join('flows', 'flows.id', `${table}.parent_id`).whereNull('flows.withdrawn_at'),
      viewer,
      'flows.tier',
    );
  const numbered = async (ftsIds: readonly string[]): Promise<Numbered[]> =>
    (await standing('fts_flows')
      .select({ ftsId: 'fts_flows.fts_id', id: 'flows.id', sourceId: 'flows.source_id' })
      .whereIn('fts_flows.fts_id', ftsIds)
      .orderBy(['flows.source_id', 'flows.id'])) as Numbered[];

  return {
    /** What FTS says of flows that the caller has already found visible. */
    byFlowIds: async (ids: readonly string[]): Promise<FtsFlow[]> =>
      (
        (await db('fts_flows')
          .join('flows', 'flows.id', 'fts_flows.parent_id')
          .select('fts_flows.*', 'flows.boundary', 'flows.on_boundary')
          .whereIn('fts_flows.parent_id', ids)) as FtsRow[]
      ).map((row) => ({
        rowId: row.parent_id,
        id: row.fts_id,
        version: row.version,
        boundary: row.boundary as FtsBoundary | null,
        onBoundary: row.on_boundary as FtsBehaviour | null,
        status: row.status as FtsStatus,
        flowType: row.flow_type as FtsFlowType | null,
        newMoney: row.new_money === null ? null : row.new_money === 1,
        contributionType: row.contribution_type,
        method: row.method,
        budgetYear: row.budget_year,
        decisionDate: row.decision_date,
        firstReportedDate: row.first_reported,
        exchangeRate: row.exchange_rate,
        refCode: row.ref_code,
        keywords: JSON.parse(row.keywords) as string[],
        grandBargainEarmarkingTypes: JSON.parse(row.earmarkings) as string[],
        parentId: row.upper_id,
        childIds: JSON.parse(row.lower_ids) as string[],
        reports: JSON.parse(row.reports) as FtsReport[],
        amountUsdText: row.amount_usd,
      })),

    objectsByFlowIds: async (
      ids: readonly string[],
    ): Promise<(FtsObject & { parentId: string })[]> =>
      (
        (await db('fts_objects')
          .whereIn('parent_id', ids)
          .orderBy(['parent_id', 'position'])) as ObjectRow[]
      ).map((row) => ({
        parentId: row.parent_id,
        side: row.side as FtsSide,
        type: row.type as FtsObjectType,
        id: row.object_id,
        code: row.code,
        name: row.name,
        behavior: row.behaviour as FtsBehaviour | null,
        organizationTypes: JSON.parse(row.organisation_types) as string[],
        bodyKey: row.body_key,
        countryCode: row.country,
      })),

    /**
     * The parents and children of flows, whichever of the two records says so. Of several sources
     * that hold the same flow, the one that holds its relative is meant, else the first.
     */
    relativesOf: async (flows: readonly FtsFlow[]): Promise<Relatives[]> => {
      const ftsIds = flows.map(({ id }) => id);
      const links = (await standing('fts_links')
        .distinct({ upper: 'fts_links.upper_id', lower: 'fts_links.lower_id' })
        .where((either) => {
          void either.whereIn('fts_links.upper_id', ftsIds).orWhereIn('fts_links.lower_id', ftsIds);
        })
        .orderBy(['upper', 'lower'])) as { upper: string; lower: string }[];
      const known = await numbered([
        ...new Set([...ftsIds, ...links.flatMap(({ upper, lower }) => [upper, lower])]),
      ]);
      const sourceOf = new Map(known.map(({ id, sourceId }) => [id, sourceId]));
      const byNumber = new Map<string, Numbered[]>();
      for (const row of known) byNumber.set(row.ftsId, [...(byNumber.get(row.ftsId) ?? []), row]);
      return flows.map(({ rowId, id }) => {
        const beside = (ftsId: string): string[] => {
          const rows = byNumber.get(ftsId) ?? [];
          const row = rows.find(({ sourceId }) => sourceId === sourceOf.get(rowId)) ?? rows[0];
          return row ? [row.id] : [];
        };
        return {
          id: rowId,
          parents: links.flatMap(({ upper, lower }) => (lower === id ? beside(upper) : [])),
          children: links.flatMap(({ upper, lower }) => (upper === id ? beside(lower) : [])),
        };
      });
    },
  };
};
export type FtsStore = ReturnType<typeof createFtsStore>;
