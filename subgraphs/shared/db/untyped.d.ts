/** What packages have and do not describe. */
declare module 'knex/lib/dialects/postgres' {
  import { type Knex } from 'knex';
  class Client extends Knex.Client {
    columnCompiler(...args: unknown[]): unknown;
  }
  export = Client;
}
declare module 'knex/lib/dialects/sqlite3' {
  import { type Knex } from 'knex';
  const Client: new (config: Knex.Config) => Knex.Client;
  export = Client;
}
declare module 'pg-copy-streams' {
  import { type Submittable } from 'pg';
  import { type Writable } from 'node:stream';
  /** A stream that takes the rows of a `COPY … FROM STDIN`. */
  export const from: (sql: string) => Writable & Submittable;
}
