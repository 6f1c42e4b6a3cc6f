import { readConfig } from '../../gateway/config';
import type { Graph } from '../../gateway/graph';

/**
 * Opens the graph that the environment names, works on it, and closes it. Its code is loaded only then:
 * half of the time in which the command line starts.
 */
export const withGraph = async <T>(
  env: NodeJS.ProcessEnv,
  work: (graph: Graph) => Promise<T>,
): Promise<T> => {
  const { openGraph } = await import('../../gateway/graph');
  const graph = await openGraph(readConfig(env).place);
  try {
    return await work(graph);
  } finally {
    await graph.close();
  }
};
