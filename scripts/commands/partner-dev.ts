import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../../gateway/config';
import { readPartnerFolder } from '../partner/folder';
import { isFolder, readTarget, type Target } from '../partner/target';
import { reportUp, stopOnSignals } from './stop';

const SUPERGRAPH = path.join(__dirname, '..', '..', 'schema', 'supergraph.graphql');
const say = (words: string) => process.stdout.write(`${words}\n`);

/** The subgraph to try out, and how its program is stopped if it was started here. */
const openTarget = async (
  place: string,
  options: { name?: string; key?: string },
  env: NodeJS.ProcessEnv,
): Promise<{ target: Target; stop(): Promise<void> }> => {
  if (!(await isFolder(place)))
    return { target: await readTarget(place, options, env), stop: async () => undefined };
  const folder = await readPartnerFolder(place);
  const { watchPartner } = await import('../partner/watch');
  const watching = watchPartner(folder, say);
  const { name, key, port } = folder;
  return {
    target: { name, key, url: `http://127.0.0.1:${port}/graphql` },
    stop: () => watching.stop(),
  };
};

/** `partner dev`: a graph on this machine with a partner's subgraph in it. */
export const addPartnerDev = (partner: Command, env: NodeJS.ProcessEnv): void => {
  partner
    .command('dev')
    .description(
      'Serve a graph on this machine, in memory, with the built-in data and the partner’s subgraph in it; follows changes of its schema.',
    )
    .argument('<place>', 'its folder, whose program is started too, or its address')
    .option('--name <name>', 'of the subgraph at an address')
    .option('--key <file>', 'the private key that signs requests to an address')
    .option(
      '--registry <address>',
      'the gateway whose other partners the schema has to fit; default: our own subgraphs alone',
    )
    .action(async (place: string, options: { name?: string; key?: string; registry?: string }) => {
      // Each request is a line in the log of a server, and noise here.
      const config = readConfig({ LOG_LEVEL: 'warn', ...env });
      const opened = await openTarget(place, options, env);
      const begin = async () => {
        const [{ startDev }, { readOthers }] = await Promise.all([
          import('../partner/dev'),
          import('../partner/others'),
        ]);
        const { registry } = options;
        const { name } = opened.target;
        const others = registry === undefined ? [] : await readOthers(registry, name);
        const supergraphSdl = await readFile(SUPERGRAPH, 'utf8');
        return startDev(config, opened.target, { say, supergraphSdl, others });
      };
      const running = await begin().catch(async (error: unknown) => {
        await opened.stop();
        throw error;
      });
      stopOnSignals(async () => {
        await running.close();
        await opened.stop();
      });
      if (!reportUp(running.address)) say(`Try it at ${running.address}/graphiql`);
    });
};
