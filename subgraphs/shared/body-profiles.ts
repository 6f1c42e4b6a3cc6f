import type { Knex } from 'knex';
import { bodiesAt } from './bodies';
import { tag } from './bodies-tables';
import { chunksOf, whereAmong } from './db';
import { compareTexts } from './ids';
import type { Viewer } from './viewer';

/** What is known of a body, apart from its names. */
export interface BodyProfile {
  id: string;
  kind: string;
  legalForm: string;
  country: string | null;
  constituencies: string[];
  /** The M49 regions of its country, at every level. */
  regions: string[];
}

const AT_ONCE = 5000;
const CONSTITUENCY = tag('constituency', '');
const REGION = tag('region', '');

type Row = Omit<BodyProfile, 'constituencies' | 'regions'> & { rowId: number };

/** What is known of some bodies; of those that do not exist for the viewer there is none. */
export const profilesOf = async (
  db: Knex,
  viewer: Viewer,
  ids: readonly string[],
): Promise<BodyProfile[]> => {
  const found: BodyProfile[] = [];
  for (const some of chunksOf(ids, AT_ONCE)) {
    const rows = (await bodiesAt(
      whereAmong(
        db,
        db('bodies').select({
          rowId: 'row_id',
          id: 'id',
          kind: 'kind',
          legalForm: 'legal_form',
          country: 'country',
        }),
        'id',
        some,
      ),
      viewer,
    )) as Row[];
    const tags = (await whereAmong(
      db,
      db('body_tags'),
      'row_id',
      rows.map(({ rowId }) => rowId),
    )) as { row_id: number; tag: string }[];
    const tagsOf = new Map<number, string[]>();
    for (const { row_id, tag } of tags) {
      const codes = tagsOf.get(row_id);
      if (codes) codes.push(tag);
      else tagsOf.set(row_id, [tag]);
    }
    for (const { rowId, ...row } of rows) {
      const codes = (prefix: string) =>
        (tagsOf.get(rowId) ?? [])
          .filter((tag) => tag.startsWith(prefix))
          .map((tag) => tag.slice(prefix.length))
          .sort(compareTexts);
      found.push({ ...row, constituencies: codes(CONSTITUENCY), regions: codes(REGION) });
    }
  }
  return found;
};
