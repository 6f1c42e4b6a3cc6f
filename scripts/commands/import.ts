import { statSync } from 'node:fs';
import { MultiBar, Presets } from 'cli-progress';
import { type Command, InvalidArgumentError } from 'commander';
import type { Graph } from '../../gateway/graph';
import { LONGEST_INDEXED } from '../../subgraphs/shared/ids';
import { type Input, inputsOf } from '../import/inputs';
import type { MoneyOptions } from '../import/money-edition';
import { REFERENCE, type ReferenceKind } from '../import/reference/kinds';
import type { ImportOutcome, RunReport, Task } from '../import/run';
import { sourceIdFor } from '../import/source-id';
import { formatReport } from './print';
import { withGraph } from './with-graph';

interface Options {
  json?: boolean;
  source?: string;
  licence?: string;
  title?: string;
}

const print = (reports: readonly RunReport[], { json }: Options) => {
  process.stdout.write(
    json ? `${JSON.stringify(reports, null, 2)}\n` : reports.map(formatReport).join(''),
  );
  // A script must see that something is missing without reading the report.
  if (reports.some(({ status, rejected }) => status !== 'imported' || rejected > 0))
    process.exitCode = 1;
};

/** Bars on a terminal, nothing elsewhere. */
const createProgress = (shown: boolean) => {
  const bars = shown
    ? new MultiBar(
        { format: '{bar} {percentage}% {file}', hideCursor: true },
        Presets.shades_classic,
      )
    : null;
  return {
    /** The same input with a bar that follows how much of it was read. */
    of: (input: Input): Input => {
      const bar =
        input.size === null ? undefined : bars?.create(input.size, 0, { file: input.name });
      if (!bar) return input;
      return {
        ...input,
        open: async () => {
          const bytes = await input.open();
          return (async function* () {
            for await (const chunk of bytes) {
              bar.increment(chunk.length);
              yield chunk;
            }
          })();
        },
      };
    },
    stop: () => bars?.stop(),
  };
};
type Progress = ReturnType<typeof createProgress>;

/** Opens the graph, imports, prints the reports, and leaves the terminal as it was. */
const report = (
  options: Options,
  env: NodeJS.ProcessEnv,
  work: (graph: Graph, progress: Progress) => Promise<RunReport[]>,
) =>
  withGraph(env, async (graph) => {
    const progress = createProgress(process.stderr.isTTY && !options.json);
    try {
      const reports = await work(graph, progress);
      progress.stop();
      print(reports, options);
    } finally {
      progress.stop();
    }
  });

/** Runs an import, and says so on the way if it has to wait for another process. */
const importInTurn = async (graph: Graph, task: Task) => {
  const { runImport } = await import('../import/run');
  return runImport(graph, task, () =>
    process.stderr.write(`${task.file}: waiting for another import to end\n`),
  );
};

type MoneyImporter = (graph: Graph, input: Input, options: MoneyOptions) => Promise<ImportOutcome>;

/** The standards of money of which each file is an edition of a source of its own. */
const MONEY: Record<
  'iati' | '360giving',
  { description: string; extensions: string[]; importer: () => Promise<MoneyImporter> }
> = {
  iati: {
    description:
      'IATI activity and organisation files, versions 1.01 to 2.03; XML, or JSON made of it.',
    extensions: ['.xml', '.json'],
    importer: async () => (await import('../import/iati/import')).importIati,
  },
  '360giving': {
    description: 'Grants in the 360Giving Data Standard: JSON, or its flat form as CSV.',
    extensions: ['.json', '.csv'],
    importer: async () => (await import('../import/threesixty/import')).importThreeSixty,
  },
};

const importMoneyFiles = async (
  kind: keyof typeof MONEY,
  places: string[],
  options: Options,
  env: NodeJS.ProcessEnv,
) => {
  const { extensions } = MONEY[kind];
  const importer = await MONEY[kind].importer();
  const inputs = await inputsOf(places, extensions);
  if (options.source !== undefined && inputs.length > 1) {
    throw new Error('--source names the source of one file; give one file at a time with it.');
  }
  await report(options, env, async (graph, progress) => {
    const reports: RunReport[] = [];
    for (const input of inputs) {
      const { licence, title, source: sourceId = sourceIdFor(kind, input.name) } = options;
      reports.push(
        await importInTurn(graph, {
          kind,
          file: input.name,
          sourceId,
          work: () => importer(graph, progress.of(input), { sourceId, licence, title }),
        }),
      );
    }
    return reports;
  });
};

/** All pages together are one edition of one source: one search. */
const importFtsPages = async (places: string[], options: Options, env: NodeJS.ProcessEnv) => {
  const { importFts } = await import('../import/fts/import');
  const inputs = await inputsOf(places, ['.json', '.csv']);
  const [place = ''] = places;
  const { licence, title, source: sourceId = sourceIdFor('fts', place) } = options;
  await report(options, env, async (graph, progress) => [
    await importInTurn(graph, {
      kind: 'fts',
      file: place,
      sourceId,
      work: () => importFts(graph, inputs.map(progress.of), { sourceId, licence, title }),
    }),
  ]);
};

/** Each JSON Lines file is one edition; the CSV files of a folder are one together. */
const statementEditions = async (places: readonly string[]): Promise<Input[][]> => {
  const editions: Input[][] = [];
  for (const place of places) {
    const isFolder =
      !/^https?:/.test(place) &&
      (statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false);
    const inputs = await inputsOf([place], ['.jsonl', '.ndjson', '.csv']);
    const csv = inputs.filter(({ name }) => name.toLowerCase().endsWith('.csv'));
    if (isFolder && csv.length > 0) editions.push(csv);
    for (const input of inputs) if (!isFolder || !csv.includes(input)) editions.push([input]);
  }
  return editions;
};

const importStatementFiles = async (places: string[], options: Options, env: NodeJS.ProcessEnv) => {
  const { importStatements, sourceOfStatements } = await import('../import/statements/import');
  const editions = await statementEditions(places);
  await report(options, env, async (graph, progress) => {
    const reports: RunReport[] = [];
    for (const inputs of editions) {
      const sourceId = await sourceOfStatements(inputs).then(
        ({ id }) => id,
        () => 'unknown',
      );
      reports.push(
        await importInTurn(graph, {
          kind: 'statements',
          file: inputs[0]?.name ?? '',
          sourceId,
          work: () => importStatements(graph, inputs.map(progress.of)),
        }),
      );
    }
    return reports;
  });
};

const importReferenceFiles = async (
  kind: ReferenceKind,
  places: string[],
  options: Options,
  env: NodeJS.ProcessEnv,
) => {
  const { importReference } = await import('../import/reference/import');
  const { sourceId, extensions } = REFERENCE[kind];
  const inputs = await inputsOf(places, extensions);
  await report(options, env, async (graph, progress) => {
    const reports: RunReport[] = [];
    for (const input of inputs) {
      reports.push(
        await importInTurn(graph, {
          kind,
          file: input.name,
          sourceId,
          work: () => importReference(graph, kind, progress.of(input)),
        }),
      );
    }
    return reports;
  });
};

const sourceId = (text: string): string => {
  if (text.length > LONGEST_INDEXED)
    throw new InvalidArgumentError(`It must have at most ${LONGEST_INDEXED} characters.`);
  return text;
};

/** What may be said of a source of money on the command line. */
const describeSource = (command: Command, what: string): Command =>
  command
    .argument('<place...>', 'files, folders or http addresses')
    .option(
      '--source <id>',
      `the source that ${what} an edition of (default: from the file name)`,
      sourceId,
    )
    .option('--title <words>', 'what the source is, in words')
    .option('--licence <name>', 'the licence of the data, as its publisher states it')
    .option('--json', 'print the report for machines');

/** `import <kind> <file|folder|address>…` */
export const addImport = (program: Command, env: NodeJS.ProcessEnv): void => {
  const verb = program
    .command('import')
    .description('Bring data into the graph; the same file twice changes nothing.');
  for (const kind of Object.keys(MONEY) as (keyof typeof MONEY)[]) {
    describeSource(verb.command(kind).description(MONEY[kind].description), 'this file is').action(
      (places: string[], options: Options) => importMoneyFiles(kind, places, options, env),
    );
  }
  describeSource(
    verb
      .command('fts')
      .description(
        'Flows of the Financial Tracking Service: all pages of one search together, as JSON or as HDX’s tables.',
      ),
    'these pages are',
  ).action((places: string[], options: Options) => importFtsPages(places, options, env));
  verb
    .command('statements')
    .description(
      'Our own format: who belongs to whom, who governs, who hosts, what a body says of itself (schema/statements.md).',
    )
    .argument('<place...>', 'JSON Lines files, folders of CSV files, or http addresses')
    .option('--json', 'print the report for machines')
    .action((places: string[], options: Options) => importStatementFiles(places, options, env));
  for (const kind of Object.keys(REFERENCE) as ReferenceKind[]) {
    verb
      .command(kind)
      .description(`${REFERENCE[kind].title}; a file replaces what was there of it.`)
      .argument('<place...>', 'files, folders or http addresses')
      .option('--json', 'print the report for machines')
      .action((places: string[], options: Options) =>
        importReferenceFiles(kind, places, options, env),
      );
  }
};
