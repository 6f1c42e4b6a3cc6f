import 'reflect-metadata';
import { fork } from 'node:child_process';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import type { GraphFigures } from './graph';
import { benchLargeImport, goThrough, reportImport } from './import';
import { type MatchingFigures, measureMatching, reportMatching } from './matching';
import { withFolder, withWorld } from './measure';
import {
  type ClassificationFigures,
  loadClassified,
  measureClassification,
  reportClassification,
} from './classification';
import { loadMoney, measureSummary, reportSummary, type SummaryFigures } from './summary';
import { measureTerms, reportTerms, type TermsFigures } from './terms';
import { whyNoPostgres, withSchemas } from './postgres';
import type { TrailFigures } from './trail';

/** Loaded where it is needed, because an import has no gateway in memory either. */
const graphBench = () => import('./graph');
const trailBench = () => import('./trail');

/** Each is run in a process of its own, so that nobody's memory is counted as another's. */
const MEASURES = {
  bare: (file: string) => goThrough('bare', file),
  import: (file: string) => goThrough('import', file),
  'import-postgres': (file: string) => goThrough('import-postgres', file),
  'large-import': () => benchLargeImport(),
  matching: (reports: string) => measureMatching(Number(reports)),
  load: async (folder: string, flows: string) =>
    (await graphBench()).loadWorld(folder, Number(flows)),
  'load-classified': (folder: string, flows: string) => loadClassified(folder, Number(flows)),
  classification: (folder: string, flows: string) => measureClassification(folder, Number(flows)),
  'load-money': (folder: string, flows: string) => loadMoney(folder, Number(flows)),
  summary: (folder: string, flows: string) => measureSummary(folder, Number(flows)),
  terms: (folder: string, flows: string) => measureTerms(folder, Number(flows)),
  ask: async (folder: string) => (await graphBench()).askWorld(folder),
  'load-trail': async (folder: string, flows: string) =>
    (await trailBench()).loadTrailWorld(folder, Number(flows)),
  'ask-trail': async (folder: string) => (await trailBench()).askTrail(folder),
};
type Measure = keyof typeof MEASURES;

const LEAN = path.join(__dirname, '..', 'lean.js');
const REGISTER = path.join(__dirname, '..', 'register.js');

const apart = <Result>(measure: Measure, ...args: string[]): Promise<Result> =>
  new Promise((resolve, reject) => {
    const child = fork(__filename, ['--measure', measure, ...args], {
      // As scripts/peacegraph.js does it for imports.
      execArgv: [...(measure === 'large-import' ? ['-r', LEAN] : []), '-r', REGISTER],
      env: measure === 'ask' ? process.env : { ...process.env, UV_THREADPOOL_SIZE: '2' },
    });
    let result: unknown;
    child.once('message', (message) => (result = message));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve(result as Result);
      else reject(new Error(`${measure} ended with ${code}.`));
    });
  });

const graphWith = (flows: number, withPlace = withFolder): Promise<GraphFigures> =>
  withPlace(async (place) => {
    await apart('load', place, String(flows));
    return apart<GraphFigures>('ask', place);
  });

const classificationOf = (flows: number): Promise<ClassificationFigures> =>
  withWorld(
    `classified-${flows}`,
    (folder) => apart('load-classified', folder, String(flows)),
    (world) =>
      // On a copy, of which nothing is worked out yet.
      withFolder(async (folder) => {
        await cp(world, folder, { recursive: true });
        return apart<ClassificationFigures>('classification', folder, String(flows));
      }),
  );

/** What a measure makes of the world of money of so many flows. */
const ofMoney = <Figures>(measure: 'summary' | 'terms', flows: number): Promise<Figures> =>
  withWorld(
    `money-${flows}`,
    (folder) => apart('load-money', folder, String(flows)),
    (folder) => apart<Figures>(measure, folder, String(flows)),
  );

const FEW = 10_000;
const MANY = 100_000;
const MILLION = 1_000_000;

/** Two sizes of a graph on either database. */
const reportBoth = async (few: number, many: number): Promise<string> => {
  const { reportGraph, reportRatio } = await graphBench();
  const sqlite = await graphWith(many);
  const missing = await whyNoPostgres();
  const first = reportGraph('SQLite', await graphWith(few), sqlite);
  if (missing !== null) return `${first}${missing}`;
  const postgres = await graphWith(many, withSchemas);
  return [
    first,
    reportGraph('PostgreSQL', await graphWith(few, withSchemas), postgres),
    reportRatio(sqlite, postgres),
  ].join('');
};

const trailWith = (flows: number): Promise<TrailFigures> =>
  withWorld(
    `trail-${flows}`,
    (folder) => apart('load-trail', folder, String(flows)),
    (folder) => apart<TrailFigures>('ask-trail', folder),
  );

/** What can be asked for: `npm run bench -- import graph`; without names, everything. */
const PARTS: Record<string, () => Promise<string>> = {
  import: () => reportImport((how, file) => apart<number>(how, file)),
  'large-import': () => apart<string>('large-import'),
  matching: async () =>
    reportMatching(
      await apart<MatchingFigures>('matching', '20000'),
      await apart<MatchingFigures>('matching', '200000'),
    ),
  graph: () => reportBoth(FEW, MANY),
  // Making them takes the better part of an hour.
  'graph-million': () => reportBoth(MANY, MILLION),
  trail: async () =>
    (await trailBench()).reportTrail(await trailWith(MANY), await trailWith(MILLION)),
  classification: async () =>
    reportClassification(await classificationOf(MANY), await classificationOf(MILLION)),
  summary: async () =>
    reportSummary(
      await ofMoney<SummaryFigures>('summary', MANY),
      await ofMoney<SummaryFigures>('summary', MILLION),
    ),
  terms: async () =>
    reportTerms(
      await ofMoney<TermsFigures>('terms', MANY),
      await ofMoney<TermsFigures>('terms', MILLION),
    ),
  gateway: async () =>
    (await import('./gateway')).benchGateway((folder) => apart('load', folder, '10000')),
};

const main = async () => {
  const asked = process.argv.slice(2);
  if (asked[0] === '--measure') {
    const [, measure, folder = '', flows = ''] = asked;
    process.send?.((await MEASURES[measure as Measure](folder, flows)) ?? null);
    return;
  }
  const unknown = asked.filter((name) => !(name in PARTS));
  if (unknown.length > 0)
    throw new Error(
      `There is no ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`,
    );
  for (const [name, run] of Object.entries(PARTS))
    if (asked.length === 0 || asked.includes(name)) process.stdout.write(await run());
};

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
