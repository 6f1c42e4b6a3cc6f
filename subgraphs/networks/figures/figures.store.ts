import type { Knex } from 'knex';
import { keysSeenBy } from '../../shared/bodies';
import { chunksOf } from '../../shared/db';
import { compareTexts } from '../../shared/ids';
import { VERIFICATION_ORDER } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';

/** What a body publishes of a year, as copied from its owner. */
export interface Figures {
  bodyId: string;
  year: string;
  currency: string | null;
  income: string | null;
  secretariatBudget: string | null;
  requests: number | null;
  requestsMet: number | null;
}

interface FactRow {
  body_id: string;
  record: string;
  from_date: string;
  verification: string | null;
  data: string;
}

const AT_ONCE = 400;

const rankOf = ({ verification }: FactRow): number => {
  const rank = VERIFICATION_ORDER.findIndex((level) => level === verification);
  return rank < 0 ? VERIFICATION_ORDER.length : rank;
};

export const createFiguresStore = (db: Knex, viewer: Viewer) => ({
  /** All figures of bodies, the newest year first, within one the best checked. */
  byIds: async (ids: readonly string[]): Promise<Figures[]> => {
    const rows: FactRow[] = [];
    for (const some of chunksOf(ids, AT_ONCE)) {
      const query = visibleTo(
        db('facts')
          .join('body_keys', 'body_keys.key', 'facts.subject_key')
          .select('facts.record', 'facts.from_date', 'facts.verification', 'facts.data', {
            body_id: 'body_keys.id',
          })
          .where('facts.kind', 'annual-figures')
          .whereIn('body_keys.id', some),
        viewer,
        'facts.tier',
      );
      rows.push(...((await keysSeenBy(db, query, viewer)) as FactRow[]));
    }
    return rows
      .sort(
        (a, b) =>
          compareTexts(b.from_date, a.from_date) ||
          rankOf(a) - rankOf(b) ||
          compareTexts(a.record, b.record),
      )
      .map(({ body_id, from_date, data }) => ({
        bodyId: body_id,
        year: from_date,
        ...(JSON.parse(data) as Omit<Figures, 'bodyId' | 'year'>),
      }));
  },
});
export type FiguresStore = ReturnType<typeof createFiguresStore>;
