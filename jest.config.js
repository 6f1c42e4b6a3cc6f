const { randomBytes } = require('node:crypto');
const { readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { userInfo } = require('node:os');
const { URL } = require('node:url');
const { Client } = require('pg');

const POSTGRES =
  process.env.PEACEGRAPH_TEST_POSTGRES ?? `postgres://${userInfo().username}@127.0.0.1:5432/test`;

/** A database that is there for one run: see test/support/make-database.ts. */
const databaseOfRun = () => {
  const url = new URL(POSTGRES);
  url.pathname = `/test_${randomBytes(5).toString('hex')}`;
  return url.href;
};

const TESTS = path.join(__dirname, 'test');

/** The tests that take their databases from test/support run on either. */
const ON_DATABASES = /from '(\.\.\/)+support\/(databases|feeds|golden|organisations)'/;
const testsOnDatabases = () =>
  readdirSync(TESTS, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(TESTS, name))
    .filter((file) => ON_DATABASES.test(readFileSync(file, 'utf8')));

const project = (displayName, more) => ({
  displayName,
  rootDir: __dirname,
  testEnvironment: '<rootDir>/test/support/environment.js',
  runtime: '<rootDir>/test/support/runtime.js',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', require('./scripts/swc-options.js')] },
  ...more,
});

const whyUnreachable = async () => {
  const client = new Client({ connectionString: POSTGRES, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    return null;
  } catch (error) {
    return error.message || error.code;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** All layers run in one call; a layer alone: `npx jest test/contract`; a database: `--selectProjects sqlite`. */
module.exports = async () => {
  const projects = [project('sqlite', {})];
  const why = await whyUnreachable();
  if (why === null) {
    projects.push(
      project('postgres', {
        globals: { testPostgres: databaseOfRun(), testServer: POSTGRES },
        globalSetup: '<rootDir>/test/support/make-database.ts',
        globalTeardown: '<rootDir>/test/support/drop-database.ts',
        testMatch: testsOnDatabases(),
      }),
    );
  } else if (process.env.JEST_WORKER_ID === undefined) {
    console.warn(
      `\nNOT TESTED ON POSTGRESQL: it cannot be reached (set PEACEGRAPH_TEST_POSTGRES): ${why}\n`,
    );
  }
  // By itself jest leaves one core to its own work, which is half of a small machine.
  // What suites leave behind in a worker would grow to a gigabyte, and be looked through again and again.
  return {
    projects,
    maxWorkers: '100%',
    workerIdleMemoryLimit: '600MB',
    testSequencer: path.join(TESTS, 'support/sequencer.js'),
  };
};
