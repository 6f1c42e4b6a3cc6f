import type { Command } from 'commander';
import type { RunReport } from '../import/run';
import { formatReport } from './print';
import { withGraph } from './with-graph';

/** `runs`: what was imported, when, with which result. */
export const addRuns = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('runs')
    .description('The newest import runs with their counts and problems.')
    .option('--last <n>', 'how many', '10')
    .option('--json', 'print them for machines')
    .action(async ({ last, json }: { last: string; json?: boolean }) => {
      const limit = Number(last);
      if (!Number.isInteger(limit) || limit < 1)
        throw new Error(`--last is ${last}; it must be a whole number from 1.`);
      const newest = await withGraph(env, ({ organisations }) => organisations.write.runs(limit));
      const runs = newest.map(({ report }) => report as RunReport);
      process.stdout.write(
        json
          ? `${JSON.stringify(runs, null, 2)}\n`
          : runs.map((run) => `${run.startedAt} ${run.kind} ${formatReport(run)}`).join('') ||
              'Nothing was imported yet.\n',
      );
    });
};
