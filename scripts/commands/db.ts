import type { Command } from 'commander';

interface Options {
  from: string;
  to: string;
  replace?: boolean;
  json?: boolean;
}

/** `db copy`: moves an installation from one place or kind of database to another. */
export const addDb = (program: Command): void => {
  program
    .command('db')
    .description('Look after the databases.')
    .command('copy')
    .description(
      'Copy an installation from SQLite to PostgreSQL or back, and compare the two at the end.',
    )
    .requiredOption('--from <place>', 'a folder of database files, or postgres://…')
    .requiredOption('--to <place>', 'the same; empty, or not there yet')
    .option('--replace', 'put the copy in the place of what is there')
    .option('--json', 'print rows and hash of each table, for machines')
    .action(async ({ from, to, replace = false, json }: Options) => {
      const { copyDatabases } = await import('../db/copy');
      const { copyKeys } = await import('../installation/keys');
      const copied = await copyDatabases(from, to, {
        replace,
        ...(!json && { say: (words) => process.stdout.write(`${words}\n`) }),
      });
      const keys = await copyKeys(from, to);
      const { copyRegistry } = await import('../installation/registry');
      const entries = await copyRegistry(from, to);
      process.stdout.write(
        json
          ? `${JSON.stringify(copied, null, 2)}\n`
          : `${entries === null ? 'The log of partners that was there stays.' : `registry: ${entries} entries of the log of partners.`}\n${keys === null ? 'The keys that were there stay.' : `access: ${keys} keys; KEY_SECRET or the file key-secret must stay the same.`}\n`,
      );
    });
};
