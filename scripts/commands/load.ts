import type { Command } from 'commander';
import { readConfig } from '../../gateway/config';
import { openGraph } from '../../gateway/graph';
import { loadBuiltins } from '../builtin/load';

/**
 * Makes the tables of all subgraphs and loads the built-in data, unless that is switched off: by one
 * process alone, before several read them.
 */
export const prepareDatabases = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const config = readConfig(env);
  const graph = await openGraph(config.place);
  try {
    await graph.settle();
    if (config.builtinData)
      await loadBuiltins(graph, (words) => process.stdout.write(`${words}\n`));
  } finally {
    await graph.close();
  }
};

/** `load`: what has to be there before subgraphs start in processes of their own. */
export const addLoad = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('load')
    .description(
      'Make the databases and load the built-in data, as the first start does; what is there stays.',
    )
    .action(() => prepareDatabases(env));
};
