import type { Command } from 'commander';
import { tierOf, Visibility } from '../../subgraphs/shared/viewer';
import { aDay, aWholeNumber } from './arguments';
import { withGraph } from './with-graph';

interface Options {
  rule: string;
  against?: string;
  asOf?: string;
  months?: number;
  json?: boolean;
}

/** `sensitivity`: how many outcomes hang on where a rule's bars are. */
export const addSensitivity = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('sensitivity')
    .description(
      'Compare two versions of the rule: how many bodies are something else by the other, and by which threshold.',
    )
    .option('--rule <version>', 'the version to try', 'NI-1/strict')
    .option('--against <version>', 'the version to compare it with; default: the one in use')
    .option(
      '--as-of <day>',
      'the day up to which the period goes; default: the first of next month',
      aDay,
    )
    .option(
      '--months <number>',
      'how many months the period has; default: as the rule says that is compared with',
      aWholeNumber,
    )
    .option('--json', 'print it for machines')
    .action(async ({ json, ...question }: Options) => {
      await withGraph(env, async (graph) => {
        const { classifications } = graph.funding.context(
          await graph.viewerOf(tierOf(Visibility.PUBLIC)),
        );
        const found = await classifications.sensitivity(question);
        if (json) {
          process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
          return;
        }
        const lines = [
          `${found.rule} beside ${found.against}, for the time from ${found.from} until before ${found.asOf}: ${found.changed} of ${found.bodies} bodies are something else.`,
          '',
          ...found.rows.map(
            ({ from, to, bodies, examples }) =>
              `  ${String(bodies).padStart(8)}  ${from === to ? `${from} by both` : `${from} becomes ${to}: ${examples.map(({ id }) => id).join(', ')}`}`,
          ),
          '',
          ...found.thresholds.map(
            ({ threshold, from, to, changed }) =>
              `  ${String(changed).padStart(8)}  by ${threshold} alone (${from} → ${to})`,
          ),
        ];
        process.stdout.write(`${lines.join('\n')}\n`);
      });
    });
};
