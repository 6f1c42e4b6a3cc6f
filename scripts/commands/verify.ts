import type { Command } from 'commander';
import type { Verification } from '../installation/verify';
import { withGraph } from './with-graph';

const format = ({ whole, databases, faults, unfinished }: Verification): string =>
  [
    ...databases.flatMap(({ name, tables }) =>
      tables.map(
        ({ table, rows, hash }) =>
          `${hash}  ${name}.${table}, ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}\n`,
      ),
    ),
    `${whole}  all of it\n`,
    ...unfinished.map(
      ({ kind, file, sourceId, startedAt }) =>
        `unfinished: ${kind} ${file} as ${sourceId}, begun ${startedAt}. If no import is under way, run it again.\n`,
    ),
    ...faults.map((words) => `at fault: ${words}\n`),
  ].join('');

/** `verify`: whether the databases are sound, and a hash of what they say. */
export const addVerify = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('verify')
    .description(
      'Check the databases, and hash what they say: equal for two installations that hold the same.',
    )
    .option('--json', 'print it for machines')
    .action(async ({ json }: { json?: boolean }) => {
      const { verifyInstallation } = await import('../installation/verify');
      const verification = await withGraph(env, verifyInstallation);
      process.stdout.write(
        json ? `${JSON.stringify(verification, null, 2)}\n` : format(verification),
      );
      if (verification.faults.length > 0) process.exitCode = 1;
    });
};
