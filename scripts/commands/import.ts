import { MultiBar, Presets } from 'cli-progress';
import type { Command } from 'commander';
import { readConfig } from '../../gateway/config';
import { openGraph } from '../../gateway/graph';
import { importIati, sourceIdOf } from '../import/iati/import';
import { type Input, inputsOf } from '../import/inputs';
import { type RunReport, runImport } from '../import/run';
import { formatReport } from './print';

interface Options {
  json?: boolean;
  source?: string;
  licence?: string;
  title?: string;
}

/** Bars on a terminal, nothing elsewhere. */
const createProgress = (shown: boolean) => {
  const bars = shown
    ? new MultiBar(
        { format: '{bar} {percentage}% {file}', hideCursor: true },
        Presets.shades_classic,
      )
    : null;
  return {
    start: (input: Input) => {
      const bar =
        input.size === null ? undefined : bars?.create(input.size, 0, { file: input.name });
      return (bytes: number) => bar?.increment(bytes);
    },
    stop: () => bars?.stop(),
  };
};

const print = (reports: readonly RunReport[], { json }: Options) => {
  process.stdout.write(
    json ? `${JSON.stringify(reports, null, 2)}\n` : reports.map(formatReport).join(''),
  );
  // A script must see that something is missing without reading the report.
  if (reports.some(({ status, rejected }) => status === 'failed' || rejected > 0))
    process.exitCode = 1;
};

const importIatiFiles = async (places: string[], options: Options, env: NodeJS.ProcessEnv) => {
  const inputs = await inputsOf(places, ['.xml']);
  if (options.source !== undefined && inputs.length > 1) {
    throw new Error('--source names the source of one file; give one file at a time with it.');
  }
  const graph = await openGraph(readConfig(env).dataDir);
  const progress = createProgress(process.stderr.isTTY && !options.json);
  try {
    const reports: RunReport[] = [];
    for (const input of inputs) {
      const sourceId = options.source ?? sourceIdOf(input.name);
      const onBytes = progress.start(input);
      reports.push(
        await runImport(graph, {
          kind: 'iati',
          file: input.name,
          sourceId,
          work: () =>
            importIati(
              graph,
              input,
              { sourceId, licence: options.licence, title: options.title },
              onBytes,
            ),
        }),
      );
    }
    progress.stop();
    print(reports, options);
  } finally {
    progress.stop();
    await graph.close();
  }
};

/** `import <kind> <file|folder|address>…` */
export const addImport = (program: Command, env: NodeJS.ProcessEnv): void => {
  const verb = program
    .command('import')
    .description('Bring data into the graph; the same file twice changes nothing.');
  verb
    .command('iati')
    .description('IATI activity and organisation files, versions 1.01 to 2.03.')
    .argument('<place...>', 'files, folders or http addresses')
    .option(
      '--source <id>',
      'the source that this file is an edition of (default: from the file name)',
    )
    .option('--title <words>', 'what the source is, in words')
    .option('--licence <name>', 'the licence of the data, as its publisher states it')
    .option('--json', 'print the report for machines')
    .action((places: string[], options: Options) => importIatiFiles(places, options, env));
};
