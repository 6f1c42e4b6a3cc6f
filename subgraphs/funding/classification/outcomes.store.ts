import type { Knex } from 'knex';
import { chunksOf } from '../../shared/db';
import { Modality } from '../../shared/outcomes';
import type { Viewer } from '../../shared/viewer';

const AT_ONCE = 5000;

/** Up to which day, and by which rule, outcomes are worked out beforehand. */
export interface Standing {
  asOf: string;
  rule: string;
}

/** Outcomes that were worked out beforehand, for one viewer. */
export const createOutcomesStore = (db: Knex, { tier }: Viewer) => ({
  standing: async (): Promise<Standing | null> => {
    const state = (await db('outcomes_state').first()) as
      { as_of: string; rule: string; stale: number } | undefined;
    return state && state.as_of !== '' ? { asOf: state.as_of, rule: state.rule } : null;
  },

  /** The outcomes of bodies that exist for the viewer, in the standing period. */
  byIds: async (ids: readonly string[]): Promise<Map<string, Modality>> => {
    const found = new Map<string, Modality>(
      ids.map((id) => [id, Modality.INSUFFICIENT_EVIDENCE] as const),
    );
    for (const some of chunksOf(ids, AT_ONCE)) {
      const rows = (await db('outcomes')
        .select('body_id', 'outcome')
        .whereIn('body_id', some)
        .where('tier_from', '<=', tier)
        .where('tier_until', '>', tier)) as { body_id: string; outcome: Modality }[];
      for (const { body_id, outcome } of rows) found.set(body_id, outcome);
    }
    return found;
  },
});
export type OutcomesStore = ReturnType<typeof createOutcomesStore>;
