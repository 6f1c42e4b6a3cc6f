import type { Knex } from 'knex';
import { keysAt } from '../../shared/bodies';
import type { Stamp } from '../../shared/provenance';
import { type Viewer, visibleTo } from '../../shared/viewer';
import type { DeclaredModality, Statement, StatementTopic } from './statement';

type StatementRow = Stamp & {
  body_id: string;
  topic: string;
  declared_modality: string | null;
  text: string;
  lang: string | null;
  stated_on: string | null;
  self_made: number;
};

/** A statement, with the body that made it. */
export type StatementOf = Statement & { bodyId: string };

const toStatement = (row: StatementRow): StatementOf => ({
  bodyId: row.body_id,
  id: row.id,
  topic: row.topic as StatementTopic,
  declaredModality: row.declared_modality as DeclaredModality | null,
  text: row.text,
  lang: row.lang,
  statedOn: row.stated_on,
  selfMade: row.self_made === 1,
  stamp: row,
});

export const createStatementStore = (db: Knex, viewer: Viewer) => ({
  byOrganisationIds: async (ids: readonly string[]): Promise<StatementOf[]> => {
    const rows = db('self_statements')
      .join('body_keys', 'body_keys.key', 'self_statements.key')
      .select('self_statements.*', { body_id: 'body_keys.id' })
      .whereIn('body_keys.id', ids)
      .whereNull('withdrawn_at')
      .orderByRaw('stated_on nulls first, self_statements.id');
    return ((await visibleTo(keysAt(rows, viewer), viewer, 'tier')) as StatementRow[]).map(
      toStatement,
    );
  },
});
export type StatementStore = ReturnType<typeof createStatementStore>;
