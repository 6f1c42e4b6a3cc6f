import type { Command } from 'commander';
import type { Classification } from '../../subgraphs/funding';
import { normaliseIdentifier } from '../../subgraphs/shared/ids';
import { tierOf, Visibility } from '../../subgraphs/shared/viewer';
import { aDay, aWholeNumber } from './arguments';
import { withGraph } from './with-graph';

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;

const format = (id: string, classification: Classification): string => {
  const { outcome, flags, rule, from, asOf, reasoning, missing, indicators } = classification;
  return [
    `${id}: ${[outcome, ...flags].join(', ')}\n`,
    `By rule ${rule.version}, for the time from ${from} until before ${asOf}, by what is public.\n`,
    list('How the rule gets there:', reasoning),
    list('What would have to be known:', missing),
    list(
      'All indicators:',
      indicators.map(
        ({ id: name, verdict, says }) => `${name.padEnd(3)} ${verdict.padEnd(7)} ${says}`,
      ),
    ),
    list(
      'Evidence:',
      indicators.flatMap(({ evidence }) =>
        evidence.map(
          ({ indicator, direction, says, recordKind, recordId }) =>
            `${indicator.padEnd(3)} ${direction.padEnd(7)} ${says} [${recordKind} ${recordId}]`,
        ),
      ),
    ),
  ].join('');
};

/** `explain`: whether a body is a network or an intermediary, and why. */
export const addExplain = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('explain <id>')
    .description(
      'Say whether a body is a network, an intermediary, both or neither, and why: step by step, with what is missing and with all evidence.',
    )
    .option(
      '--as-of <day>',
      'the day up to which the period goes; default: the first of next month',
      aDay,
    )
    .option(
      '--months <number>',
      'how many months the period has; default: as the rule says',
      aWholeNumber,
    )
    .option('--rule <version>', 'a version of the rule; default: NI-1/1')
    .option('--json', 'print it for machines')
    .action(
      async (
        identifier: string,
        { json, ...question }: { asOf?: string; months?: number; rule?: string; json?: boolean },
      ) => {
        await withGraph(env, async (graph) => {
          const { bodies, classifications } = graph.funding.context(
            await graph.viewerOf(tierOf(Visibility.PUBLIC)),
          );
          const id = await bodies.idOf.load(normaliseIdentifier(identifier));
          const classification = id === null ? null : await classifications.of(id, question);
          if (id === null || !classification)
            throw new Error(`No body is known under ${JSON.stringify(identifier)}.`);
          process.stdout.write(
            json
              ? `${JSON.stringify({ id, ...classification }, null, 2)}\n`
              : format(id, classification),
          );
        });
      },
    );
};
