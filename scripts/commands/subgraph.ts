import type { Command } from 'commander';
import { ConfigError, readConfig, SUBGRAPH_NAMES, type SubgraphName } from '../../gateway/config';
import { readGatewayPublicKeys } from '../../gateway/signing-keys';
import { reportUp, stopOnSignals } from './stop';

/** Where subgraphs listen unless told otherwise, one after the other. */
const FIRST_PORT = 4001;

const serveSubgraph = async (name: SubgraphName, env: NodeJS.ProcessEnv) => {
  const { http, place, logLevel } = readConfig(env);
  const keys = readGatewayPublicKeys(env);
  if (keys.size === 0)
    throw new ConfigError([
      'GATEWAY_PUBLIC_KEYS and GATEWAY_PUBLIC_KEYS_FILE are empty: a subgraph answers only the gateway whose key it knows. `peacegraph signing-key` makes one.',
    ]);
  const [{ openSubgraph }, { createSubgraphServer }, { pino }] = await Promise.all([
    import('../../gateway/graph'),
    import('../../subgraphs/shared/http/server'),
    import('pino'),
  ]);
  const log = pino({ level: logLevel, base: { subgraph: name } });
  const opened = await openSubgraph(name, place);
  const server = createSubgraphServer(opened.subgraph, { keys, log });
  const port = env.PORT ? http.port : FIRST_PORT + SUBGRAPH_NAMES.indexOf(name);
  const close = async () => {
    await server.close();
    await opened.close();
  };
  const address = await server.listen(port, http.host).catch(async (error: unknown) => {
    // An open database would keep a process that has nothing left to do.
    await close();
    throw error;
  });
  stopOnSignals(close);
  if (!reportUp(address)) process.stdout.write(`The subgraph ${name} serves at ${address}\n`);
};

/** `subgraph <name>`: one subgraph over HTTP, for a gateway in another process. */
export const addSubgraph = (program: Command, env: NodeJS.ProcessEnv): void => {
  program
    .command('subgraph')
    .description(
      `Serve one subgraph over HTTP to a gateway that signs its requests: ${SUBGRAPH_NAMES.join(', ')}. PORT is 4001 to 4004 unless it is set.`,
    )
    .argument('<name>', 'which one')
    .action((given: string) => {
      const name = SUBGRAPH_NAMES.find((one) => one === given);
      if (!name)
        throw new Error(`There is no subgraph ${given}; there are ${SUBGRAPH_NAMES.join(', ')}.`);
      return serveSubgraph(name, env);
    });
};
