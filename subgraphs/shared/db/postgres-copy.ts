import { finished } from 'node:stream/promises';
import type { Knex } from 'knex';
import type { ClientBase } from 'pg';
import { from } from 'pg-copy-streams';
import { storableText } from './text';
import type { Value } from './types';

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value in the text format of `COPY`. */
const toField = (value: Value): string => {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return storableText(value).replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '');
};

/**
 * Inserts rows by `COPY`, on the connection of the transaction if there is one. Of the
 * ways to insert 500 rows at a time it is the fastest: see the commit that brought it.
 */
export const copyIn = async (
  db: Knex,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  shared: Record<string, Value>,
): Promise<void> => {
  const same = Object.values(shared)
    .map((value) => `${toField(value)}\t`)
    .join('');
  const names = [...Object.keys(shared), ...columns].map((name) => `"${name}"`).join(',');
  const client = db.client as Knex.Client;
  const connection = (await client.acquireConnection()) as ClientBase;
  try {
    const stream = connection.query(from(`copy "${table}" (${names}) from stdin`));
    stream.end(rows.map((row) => `${same}${row.map(toField).join('\t')}\n`).join(''));
    await finished(stream);
  } finally {
    await client.releaseConnection(connection);
  }
};
