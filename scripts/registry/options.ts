import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { askRemotely, type RegistryAsker } from './ask';

/** Where a registry is, and who asks it. */
export interface RegistryOptions {
  registry?: string;
  keyFile?: string;
  json?: boolean;
}

/** Adds the options by which a verb finds the registry. */
export const withRegistryOptions = (command: Command): Command =>
  command
    .option(
      '--registry <address>',
      'the gateway’s address; default: the databases of this machine, as its steward',
    )
    .option('--key-file <file>', 'a file with the key to send; default: PEACEGRAPH_KEY')
    .option('--json', 'print it for machines');

const readKey = async (
  { keyFile }: RegistryOptions,
  env: NodeJS.ProcessEnv,
): Promise<string | null> =>
  keyFile === undefined ? env.PEACEGRAPH_KEY || null : (await readFile(keyFile, 'utf8')).trim();

/** Asks the registry that the options name, and leaves it. */
export const withRegistry = async <T>(
  options: RegistryOptions,
  env: NodeJS.ProcessEnv,
  work: (registry: RegistryAsker) => Promise<T>,
): Promise<T> => {
  const { registry: address } = options;
  // What opens databases is loaded only where it is needed.
  const registry =
    address === undefined
      ? await (await import('./local')).askLocally(env)
      : askRemotely(address, await readKey(options, env));
  try {
    return await work(registry);
  } finally {
    await registry.close();
  }
};
