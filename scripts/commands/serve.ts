import type { Command } from 'commander';
import { readConfig } from '../../gateway/config';

/** Ends cleanly on the signals by which people and systems stop programs. */
const stopOnSignals = (close: () => Promise<void>) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      close().catch((error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      });
    });
  }
};

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

/** `serve`: the graph over HTTP. */
export const addServe = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('serve')
    .description('Serve the graph over HTTP, as `npm start` does.')
    .action(async () => {
      // The gateway takes memory that no other verb needs.
      const [{ start }, { loadBuiltins }] = await Promise.all([
        import('../../gateway'),
        import('../builtin/load'),
      ]);
      const config = readConfig(env);
      const running = await start(config, async (graph) => {
        if (config.builtinData)
          await loadBuiltins(graph, (words) => process.stdout.write(`${words}\n`));
      });
      stopOnSignals(() => running.close());
      process.stdout.write(welcome(running.address));
    });
};
