import type { Command } from 'commander';
import { type Config, readConfig } from '../../gateway/config';
import type { Graph } from '../../gateway/graph';
import { readGatewayKey } from '../../gateway/signing-keys';
import { scheduleFeeds } from '../feeds/schedule';
import { reportUp, stopOnSignals } from './stop';

const welcome = (address: string): string => `
Peacegraph serves at ${address}
  ${address}/                a page for people, with the state of the sources
  ${address}/graphiql        queries by hand, with examples
  ${address}/graphql         the graph, for programs
  ${address}/schema.graphql  its documentation

Three things to try:
  1. Open ${address}/graphiql and run the tab "Organisations".
  2. Bring in an IATI file:  npm run cli -- import iati <file, folder or address>
  3. See its money:          curl '${address}/graphql?query=%7Bflows%7Btotals%7Bkind%20currency%20amount%20flows%7D%7D%7D'

`;

/** The gateway with all subgraphs in this process. */
const serveAll = async (config: Config, env: NodeJS.ProcessEnv) => {
  // The gateway takes memory that no other verb needs.
  const [{ start }, { loadBuiltins }] = await Promise.all([
    import('../../gateway'),
    import('../builtin/load'),
  ]);
  const key = readGatewayKey(env);
  const load = async (graph: Graph) => {
    if (config.builtinData)
      await loadBuiltins(graph, (words) => process.stdout.write(`${words}\n`));
  };
  const running = await start(config, load, undefined, key ? { key } : {});
  const feeds = await scheduleFeeds(config.place, env);
  return {
    ...running,
    close: async () => {
      await feeds.close();
      await running.close();
    },
  };
};

/** The gateway alone, over subgraphs of other processes. */
const serveRemote = async (config: Config, env: NodeJS.ProcessEnv) => {
  const key = readGatewayKey(env);
  if (!key)
    throw new Error(
      'SUBGRAPHS is there without GATEWAY_SIGNING_KEY or GATEWAY_SIGNING_KEY_FILE: subgraphs refuse unsigned requests. `peacegraph signing-key` makes one.',
    );
  const { startRemote } = await import('../../gateway');
  const running = await startRemote(config, key);
  for (const [name, state] of Object.entries(running.states()))
    if (state === 'down') process.stdout.write(`The subgraph ${name} is missing at the start.\n`);
  return running;
};

/** `serve`: the graph over HTTP. */
export const addServe = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('serve')
    .description(
      'Serve the graph over HTTP, as `npm start` does; with SUBGRAPHS, the gateway without databases.',
    )
    .action(async () => {
      const config = readConfig(env);
      const running = await (config.subgraphs.length > 0
        ? serveRemote(config, env)
        : serveAll(config, env));
      stopOnSignals(() => running.close());
      reportUp(running.address);
      process.stdout.write(welcome(running.address));
    });
};
