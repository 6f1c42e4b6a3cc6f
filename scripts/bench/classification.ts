import { type Graph, openGraph } from '../../gateway/graph';
import { Visibility } from '../../subgraphs/shared/viewer';
import { type Cost, costOf, inWords, line, medianCost, peakMemory, timesInWords } from './measure';
import {
  bodyIds,
  fillWithMoney,
  fillWithNetworks,
  lowestNetworkIds,
  membership,
} from './money-world';

const LEAST_A_SECOND = 5000;
const MOST_MS_OF_ONE = 100;
const MOST_MEGABYTES = 1000;
const MOST_GROWTH = 11;
const CHANGES = 5;
/** In the world's last month, so that the whole period that counts has money. */
const DAY = '2024-12-15';

/** What it took to work out what bodies are. */
export interface ClassificationFigures {
  bodies: number;
  outcomes: number;
  /** For all of them, and from one changed membership to outcomes that everybody follows. */
  all: Cost;
  one: Cost;
  memory: number;
}

/** A body joins a network that stands lowest of six: the five above it are worked out anew, too. */
const changeOne = async (graph: Graph, flows: number, round: number): Promise<Cost> => {
  const { funding, networks, organisations } = graph;
  const edition = await networks.write.openEdition({
    sourceId: `change ${round}`,
    retrievedAt: '2026-01-01T00:00:00.000Z',
  });
  const network = lowestNetworkIds(flows)[round] ?? '';
  const member = bodyIds(flows).at(-1 - round) ?? '';
  const values = { ...membership(network, member), from_date: null, to_date: null };
  await edition.put('memberships', [
    { recordId: 'm', visibility: Visibility.PUBLIC, licence: null, values },
  ]);
  await edition.commit(organisations.write.publish);
  return costOf(async () => {
    await funding.write.followFacts([networks.write.facts]);
    await funding.write.refreshOutcomes(DAY);
    await organisations.write.followOutcomes(funding.write.publishOutcomes);
    await networks.write.followOutcomes(funding.write.publishOutcomes);
  });
};

/** Fills a place with a seeded world of so many flows; a tenth as many bodies, of which one in twenty is a network. */
export const loadClassified = async (place: string, flows: number): Promise<void> => {
  const graph = await openGraph(place);
  await fillWithMoney(graph, flows);
  await fillWithNetworks(graph, flows);
  await graph.close();
};

/** Works out what the bodies of such a world are. */
export const measureClassification = async (
  place: string,
  flows: number,
): Promise<ClassificationFigures> => {
  const graph = await openGraph(place);
  const { funding, networks, organisations } = graph;
  const all = await costOf(() => funding.write.refreshOutcomes(DAY));
  const counted = (await funding.db('outcomes').count({ n: '*' }).first()) as { n: number };
  for (const { write } of [organisations, networks])
    await write.followOutcomes(funding.write.publishOutcomes);
  const changes: Cost[] = [];
  for (let round = 0; round < CHANGES; round += 1)
    changes.push(await changeOne(graph, flows, round));
  await graph.close();
  return {
    bodies: bodyIds(flows).length,
    outcomes: Number(counted.n),
    all,
    one: medianCost(changes),
    memory: peakMemory(),
  };
};

const aSecond = (bodies: number, ms: number): string => ((bodies / ms) * 1000).toFixed(0);

/** The report over two sizes of a world, the second ten times the first; judged by the processors' time. */
export const reportClassification = (
  few: ClassificationFigures,
  many: ClassificationFigures,
): string =>
  [
    'classification: what all bodies are, from scratch and after one changed membership\n',
    ...[few, many].flatMap(({ bodies, outcomes, all, one, memory }) => {
      const words = `${bodies.toLocaleString('en')} bodies`;
      return [
        line(`${words}, of which decided or flagged`, outcomes.toLocaleString('en')),
        line(`${words}, from scratch`, inWords(all)),
        line(
          `${words}, a second`,
          `${aSecond(bodies, all.cpu)} (wall ${aSecond(bodies, all.wall)})`,
          // Of the few, the start of the process is a quarter.
          bodies === many.bodies
            ? {
                holds: (bodies / all.cpu) * 1000 >= LEAST_A_SECOND,
                words: `${LEAST_A_SECOND} at least`,
              }
            : undefined,
        ),
        line(`${words}, one membership changed`, inWords(one), {
          holds: one.cpu < MOST_MS_OF_ONE,
          words: `${MOST_MS_OF_ONE} ms`,
        }),
        line(`${words}, memory`, `${memory.toFixed(0)} MB`, {
          holds: memory < MOST_MEGABYTES,
          words: `${MOST_MEGABYTES} MB`,
        }),
      ];
    }),
    line('ten times the bodies, times the time', timesInWords(many.all, few.all), {
      holds: many.all.cpu / few.all.cpu <= MOST_GROWTH,
      words: `${MOST_GROWTH} times`,
    }),
  ].join('');
