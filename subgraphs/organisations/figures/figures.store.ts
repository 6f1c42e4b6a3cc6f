import type { Knex } from 'knex';
import { keysAt } from '../../shared/bodies';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { AnnualFigures } from './figures';

type FiguresRow = Stamp & {
  body_id: string;
  year: string;
  currency: string | null;
  income: string | null;
  secretariat_budget: string | null;
  requests: number | null;
  requests_met: number | null;
};

/** Figures, with the body that they are of. */
export type FiguresOf = AnnualFigures & { bodyId: string };

const toFigures = (row: FiguresRow): FiguresOf => ({
  bodyId: row.body_id,
  id: row.id,
  year: row.year,
  currency: row.currency,
  income: row.income,
  secretariatBudget: row.secretariat_budget,
  requests: row.requests,
  requestsMet: row.requests_met,
  stamp: row,
});

export const createFiguresStore = (db: Knex, viewer: Viewer) => ({
  /** The figures of bodies that stand, the newest year first. */
  byOrganisationIds: async (ids: readonly string[]): Promise<FiguresOf[]> => {
    const rows = db('annual_figures')
      .join('body_keys', 'body_keys.key', 'annual_figures.key')
      .select('annual_figures.*', { body_id: 'body_keys.id' })
      .whereIn('body_keys.id', ids)
      .whereNull('withdrawn_at')
      .orderBy([
        { column: 'year', order: 'desc' },
        { column: 'annual_figures.id', order: 'asc' },
      ]);
    return ((await visibleTo(keysAt(rows, viewer), viewer, 'tier')) as FiguresRow[]).map(toFigures);
  },
});
export type FiguresStore = ReturnType<typeof createFiguresStore>;
