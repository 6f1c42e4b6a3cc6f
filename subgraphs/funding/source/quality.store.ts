import type { Knex } from 'knex';
import { proportionOf } from '../../shared/proportion';
import { type Viewer, visibleTo } from '../../shared/viewer';
import { PartyBasis } from '../flow/flow-kind';
import { MATCHED_KINDS } from '../matching/stages';
import type { MoneyQuality } from './quality';

const MONTH_LENGTH = 7;
/** The rates themselves are in SDR, so it needs none. */
const SDR = 'XDR';

type Counts = { source_id: string } & Record<
  'flows' | 'links' | 'resolved' | 'matchable' | 'matched' | 'convertible',
  number | string | null
>;

/** Counts over the flows of sources: linear in them. */
export const createQualityStore = (db: Knex, viewer: Viewer) => {
  const sumOf = (condition: string) => `sum(case when ${condition} then 1 else 0 end)`;
  const linked = (side: string) => `f.${side}_activity_key <> f.activity_key`;
  const resolved = (side: string) => `${linked(side)} and (
    f.${side}_basis = '${PartyBasis.ACTIVITY_REFERENCE}' or exists (
      select 1 from activities a where a.key = f.${side}_activity_key and a.tier <= :tier
        and a.withdrawn_at is null and a.superseded_from > :tier))`;
  const matchable = `f.kind in (${MATCHED_KINDS.map((kind) => `'${kind}'`).join(', ')})`;
  const matched = `${matchable} and ((f.absorbed & :seen) > 0 or exists (
    select 1 from flow_members m where m.flow_id = f.id and (m.tiers & :seen) > 0))`;
  const convertible = `f.currency = '${SDR}' or exists (
    select 1 from rates r where r.currency = f.currency
      and r.month = substr(coalesce(f.value_date, f.date), 1, ${MONTH_LENGTH}))`;
  const bindings = { tier: viewer.tier, seen: 1 << viewer.tier };

  return {
    /** The quality of each source that has flows. */
    bySourceIds: async (
      ids: readonly string[],
    ): Promise<(MoneyQuality & { sourceId: string })[]> => {
      const rows = (await visibleTo(db('flows as f'), viewer, 'f.tier')
        .whereIn('f.source_id', ids)
        .whereNull('f.withdrawn_at')
        .select('f.source_id')
        .select(
          db.raw(
            `count(*) as flows,
             ${sumOf(linked('provider'))} + ${sumOf(linked('receiver'))} as links,
             ${sumOf(resolved('provider'))} + ${sumOf(resolved('receiver'))} as resolved,
             ${sumOf(matchable)} as matchable, ${sumOf(matched)} as matched,
             ${sumOf(convertible)} as convertible`,
            bindings,
          ),
        )
        .groupBy('f.source_id')) as Counts[];
      return rows.map((row) => ({
        sourceId: row.source_id,
        links: proportionOf(row.resolved, row.links ?? 0),
        matched: proportionOf(row.matched, row.matchable ?? 0),
        convertible: proportionOf(row.convertible, row.flows ?? 0),
      }));
    },
  };
};
export type QualityStore = ReturnType<typeof createQualityStore>;
