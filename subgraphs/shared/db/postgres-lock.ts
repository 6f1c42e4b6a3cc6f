import { Client } from 'pg';
import type { Release } from '../locks';
import { DatabaseUnavailable, withUser } from './postgres';

/**
 * Takes a lock that processes share by a PostgreSQL database, on a connection of its own: whoever dies
 * lets it go.
 * @param url the database; `prefix=…` tells the installations in it apart.
 * @returns null if it cannot be had now.
 * @throws DatabaseUnavailable
 */
export const takeAdvisoryLock = async (url: string, name: string): Promise<Release | null> => {
  const address = new URL(withUser(url));
  const prefix = address.searchParams.get('prefix') ?? '';
  address.searchParams.delete('prefix');
  const client = new Client({
    connectionString: address.href,
    application_name: 'peacegraph lock',
  });
  // A server that goes takes the lock along; whoever holds it hears of that by its own statements.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [`peacegraph ${prefix} ${name}`],
    );
    if (rows[0]?.taken) return () => client.end();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new DatabaseUnavailable(url, error instanceof Error ? error.message : String(error));
  }
  await client.end();
  return null;
};
