import type { Knex } from 'knex';
import { bodiesVersion } from '../../shared/bodies';
import { chunksOf, FOREVER } from '../../shared/db';
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

/** The bodies that a source describes. */
export const keysOfSource = async (trx: Knex, sourceId: string): Promise<string[]> =>
  (
    (await trx('organisation_records').distinct('key').where('source_id', sourceId)) as KeyRow[]
  ).map(({ key }) => key);

/** Ends, as of the newest version of the bodies, those of some keys that no record names any more. */
export const closeKeys = async (trx: Knex, keys: readonly string[]): Promise<void> => {
  const version = await bodiesVersion(trx);
  const named = (table: string, column: string) =>
    trx(table)
      .select(column)
      .whereRaw('?? = body_keys.key', [`${table}.${column}`]);
  for (const some of chunksOf(keys, AT_ONCE)) {
    await trx('body_keys')
      .whereIn('key', some)
      .where('version_until', FOREVER)
      .whereNotExists(named('organisation_records', 'key'))
      .whereNotExists(named('identity_links', 'same_as'))
      .update({ version_until: version });
  }
};
