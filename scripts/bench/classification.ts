import { type Graph, openGraph } from '../../gateway/graph';
import { line, medianOf, peakMemory, timed } from './measure';
import { bodyIds, fillWithMoney, fillWithNetworks, membershipFact } from './money-world';

const LEAST_A_SECOND = 5000;
const MOST_MS_OF_ONE = 100;
const MOST_MEGABYTES = 1000;
const MOST_GROWTH = 11;
const CHANGES = 5;

/** What it took to work out what bodies are. */
export interface ClassificationFigures {
  bodies: number;
  outcomes: number;
  /** Milliseconds for all of them, and after one changed membership. */
  all: number;
  one: number;
  memory: number;
}

const changeOne = async ({ funding: { db, write } }: Graph, flows: number, round: number) => {
  const ids = bodyIds(flows);
  const [network = '', member = ''] = [ids[round], ids.at(-1 - round)];
  await db('facts').insert(membershipFact(`change ${round}`, network, member));
  await db('outcomes_due').insert([{ key: network }, { key: member }]);
  return (await timed(() => write.refreshOutcomes())).ms;
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
  const { db, write } = graph.funding;
  const { ms } = await timed(() => write.refreshOutcomes());
  const outcomes = (await db('outcomes').count({ n: '*' }).first()) as { n: number } | undefined;
  const changes: number[] = [];
  for (let round = 0; round < CHANGES; round += 1)
    changes.push(await changeOne(graph, flows, round));
  await graph.close();
  return {
    bodies: bodyIds(flows).length,
    outcomes: Number(outcomes?.n ?? 0),
    all: ms,
    one: medianOf(changes),
    memory: peakMemory(),
  };
};

/** The report over two sizes of a world, the second ten times the first. */
export const reportClassification = (
  few: ClassificationFigures,
  many: ClassificationFigures,
): string =>
  [
    'classification: what all bodies are, from scratch and after one changed membership\n',
    ...[few, many].flatMap(({ bodies, outcomes, all, one, memory }) => {
      const rate = (bodies / all) * 1000;
      const words = `${bodies.toLocaleString('en')} bodies`;
      return [
        line(`${words}, of which decided or flagged`, outcomes.toLocaleString('en')),
        line(`${words}, a second`, rate.toFixed(0), {
          holds: rate >= LEAST_A_SECOND,
          words: `${LEAST_A_SECOND} at least`,
        }),
        line(`${words}, one changed`, `${one.toFixed(1)} ms`, {
          holds: one < MOST_MS_OF_ONE,
          words: `${MOST_MS_OF_ONE} ms`,
        }),
        line(`${words}, memory`, `${memory.toFixed(0)} MB`, {
          holds: memory < MOST_MEGABYTES,
          words: `${MOST_MEGABYTES} MB`,
        }),
      ];
    }),
    line('ten times the bodies, times the time', (many.all / few.all).toFixed(1), {
      holds: many.all / few.all <= MOST_GROWTH,
      words: `${MOST_GROWTH} times`,
    }),
  ].join('');
