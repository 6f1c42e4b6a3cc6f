import type { Command } from 'commander';
import type { Head } from '../../gateway/registry/chain';
import type { RegistryEvent } from '../../gateway/registry/event';
import { type RegistryAsker, RegistryRefused, resultOf } from '../registry/ask';
import { type RegistryOptions, withRegistry, withRegistryOptions } from '../registry/options';
import { formatEvent } from '../registry/print';
import { aVersion } from './arguments';

interface LogPage {
  events: RegistryEvent[];
  head: Head;
}
const PAGE = 500;

const readAfter = async ({ ask }: RegistryAsker, path: string, after: number) =>
  resultOf<LogPage>(await ask('GET', `${path}?after=${after}&first=${PAGE}`)).events;

const readText = async ({ ask }: RegistryAsker, hash: string): Promise<string | null> => {
  try {
    return resultOf<{ text: string }>(await ask('GET', `/texts/${hash}`)).text;
  } catch (error) {
    if (error instanceof RegistryRefused && error.code === 'NOT_FOUND') return null;
    throw error;
  }
};

/** Prints all entries, page by page: a line each, or JSON Lines for machines. */
const printLog = (options: RegistryOptions, env: NodeJS.ProcessEnv, path: string) =>
  withRegistry(options, env, async (registry) => {
    for (let after = 0; ;) {
      const events = await readAfter(registry, path, after);
      for (const event of events)
        process.stdout.write(options.json ? `${JSON.stringify(event)}\n` : formatEvent(event));
      after = events.at(-1)?.sequence ?? after;
      if (events.length < PAGE) return;
    }
  });

/** `partner history`: what happened to a partner. */
export const addPartnerHistory = (partner: Command, env: NodeJS.ProcessEnv): void => {
  withRegistryOptions(partner.command('history'))
    .description('What happened to a partner, from the log.')
    .argument('<partner>', 'its name')
    .action((name: string, options: RegistryOptions) =>
      printLog(options, env, `/partners/${encodeURIComponent(name)}/log`),
    );
};

/** `registry`: the log of all partners, and the supergraphs that it led to. */
export const addRegistry = (program: Command, env: NodeJS.ProcessEnv): void => {
  const registry = program
    .command('registry')
    .description('The registry of partners: its log, and the supergraphs of it.');

  withRegistryOptions(registry.command('log'))
    .description('Everything that happened, from the beginning.')
    .action((options: RegistryOptions) => printLog(options, env, '/log'));

  withRegistryOptions(registry.command('verify'))
    .description(
      'Recompute the chain of the log, what follows from it and the hash of every text. Ends with 1 if something is not as it was written.',
    )
    .action(async (options: RegistryOptions) => {
      const { verifyRegistry } = await import('../../gateway/registry/verify');
      const verified = await withRegistry(options, env, (asker) =>
        verifyRegistry(
          (after) => readAfter(asker, '/log', after),
          (hash) => readText(asker, hash),
        ),
      );
      const { head, texts, faults } = verified;
      process.stdout.write(
        options.json
          ? `${JSON.stringify(verified, null, 2)}\n`
          : `${head.hash}  ${head.sequence} entries, ${texts} texts\n${faults.map((words) => `at fault: ${words}\n`).join('')}`,
      );
      if (faults.length > 0) process.exitCode = 1;
    });

  withRegistryOptions(registry.command('supergraphs'))
    .description('Every supergraph that was composed, each of which can be served again.')
    .action(async (options: RegistryOptions) => {
      type Listed = { number: number; at: string; partners: { name: string; version: number }[] };
      const { supergraphs } = resultOf<{ supergraphs: Listed[] }>(
        await withRegistry(options, env, ({ ask }) => ask('GET', '/supergraphs')),
      );
      const words = supergraphs.map(
        ({ number, at, partners }) =>
          `${String(number).padStart(5)}  ${at}  ${partners.map((one) => `${one.name} ${one.version}`).join(', ')}\n`,
      );
      process.stdout.write(
        options.json ? `${JSON.stringify(supergraphs, null, 2)}\n` : words.join(''),
      );
    });

  withRegistryOptions(registry.command('rollback'))
    .description('Put the partners of an earlier supergraph in force again, and no others.')
    .argument('<number>', 'as `registry supergraphs` shows it', aVersion)
    .action(async (number: number, options: RegistryOptions) => {
      const path = `/supergraphs/${number}/rollback`;
      const done = resultOf<object>(
        await withRegistry(options, env, ({ ask }) => ask('POST', path, {})),
      );
      process.stdout.write(
        options.json
          ? `${JSON.stringify(done, null, 2)}\n`
          : `The partners of supergraph ${number} are in force.\n`,
      );
    });
};
