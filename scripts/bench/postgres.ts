import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { Client } from 'pg';

const POSTGRES =
  process.env.PEACEGRAPH_TEST_POSTGRES ?? `postgres://${userInfo().username}@127.0.0.1:5432/test`;

const SCHEMAS = ['organisations', 'networks', 'funding', 'policy'];

/** Why there is no PostgreSQL to measure on, in words for the report, or null if there is. */
export const whyNoPostgres = async (): Promise<string | null> => {
  const client = new Client({ connectionString: POSTGRES, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    return null;
  } catch (error) {
    return `NOT MEASURED ON POSTGRESQL: it cannot be reached (set PEACEGRAPH_TEST_POSTGRES): ${String(error)}\n`;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** A place for databases on PostgreSQL, gone afterwards. */
export const withSchemas = async <T>(work: (place: string) => Promise<T>): Promise<T> => {
  const prefix = `bench_${randomBytes(5).toString('hex')}_`;
  const place = new URL(POSTGRES);
  place.searchParams.set('prefix', prefix);
  try {
    return await work(place.href);
  } finally {
    const client = new Client({ connectionString: POSTGRES });
    await client.connect();
    for (const name of SCHEMAS)
      await client.query(`drop schema if exists "${prefix}${name}" cascade`);
    await client.end();
  }
};
