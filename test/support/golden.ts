import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Graph } from '../../gateway/graph';
import { importIati } from '../../scripts/import/iati/import';
import { inputsOf } from '../../scripts/import/inputs';
import { importReference } from '../../scripts/import/reference/import';
import { importStatements } from '../../scripts/import/statements/import';
import { openTestGraph } from './databases';
import { openGateway, type TestGateway } from './gateway';
import { operationOf } from './operations';

const WORLDS = path.join(__dirname, '..', 'contract', 'questions');

const REFERENCE = [
  ['rates.json', 'rates'],
  ['countries.csv', 'countries'],
] as const;

/** Loads a hand-worked world: what it has of reference data, `statements.jsonl`, and every IATI file (`*.xml`). */
const loadWorld = async (graph: Graph, folder: string): Promise<void> => {
  for (const [name, kind] of REFERENCE.filter(([name]) => existsSync(path.join(folder, name))))
    for (const input of await inputsOf([path.join(folder, name)], [path.extname(name)]))
      await importReference(graph, kind, input, '2026-01-01T00:00:00.000Z');
  const [statements] = await inputsOf([path.join(folder, 'statements.jsonl')], ['.jsonl']);
  if (!statements) throw new Error(`${folder} has no statements.jsonl.`);
  const outcomes = [await importStatements(graph, [statements])];
  for (const name of readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .sort())
    for (const input of await inputsOf([path.join(folder, name)], ['.xml']))
      outcomes.push(
        await importIati(graph, input, {
          sourceId: name.replace(/\.xml$/, ''),
          retrievedAt: '2026-01-01T00:00:00.000Z',
        }),
      );
  for (const { problems } of outcomes)
    if (problems.rejected > 0) throw new Error(JSON.stringify(problems.list));
  await graph.follow();
};

interface Golden {
  /** What is asked of the world instead of the operation's defaults, which ask the built-in data. */
  variables?: Record<string, unknown>;
  data: unknown;
}

/**
 * Asks a hand-worked world its questions: for every `qNN.json` (`{"variables", "data"}`) in
 * test/contract/questions/<world>, the operation of that name, through the gateway.
 */
export const describeGolden = (world: string): void => {
  const folder = path.join(WORLDS, world);
  const questions = readdirSync(folder)
    .filter((name) => /^q\d\d.*\.json$/.test(name))
    .sort();
  describe(`the hand-worked world of ${world}`, () => {
    let graph: Graph;
    let gateway: TestGateway;
    beforeAll(async () => {
      graph = await openTestGraph();
      await loadWorld(graph, folder);
      gateway = await openGateway(graph);
    });
    afterAll(async () => {
      await gateway.close();
      await graph.close();
    });

    it('shows its working to a reader', () => {
      expect(existsSync(path.join(folder, 'README.md'))).toBe(true);
    });

    it.each(questions)('answers %s as worked out by hand', async (name) => {
      const { variables, data } = JSON.parse(
        readFileSync(path.join(folder, name), 'utf8'),
      ) as Golden;
      const answer = await gateway.ask(operationOf(name.slice(0, 3)), variables);
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual(data);
    });
  });
};
