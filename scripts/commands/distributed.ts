import type { Command } from 'commander';
import { readConfig } from '../../gateway/config';
import { openGraph } from '../../gateway/graph';
import { readGatewayKey } from '../../gateway/signing-keys';
import { loadBuiltins } from '../builtin/load';
import { startDistributed } from '../distributed/supervisor';
import { reportUp, stopOnSignals } from './stop';

const say = (words: string) => process.stdout.write(`${words}\n`);

/** `distributed`: the gateway and each subgraph as a process. */
export const addDistributed = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('distributed')
    .description(
      'Run the gateway and each subgraph as a process of its own, as `npm run start:distributed` does, and start again what ends.',
    )
    .action(async () => {
      const config = readConfig(env);
      const graph = await openGraph(config.dataDir);
      try {
        // One process alone makes the tables and loads, before several read them.
        if (config.builtinData) await loadBuiltins(graph, say);
      } finally {
        await graph.close();
      }
      const installation = await startDistributed(
        config,
        env,
        readGatewayKey(env),
        (name, state, about) => say(`${name.padEnd(14)} ${state.padEnd(8)} ${about}`),
      );
      stopOnSignals(() => installation.stop());
      say(`\nPeacegraph serves at ${installation.address}, in five processes:`);
      reportUp(installation.address);
    });
};
