import path from 'node:path';
import type { Graph } from '../../gateway/graph';
import { type Input, inputsOf } from '../import/inputs';
import { importReference } from '../import/reference/import';
import { REFERENCE, type ReferenceKind } from '../import/reference/kinds';
import { type ImportOutcome, runImport } from '../import/run';
import { importFts } from '../import/fts/import';
import { importIati } from '../import/iati/import';
import type { MoneyOptions } from '../import/money-edition';
import { importStatements, sourceOfStatements } from '../import/statements/import';
import { importThreeSixty } from '../import/threesixty/import';
import { COUNTRIES, REGION } from './fictional/cast';
import {
  createFictionalWorld,
  FICTIONAL_LICENCE,
  FICTIONAL_SOURCES,
  fictionalRates,
  MADE,
} from './fictional/world';

const DATA = path.join(__dirname, 'data');
/** When the extracts under `data/reference` were taken. */
const REFERENCE_TAKEN = '2026-11-24T00:00:00.000Z';
const REFERENCE_PLACES: [kind: ReferenceKind, place: string][] = [
  ['codelists', 'codelists'],
  ['org-id', 'registers.json'],
  ['countries', 'countries.csv'],
  ['rates', 'rates.json'],
];

type Say = (words: string) => void;

/** How a run over one of our own files is recorded: told apart from a person's file of the same name. */
const nameOf = (input: Input) => `built-in: ${path.basename(input.name)}`;

/** Loads what is missing. Whether it is, is asked again once no other import is under way. */
const loadIfMissing = async (
  graph: Graph,
  isMissing: () => Promise<boolean>,
  load: () => Promise<void>,
): Promise<void> => {
  if (!(await isMissing())) return;
  await graph.exclusively(async () => {
    if (await isMissing()) await load();
  });
};

/** Whether an import of ours was never made, or was interrupted. */
const isMissing = async ({ organisations: { write } }: Graph, sourceId: string, input: Input) =>
  !(await write.hasSource(sourceId)) || (await write.isUnfinished(sourceId, nameOf(input)));

const loadOne = async (
  graph: Graph,
  task: { kind: string; input: Input; sourceId: string; work: () => Promise<ImportOutcome> },
) => {
  const { kind, input, sourceId, work } = task;
  const report = await runImport(graph, { kind, file: nameOf(input), sourceId, work });
  if (report.status === 'unfinished') throw new Error(report.failure ?? 'It was interrupted.');
  if (report.status === 'failed' || report.rejected > 0) {
    throw new Error(
      `The built-in data is at fault: ${report.failure ?? JSON.stringify(report.problems[0])}`,
    );
  }
};

/** What is there of a kind stays: a list that somebody imported is newer than the extract. */
const lacksReference = async (graph: Graph, kind: ReferenceKind, input: Input) =>
  kind === 'codelists'
    ? (await graph.organisations.write.codes(path.basename(input.name, '.xml'))).length === 0
    : isMissing(graph, REFERENCE[kind].sourceId, input);

const loadReference = async (graph: Graph, say: Say) => {
  for (const [kind, place] of REFERENCE_PLACES) {
    const { sourceId, title, extensions } = REFERENCE[kind];
    const inputs = await inputsOf([path.join(DATA, 'reference', place)], extensions);
    let told = false;
    for (const input of inputs) {
      await loadIfMissing(
        graph,
        () => lacksReference(graph, kind, input),
        async () => {
          if (!told) say(`Loading: ${title}.`);
          told = true;
          await loadOne(graph, {
            kind,
            input,
            sourceId,
            work: () => importReference(graph, kind, input, REFERENCE_TAKEN),
          });
        },
      );
    }
  }
};

/** Loads what is known of real networks, resolutions and action plans, if it is not there yet. */
export const loadFacts = async (graph: Graph, say: Say) => {
  for (const input of await inputsOf([DATA], ['.jsonl'])) {
    const { id, title } = await sourceOfStatements([input]);
    await loadIfMissing(
      graph,
      () => isMissing(graph, id, input),
      async () => {
        say(`Loading: ${title}.`);
        await loadOne(graph, {
          kind: 'statements',
          input,
          sourceId: id,
          work: () => importStatements(graph, [input]),
        });
      },
    );
  }
};

/** The made-up world's countries and currency, which no real list has. */
const loadFictionalReference = async ({ organisations, funding }: Graph) => {
  const countries = COUNTRIES.map(({ code, name }) => ({
    code,
    iso3: null,
    m49: null,
    name,
    nameFr: null,
    regions: [REGION.code],
  }));
  const regions = [{ ...REGION, nameFr: null, parent: null }];
  await organisations.write.putCountries(countries, regions, FICTIONAL_SOURCES.statements);
  await funding.write.putRates(fictionalRates(), FICTIONAL_SOURCES.statements);
};

const FICTIONAL_MONEY = [
  {
    name: 'activities',
    kind: 'iati',
    title: 'FICTIONAL: money of the made-up world',
    importer: importIati,
  },
  {
    name: 'organisations',
    kind: 'iati',
    title: 'FICTIONAL: budgets of the made-up world',
    importer: importIati,
  },
  {
    name: 'grants',
    kind: '360giving',
    title: 'FICTIONAL: grants of the made-up world',
    importer: importThreeSixty,
  },
  {
    name: 'fts',
    kind: 'fts',
    title: 'FICTIONAL: humanitarian flows of the made-up world',
    importer: (graph: Graph, input: Input, options: MoneyOptions) =>
      importFts(graph, [input], options),
  },
] as const;

/**
 * Loads a made-up world, by default the small one that comes along, by way of the importers.
 * @throws Error if an importer finds fault with it, which is a fault of ours.
 */
export const loadFictionalWorld = async (
  graph: Graph,
  world = createFictionalWorld(),
): Promise<void> => {
  await loadFictionalReference(graph);
  await loadOne(graph, {
    kind: 'statements',
    input: world.statements,
    sourceId: FICTIONAL_SOURCES.statements,
    work: () => importStatements(graph, [world.statements]),
  });
  for (const { name, kind, title, importer } of FICTIONAL_MONEY) {
    const sourceId = FICTIONAL_SOURCES[name];
    const options = {
      sourceId,
      title,
      licence: FICTIONAL_LICENCE,
      retrievedAt: MADE,
      fictional: true,
    };
    await loadOne(graph, {
      kind,
      input: world[name],
      sourceId,
      work: () => importer(graph, world[name], options),
    });
  }
};

/**
 * Loads the built-in data into a graph that lacks it: what is there already is left alone, so that a
 * second start costs one look at the sources and lists.
 * @throws Error if the built-in data itself is at fault: it is checked in, so that is a fault of ours.
 */
export const loadBuiltins = async (graph: Graph, say: Say = () => undefined): Promise<void> => {
  await loadReference(graph, say);
  await loadFacts(graph, say);
  const world = createFictionalWorld();
  await loadIfMissing(
    graph,
    // The last of its parts: if that is there whole, so are the others.
    () => isMissing(graph, FICTIONAL_SOURCES.fts, world.fts),
    async () => {
      say('Loading: a fictional world, to try things out on.');
      await loadFictionalWorld(graph, world);
    },
  );
};
