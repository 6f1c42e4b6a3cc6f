import type { Knex } from 'knex';
import { chunksOf } from '../../shared/db';
import { recordKey } from '../../shared/records';

const AT_ONCE = 400;

type KeyRow = { key: string };

/** The bodies that these records of a source described before, should the records change. */
export const keysOfRecords = async (
  trx: Knex,
  sourceId: string,
  records: readonly { recordId: string; key: string }[],
): Promise<string[]> => {
  const keys: string[] = [];
  for (const some of chunksOf(records, AT_ONCE)) {
    const now = new Map(
      some.map(({ recordId, key }) => [recordKey('organisation_records', sourceId, recordId), key]),
    );
    const rows = (await trx('organisation_records')
      .select('key', 'id')
      .whereIn('id', [...now.keys()])) as (KeyRow & { id: string })[];
    keys.push(...rows.filter((row) => now.get(row.id) !== row.key).map(({ key }) => key));
  }
  return keys;
};

/** The bodies that these rows describe. */
export const keysOfRows = async (trx: Knex, ids: readonly string[]): Promise<string[]> => {
  const keys: string[] = [];
  for (const some of chunksOf(ids, AT_ONCE)) {
    keys.push(
      ...((await trx('organisation_records').select('key').whereIn('id', some)) as KeyRow[]).map(
        ({ key }) => key,
      ),
    );
  }
  return keys;
};
