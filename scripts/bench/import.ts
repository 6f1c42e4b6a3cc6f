import { createWriteStream, existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SaxesParser } from 'saxes';
import { openGraph } from '../../gateway/graph';
import { createFictionalWorld } from '../builtin/fictional/world';
import { importIati } from '../import/iati/import';
import { decode, type Input, inputsOf } from '../import/inputs';
import { line, medianOf, MEGABYTE, peakMemory, timed, withFolder } from './measure';
import { whyNoPostgres, withSchemas } from './postgres';

const TURNS = 3;
const WARM_UP = 20;
const ROUNDS = 9;
const MOST_TIMES_BARE = 8;
const MOST_MEMORY = 300;
const LARGE = 500;

const REAL_FILE = path.join(
  process.env.PEACEGRAPH_REAL_DATA ?? path.join(__dirname, '..', '..', '..', 'shared', 'data'),
  'iati-activities',
  'usaid-bi.xml',
);

/** The file to measure with: a real one if it is there, else the fictional world's, which is said. */
const fileToMeasure = async (folder: string): Promise<{ name: string; file: string }> => {
  if (existsSync(REAL_FILE)) return { name: path.basename(REAL_FILE), file: REAL_FILE };
  const file = path.join(folder, 'fictional.xml');
  await writeFile(
    file,
    Readable.from(await createFictionalWorld({ neighbourhoods: 12 }).activities.open()),
  );
  return { name: 'the fictional world, for want of real files', file };
};

const inputOf = async (file: string): Promise<Input> => {
  const [input] = await inputsOf([file], ['.xml']);
  if (!input) throw new Error(`There is no ${file}.`);
  return input;
};

/** Writes a file with the activities of another over and over under new ids. */
const repeat = async (file: string, into: string, megabytes: number): Promise<void> => {
  const text = await readFile(file, 'utf8');
  const first = text.indexOf('<iati-activity ');
  const last = text.lastIndexOf('</iati-activities>');
  const activities = text.slice(first, last);
  await pipeline(function* () {
    yield text.slice(0, first);
    for (let copy = 1, done = 0; done < megabytes * MEGABYTE; copy += 1) {
      const again = activities.replace(/<\/iati-identifier>/g, `-COPY-${copy}</iati-identifier>`);
      done += Buffer.byteLength(again);
      yield again;
    }
    yield text.slice(last);
  }, createWriteStream(into));
};

/** What the fastest possible reader would do: parse, and throw away. */
const barePass = async (input: Input): Promise<void> => {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  for await (const chunk of decode(await input.open(), input.name)) parser.write(chunk);
  parser.close();
};

const importOnce = (input: Input, withPlace = withFolder) =>
  withPlace(async (place) => {
    const graph = await openGraph(place);
    const measured = await timed(() => importIati(graph, input, { sourceId: 'bench' }));
    await graph.close();
    return measured;
  });

const report = (megabytes: number, bare: number, whole: number, barred: boolean): string[] => {
  const speed = (ms: number) => `${((megabytes / ms) * 1000).toFixed(1)} MB/s`;
  return [
    line('bare saxes pass', speed(bare)),
    line('import', speed(whole)),
    line(
      'import, times the bare pass',
      (whole / bare).toFixed(1),
      barred
        ? { holds: whole / bare <= MOST_TIMES_BARE, words: `${MOST_TIMES_BARE} times` }
        : undefined,
    ),
  ];
};

/** How to go through a file: parsed alone, or imported into one of the databases. */
export type Way = 'bare' | 'import' | 'import-postgres';

/** One of the ways to go through a file, in milliseconds: the median of some rounds. */
export const goThrough = async (how: Way, file: string): Promise<number> => {
  const input = await inputOf(file);
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const { ms } =
      how === 'bare'
        ? await timed(() => barePass(input))
        : await importOnce(input, how === 'import' ? withFolder : withSchemas);
    if (round >= WARM_UP) times.push(ms);
  }
  return medianOf(times);
};

/**
 * MB/s of an import against a bare pass of the parser over the same file, in one run.
 * @param apart runs one way in a process of its own, so that neither spoils the other's compiled code.
 */
export const reportImport = (apart: (how: Way, file: string) => Promise<number>): Promise<string> =>
  withFolder(async (folder) => {
    const { name, file } = await fileToMeasure(folder);
    const bare: number[] = [];
    const whole: number[] = [];
    const onPostgres: number[] = [];
    const missing = await whyNoPostgres();
    // Taken in turns, so that both meet the same moods of the machine.
    for (let turn = 0; turn < TURNS; turn += 1) {
      bare.push(await apart('bare', file));
      whole.push(await apart('import', file));
      if (missing === null) onPostgres.push(await apart('import-postgres', file));
    }
    const megabytes = (await stat(file)).size / MEGABYTE;
    return [
      `import: ${name}, ${megabytes.toFixed(1)} MB, medians of ${TURNS} times ${ROUNDS}, databases on disk\n`,
      ...report(megabytes, medianOf(bare), medianOf(whole), true),
      missing ??
        line(
          'import into PostgreSQL, times SQLite',
          (medianOf(onPostgres) / medianOf(whole)).toFixed(2),
        ),
    ].join('');
  });

/** Peak memory of importing a very large file, in a process that does nothing else. */
export const benchLargeImport = (): Promise<string> =>
  withFolder(async (folder) => {
    const { name, file } = await fileToMeasure(folder);
    const large = path.join(folder, 'large.xml');
    await repeat(file, large, LARGE);
    const input = await inputOf(large);
    const pass = await timed(() => barePass(input));
    const { ms, result } = await importOnce(input);
    const memory = peakMemory();
    const { activities = 0, transactions = 0 } = result.read;
    return [
      `large import: ${name} repeated to ${LARGE} MB, ${activities.toLocaleString('en')} activities, ${transactions.toLocaleString('en')} transactions\n`,
      ...report(LARGE, pass.ms, ms, false),
      line('peak memory of the process', `${memory.toFixed(0)} MB`, {
        holds: memory < MOST_MEMORY,
        words: `${MOST_MEMORY} MB`,
      }),
    ].join('');
  });
