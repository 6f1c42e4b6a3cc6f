import type { Command } from 'commander';
import { readConfig } from '../../gateway/config';
import { withGraph } from './with-graph';

/**
 * Makes the tables of all subgraphs and loads the built-in data, unless that is switched off: by one
 * process alone, before several read them.
 */
export const prepareDatabases = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const { loadBuiltins } = await import('../builtin/load');
  await withGraph(env, async (graph) => {
    await graph.settle();
    if (readConfig(env).builtinData)
      await loadBuiltins(graph, (words) => process.stdout.write(`${words}\n`));
  });
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
