import { Client } from 'pg';

/** Runs statements on PostgreSQL, one after the other. */
export const runOn = async (url: string, statements: readonly string[]): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
};

/**
 * Statements that make a database for tests. Nothing of it has to outlast the server, so that no commit
 * waits for the disk: most of the time of a test, otherwise.
 */
export const madeForTests = (name: string, how = ''): string[] => [
  `create database ${name} ${how}`,
  `alter database ${name} set synchronous_commit = off`,
];

/** What jest.config.js says to the tests on PostgreSQL. */
interface ProjectConfig {
  globals: { testServer: string; testPostgres: string };
}

/** The server, and the name of the run's own database there. */
export const placeOf = ({ globals }: ProjectConfig) => ({
  server: globals.testServer,
  name: new URL(globals.testPostgres).pathname.slice(1),
});
