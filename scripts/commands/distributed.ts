import type { Command } from 'commander';
import { readConfig } from '../../gateway/config';
import { readGatewayKey } from '../../gateway/signing-keys';
import { startDistributed } from '../distributed/supervisor';
import { scheduleFeeds } from '../feeds/schedule';
import { prepareDatabases } from './load';
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
      await prepareDatabases(env);
      const installation = await startDistributed(
        config,
        env,
        readGatewayKey(env),
        (name, state, about) => say(`${name.padEnd(14)} ${state.padEnd(8)} ${about}`),
      );
      const feeds = await scheduleFeeds(config.place, env);
      stopOnSignals(async () => {
        await feeds.close();
        await installation.stop();
      });
      say(`\nPeacegraph serves at ${installation.address}, in five processes:`);
      reportUp(installation.address);
    });
};
