import path from 'node:path';
import type { Graph } from '../../gateway/graph';
import { inputsOf } from '../import/inputs';
import { runImport } from '../import/run';
import { importStatements, sourceOfStatements } from '../import/statements/import';

const DATA = path.join(__dirname, 'data');

/**
 * Loads the built-in data into a graph that lacks it: an edition that is there already is left alone,
 * so that a second start costs one look at the sources.
 * @throws Error if the built-in data itself is at fault: it is checked in, so that is a fault of ours.
 */
export const loadBuiltins = async (
  graph: Graph,
  say: (words: string) => void = () => undefined,
): Promise<void> => {
  const inputs = await inputsOf([DATA], ['.jsonl']);
  for (const input of inputs) {
    const { id, title } = await sourceOfStatements([input]);
    if (await graph.organisations.write.hasSource(id)) continue;
    say(`Loading: ${title}.`);
    const report = await runImport(graph, {
      kind: 'statements',
      file: path.basename(input.name),
      sourceId: id,
      work: () => importStatements(graph, [input]),
    });
    if (report.status === 'failed' || report.rejected > 0) {
      throw new Error(
        `The built-in data is at fault: ${report.failure ?? JSON.stringify(report.problems[0])}`,
      );
    }
  }
};
