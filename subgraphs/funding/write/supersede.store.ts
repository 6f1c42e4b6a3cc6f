import type { Knex } from 'knex';
import { chunksOf } from '../../shared/db';
import { ALL_TIERS } from '../../shared/viewer';
import { touchFlows } from './matching.store';

interface Report {
  id: string;
  key: string;
  source_id: string;
  record_id: string;
  tier: number;
  last_reported: string | null;
  withdrawn_at: string | null;
  superseded_from: number;
}

const AT_ONCE = 400;

/** Newest report first; without a date of report last; then by source and record, so it is a function of the set. */
const newestFirst = (a: Report, b: Report): number => {
  const [x, y] = [a.last_reported ?? '', b.last_reported ?? ''];
  if (x !== y) return x < y ? 1 : -1;
  return `${a.source_id}\u0001${a.record_id}` < `${b.source_id}\u0001${b.record_id}` ? -1 : 1;
};

/** The lowest tier that sees a newer report beside each one: a hidden report supersedes for nobody who cannot see it. */
const tiersOf = (reports: readonly Report[]): Map<string, number> => {
  const standing = reports.filter((report) => report.withdrawn_at === null).sort(newestFirst);
  let lowest = ALL_TIERS;
  const tiers = new Map<string, number>();
  for (const report of standing) {
    tiers.set(report.id, lowest);
    lowest = Math.min(lowest, report.tier);
  }
  return tiers;
};

/**
 * Finds, for each activity of a source that several records report, which report is the newest. The
 * older ones and their flows stay, marked, and are left out of lists unless asked for.
 * @param at when: the time that what changed for its readers will bear.
 */
export const markSuperseded = async (trx: Knex, sourceId: string, at: string): Promise<void> => {
  const several = (await trx('activities as mine')
    .distinct('mine.key')
    .where('mine.source_id', sourceId)
    .whereExists(
      trx('activities as other')
        .select('other.id')
        .whereRaw('other.key = mine.key')
        .whereRaw('other.id <> mine.id'),
    )) as { key: string }[];
  for (const some of chunksOf(several, AT_ONCE)) {
    const rows = (await trx('activities').whereIn(
      'key',
      some.map(({ key }) => key),
    )) as Report[];
    const byKey = new Map<string, Report[]>();
    for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row]);
    for (const reports of byKey.values()) {
      const byId = new Map(reports.map((report) => [report.id, report]));
      for (const [id, tier] of tiersOf(reports)) {
        const before = byId.get(id);
        if (!before) continue;
        // What only others see of it is no change to those who see the report first.
        const shown = before.superseded_from > before.tier !== tier > before.tier;
        // Whoever sees a flow, but not the report that it is of, sees nothing replaced.
        const ofFlows = Math.max(tier, before.tier);
        await trx('activities')
          .where({ id })
          .whereNot('superseded_from', tier)
          .update({ superseded_from: tier, ...(shown && { updated_at: at }) });
        const flows = () =>
          trx('flows').where('activity_record', id).whereNot('superseded_from', ofFlows);
        await touchFlows(trx, (touched) => touched.whereIn('id', flows().select('id')));
        // The time is that of what each flow's first readers see.
        await flows()
          .where((either) => {
            void either
              .whereRaw('superseded_from > tier and tier >= ?', [ofFlows])
              .orWhereRaw('superseded_from <= tier and tier < ?', [ofFlows]);
          })
          .update({ updated_at: at });
        await flows().update({ superseded_from: ofFlows });
      }
    }
  }
};
